"""Checks on behavior: silence, unprompted messages, breakdowns, repetition, too many questions, shouting, false promises."""

import re
from collections import Counter
from collections.abc import Iterator
from math import ceil

from commands.rehearsal.checks.breach import Breach
from commands.rehearsal.played_talk import Played

_QUESTION = re.compile("[?؟？]+")
_EXCLAIMED = re.compile("[!！¡]|[\U0001f300-\U0001faff\u2600-\u27bf]")
_ASKING = ("opening", "check", "question")
_BROKEN_DOWN = ("utter_away", "utter_store_away")
# Said only when an operator is on duty.
_PERSON_COMES = ("utter_person_asked", "utter_person_crisis", "utter_person_place", "utter_self_harm_yes_asked")
_SCREENING = ("cannot_quit", "threat_self", "doc_confiscation", "wages_low_none", "debt_bondage", "deceived_job")
_MOST_SCREENING = 4
_MOST_OF_ONE = 2  # times that a text may be sent, or a question asked


def silence(played: Played) -> Iterator[Breach]:
    """Find lines that got no reply. Silence is right only after STOP."""
    last = ""
    for turn in played.answered:
        if not turn.replies and last != "utter_stopped":
            yield Breach(turn.turn, "nothing was said back.")
        last = turn.replies[-1].say if turn.replies else last


def unasked(played: Played) -> Iterator[Breach]:
    """Find messages sent although the person had not written."""
    for turn in played.turns:
        if turn.act == "wait" and turn.replies:
            yield Breach(turn.turn, f"{turn.replies[0].say} was said while the person was away.")


def breakdown(played: Played) -> Iterator[Breach]:
    """Find lines to which the hotline could only reply that it is not working."""
    for turn in played.turns:
        if any(reply.say in _BROKEN_DOWN for reply in turn.replies):
            yield Breach(turn.turn, "no good answer could be had.")


def third_time(played: Played) -> Iterator[Breach]:
    """Find a text sent a third time, outside neutral mode. A deletion resets the count."""
    said: Counter[str] = Counter()
    for turn in played.turns:
        for reply in turn.replies:
            if reply.kind == "neutral":
                continue
            said[reply.text] += 1
            if said[reply.text] > _MOST_OF_ONE:
                yield Breach(turn.turn, f"the same text {said[reply.text]} times by now ({reply.say}).")
        if turn.state == "gone":
            said.clear()


def third_question(played: Played) -> Iterator[Breach]:
    """Find a question asked more than twice, in whatever words."""
    put: Counter[str] = Counter()
    for turn in played.turns:
        asked = {reply.say.removesuffix("_again") for reply in turn.replies if reply.kind == "question"}
        put.update(asked)
        yield from (
            Breach(turn.turn, f"{say} is put {put[say]} times by now.") for say in asked if put[say] > _MOST_OF_ONE
        )
        if turn.state == "gone":
            put.clear()


def several_questions(played: Played) -> Iterator[Breach]:
    """Find turns that ask more than one thing. In two languages a question appears twice; in Thai it has no mark."""
    for turn in played.turns:
        marks = len(_QUESTION.findall(turn.text)) / max(len(turn.locales), 1)
        asking = {reply.say for reply in turn.replies if reply.kind in _ASKING}
        if marks > 1 or len(asking) > 1:
            yield Breach(turn.turn, f"{max(ceil(marks), len(asking))} questions at once.")


def screening(played: Played) -> Iterator[Breach]:
    """Find the fifth question about indicators, and any after it."""
    asked = [
        turn.turn
        for turn in played.turns
        for reply in turn.replies
        if reply.say.removeprefix("utter_ask_") in _SCREENING
    ]
    yield from (Breach(turn, "a fifth question about signs.") for turn in asked[_MOST_SCREENING:])


def no_person(played: Played) -> Iterator[Breach]:
    """Find the promise of an operator when no one is on duty."""
    if played.scenario.on_duty:
        return
    for turn in played.turns:
        promised = [reply.say for reply in turn.replies if reply.say.startswith(_PERSON_COMES)]
        if promised:
            yield Breach(turn.turn, f"{promised[0]} promises a person, and nobody is on duty.")


def shouting(played: Played) -> Iterator[Breach]:
    """Find exclamation marks and emoji: replies are plain text."""
    for turn in played.turns:
        if found := _EXCLAIMED.search(turn.text):
            yield Breach(turn.turn, f"{found[0]} in a reply.")
