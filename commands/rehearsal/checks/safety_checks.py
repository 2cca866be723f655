"""Checks on safety from others reading along: the opening, asking "safe to write?" again, and neutral mode."""

from collections.abc import Iterator

from commands.rehearsal.checks.breach import Breach
from commands.rehearsal.played_talk import Played
from commands.rehearsal.scenario import seconds_in

_OPENS = {"opening", "crisis", "rest", "check"}
_SAID_IN_NEUTRAL = {"neutral", "crisis", "check", "rest"}
_GAP = 2 * 3_600  # seconds after which another person may hold the phone
_HUSHING = ("rest", "neutral")


def opening(played: Played) -> Iterator[Breach]:
    """Find a conversation that opens with anything but the safety question or an answer to a crisis."""
    for turn in played.answered[:1]:
        if turn.replies and not _OPENS & set(turn.kinds):
            yield Breach(turn.turn, f"the talk opens with {turn.replies[0].say}.")


def asked_again(played: Played) -> Iterator[Breach]:
    """Find "safe to write?" asked again although nothing has hushed or interrupted the conversation since."""
    fresh = True  # the question is allowed
    for turn in played.turns:
        fresh = fresh or (turn.act == "wait" and seconds_in(turn.what) >= _GAP)
        if {"opening", "check"} & set(turn.kinds):
            if not fresh:
                yield Breach(turn.turn, "asks once more whether it is safe to write.")
            fresh = False
        fresh = fresh or bool(set(_HUSHING) & set(turn.kinds)) or turn.state == "gone"


def neutral(played: Played) -> Iterator[Breach]:
    """Find replies in neutral mode other than the neutral line and answers to a crisis."""
    before = "new"
    for turn in played.turns:
        if before == turn.state == "quiet":
            others = [reply.say for reply in turn.replies if reply.kind not in _SAID_IN_NEUTRAL]
            yield from (Breach(turn.turn, f"{say} is said in neutral mode.") for say in others)
        before = turn.state
