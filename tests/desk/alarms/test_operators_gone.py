"""Who lost their operator is told what comes now, even where a gateway died before it could say it."""

import pytest

from bot.handoff import on_duty
from bot.messaging import transcript
from desk.alarms.alarms import Alarm
from desk.alarms.wait_watcher import WaitWatcher, WatchedDesk
from tests.desk.alarms.looking import ANA, BEN, alarmed, looks_after, told
from tests.desk.talking import Lines


async def test_who_lost_their_operator_is_told_that_another_was_asked_for(watch: WaitWatcher, lines: Lines) -> None:
    conversation = await lines.has(ANA, "+1")
    await on_duty.off(lines.store, ANA.id, lines.clock())
    await lines.works(BEN)
    await watch.look()
    await watch.look()
    assert await told(lines, conversation) == ["utter_person_back_in_queue"]


async def test_where_nobody_is_left_that_is_said_with_numbers_and_somebody_hears_of_it(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines
) -> None:
    waits, held = await lines.waits("+1", country="US", locale="en"), await lines.has(ANA, "+2")
    await on_duty.off(lines.store, ANA.id, lines.clock())
    await watch.look()
    await watch.look()

    assert await told(lines, waits) == await told(lines, held) == ["utter_person_nobody_now"]
    (line,) = await transcript.read(lines.store, waits)
    assert "911" in line.text
    assert await alarmed(watched) == [("nobody", "P2")] * 2

    await looks_after(watch, lines, 3)
    assert await alarmed(watched) == []


async def test_a_gateway_that_dies_before_it_could_tell_leaves_nobody_without_a_word(
    watch: WaitWatcher, lines: Lines
) -> None:
    conversation = await lines.has(ANA, "+1")
    await on_duty.off(lines.store, ANA.id, lines.clock())
    await lines.handoffs.lapse(lines.clock())  # and dies
    await watch.look()
    assert await told(lines, conversation) == ["utter_person_nobody_now"]


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ("release", "utter_person_left"),
        ("close", "utter_person_closed"),
        ("transfer", "utter_person_back_in_queue"),
    ],
)
async def test_what_somebody_did_at_the_desk_and_died_before_saying_it_is_said(
    watched: WatchedDesk, lines: Lines, step: str, says: str
) -> None:
    conversation = await lines.has(ANA, "+1", locale="en")
    await getattr(lines.handoffs, step)(conversation, ANA.id, lines.clock())
    await looks_after(WaitWatcher(watched), lines, 14)
    assert await told(lines, conversation) == []  # they may be about to say it themselves

    await looks_after(WaitWatcher(watched), lines, 1)
    await looks_after(WaitWatcher(watched), lines, 3)
    assert await told(lines, conversation) == [says]


async def test_who_has_left_and_who_has_come_is_named_by_their_alias(watch: WaitWatcher, lines: Lines) -> None:
    released, taken = await lines.has(ANA, "+1", locale="en"), await lines.has(ANA, "+2", locale="en")
    await lines.works(BEN)
    await lines.handoffs.release(released, ANA.id, lines.clock())
    await lines.handoffs.claim(taken, BEN.id, lines.clock(), supervisor=True)
    await looks_after(watch, lines, 15)
    (left,), (come,) = [await transcript.read(lines.store, each) for each in (released, taken)]
    assert left.text.startswith("Sam has left")
    assert "I am Kim, a person too" in come.text


async def test_that_nobody_was_left_is_not_heard_of_anew_at_each_look(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lines.has(ANA, "+1", situation="quiet")  # stays untold
    await on_duty.off(lines.store, ANA.id, lines.clock())
    await watch.look()
    assert await alarmed(watched) == [("nobody", "P2")]
    await looks_after(watch, lines, 3)
    assert await alarmed(watched) == []

    raised: list[Alarm] = []

    async def noted(alarm: Alarm) -> bool:
        raised.append(alarm)
        return True

    monkeypatch.setattr(watched.alarms, "raise_", noted)
    for seconds in (3, 1800):  # somebody is free; nobody is, half an hour later
        await looks_after(watch, lines, seconds)
    await on_duty.off(lines.store, ANA.id, lines.clock())
    await watch.look()
    assert raised == []
