"""A whole night, after which nobody was forgotten: each person was answered, or was told truly, or has left.

Conversations that nobody answers return to the queue, and operators swap their shifts: no hour of the calendar is lost by it.

Twelve persons and three operators here; `make night` lets two hundred come to six, and prints what happened.
"""

import asyncio
import os
import sys
from collections.abc import Sequence

import pytest

from bot.handoff.waiting_line import Handoff, HandoffState, Operator, WaitingLine
from bot.messaging.transcript import Line
from bot.settings import Settings
from tests.desk.night import Night
from tests.desk.night_parts import TRUE_ENDS, WHO_IS_THERE, Looks, Person, Plan
from tests.every import every

LONG = bool(os.environ.get("NIGHT"))
PLAN = Plan(200, 6, 3, 240, crashes=20, cuts=10) if LONG else Plan(12, 3, 2, 8, crashes=2, cuts=1)


def _talk(state: HandoffState, operator: str) -> Handoff:
    return Handoff("c", "Blue Heron", "sms", "en", "P0", state, 0.0, operator, "")


def forgotten(person: Person, lines: Sequence[Line]) -> str:
    """Say how somebody was left without an answer; empty where they were not."""
    mine = [line.text for line in lines if line.who == "you"]
    if mine != person.wrote:
        return f"wrote {person.wrote}, and of that was heard {mine}"
    if lines[-1].who == "you":
        return f"the last words got no answer: {[(line.who, line.say or line.by) for line in lines]}"
    if not any(line.by or line.say in TRUE_ENDS for line in lines):
        return f"no operator came, and nobody said so: {[line.say for line in lines]}"
    return ""


def unannounced(lines: Sequence[Line]) -> list[str]:
    """Return the voices that took over from another without a word of who it is."""
    voice, found = "", []
    for line in lines:
        if line.say in WHO_IS_THERE:
            voice = ""
        elif line.by and voice and line.by != voice:
            found.append(line.by)
        voice = line.by if line.by and line.say not in WHO_IS_THERE else voice
    return found


@pytest.mark.process  # gateways of a whole night, in ten seconds
@pytest.mark.timeout(0 if LONG else 300)
async def test_after_a_night_nobody_was_forgotten(settings: Settings) -> None:
    night = Night(settings, PLAN)
    trouble = asyncio.create_task(night.breaks_down())
    try:
        await night.runs()
        await trouble
        stayed = [person for person in night.persons if not person.left]
        talks = {person.address: await night.lines(person) for person in stayed}
        returned, calendar = await night.returned(), await night.insists(night.shifts.faults)
    finally:
        trouble.cancel()
        sys.stdout.write(f"\n{night.summary()}\n")
        await night.closes()
    assert night.looks.faults == []
    assert {person.address: why for person in stayed if (why := forgotten(person, talks[person.address]))} == {}
    assert {address: voices for address, lines in talks.items() if (voices := unannounced(lines))} == {}
    assert night.counted["claims"] > 0
    assert calendar == []
    assert night.counted["shifts swapped"] > 0
    assert returned > 0  # somebody took a conversation and wrote nothing: the others have answered it


YOU, HEARD = Line("you", "person P1"), Line("us", "", "utter_person_asked_unknown")
SAM, KIM = Line("us", "I read that.", by="Sam"), Line("us", "I am here.", by="Kim")
JOINED, NOBODY = Line("us", "", "utter_person_joined", by="Kim"), Line("us", "", "utter_person_nobody_now")


@every(
    ("lines", "why"),
    [
        ([YOU, HEARD, SAM], ""),
        ([YOU, NOBODY], ""),
        ([YOU, HEARD], "no operator came"),
        ([HEARD, SAM, YOU], "the last words got no answer"),
        ([HEARD, SAM], "of that was heard []"),
        ([YOU, YOU, HEARD, SAM], "of that was heard"),
    ],
)
def test_the_count_sees_who_was_forgotten(lines: list[Line], why: str) -> None:
    assert why in (found := forgotten(Person("+1", "P1", wrote=["person P1"]), lines))
    assert bool(why) == bool(found)


def test_the_count_sees_two_voices_without_a_word_between() -> None:
    assert unannounced([SAM, KIM]) == ["Kim"]
    assert unannounced([SAM, JOINED, KIM]) == []


@every(
    ("desk", "fault"),
    [
        (WaitingLine((_talk("operator", "sam"),), (Operator("sam", False, 2),)), ""),
        (WaitingLine((_talk("operator", "sam"),), (Operator("sam", False, 1),)), "loads do not add up"),
        (WaitingLine((), (Operator("sam", False, 2),)), "loads do not add up"),
        (WaitingLine((_talk("waiting", "sam"),), (Operator("sam", False, 2),)), "waiting with owner"),
        (WaitingLine((_talk("operator", ""),), ()), "operator with owner ''"),
        (WaitingLine((_talk("waiting", ""),), ()), "somebody waits and nobody is there"),
    ],
)
def test_the_count_sees_what_must_not_be_in_one_moment(desk: WaitingLine, fault: str) -> None:
    seen = Looks()
    seen.check(desk, 0.0)
    seen.check(desk, 3600.0)
    assert (fault in "; ".join(seen.faults), bool(seen.faults)) == (True, bool(fault))
