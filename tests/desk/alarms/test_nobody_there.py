"""Somebody hears of it where nobody is at the desk, everybody pauses, or nobody comes to a shift."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.handoff import on_duty
from bot.handoff.case_card import Priority
from desk.alarms.wait_watcher import WaitWatcher, WatchedDesk
from desk.duty.duty_calendar import Duty
from tests.desk.alarms.looking import ANA, alarmed, looks_after
from tests.desk.talking import Lines


@pytest.mark.parametrize(
    ("priority", "hours", "alarms"),
    [
        ("P0", False, [("nobody", "P0")]),
        ("P2", False, []),
        ("P2", True, [("nobody", "P2")]),
    ],
)
async def test_that_somebody_asked_and_nobody_was_there_is_heard_of(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines, priority: Priority, hours: bool, alarms: list[Any]
) -> None:
    if hours:
        began = datetime.fromtimestamp(lines.clock(), UTC).replace(tzinfo=None) - timedelta(minutes=5)
        await Duty(watched.store, watched.clock).add(ANA.id, began, 60)
    await on_duty.off(lines.store, ANA.id, lines.clock())
    for person in ("+1", "+2"):
        conversation = await lines.writes(person)
        assert (await lines.handoffs.ask(conversation, priority, "es", "sms", lines.clock())).refused == "nobody"

    await watch.look()

    assert await alarmed(watched) == alarms  # one for all who ask within ten minutes


async def all_pause(watch: WaitWatcher, lines: Lines, seconds: float) -> None:
    """Time passes in which everybody on duty pauses, and the watch looks at its begin and at its end."""
    await on_duty.pause(lines.store, ANA.id, lines.clock())
    await watch.look()
    await looks_after(watch, lines, seconds)


@pytest.mark.parametrize(
    ("priority", "hours", "alarms"),
    [
        ("P2", False, [("nobody", "P2")]),
        ("P3", False, []),
        ("P3", True, [("nobody", "P3")]),
    ],
)
async def test_that_people_wait_while_everybody_pauses_is_heard_of(
    watched: WatchedDesk, lines: Lines, priority: Priority, hours: bool, alarms: list[Any]
) -> None:
    if hours:
        began = datetime.fromtimestamp(lines.clock(), UTC).replace(tzinfo=None) - timedelta(minutes=5)
        await Duty(watched.store, watched.clock).add(ANA.id, began, 60)
    conversation, watch = await lines.waits("+1", priority=priority), WaitWatcher(watched)
    await all_pause(watch, lines, 119)
    assert await alarmed(watched) == []
    await looks_after(watch, lines, 1)
    assert await alarmed(watched) == alarms
    assert await lines.handoffs.place(conversation, lines.clock()) == 1  # and nobody was sent away


async def test_of_several_gateways_one_alarm_tells_that_everybody_pauses(watched: WatchedDesk, lines: Lines) -> None:
    await lines.waits("+1", priority="P1")
    await on_duty.pause(lines.store, ANA.id, lines.clock())
    watches = [WaitWatcher(watched) for _ in range(3)]
    for seconds in (0, 120, 3):
        for each in watches:
            await looks_after(each, lines, seconds / 3)
    assert await alarmed(watched) == [("nobody", "P1")]


@pytest.mark.parametrize("end", ["resumed", "withdrawn"])
async def test_the_alarm_for_pauses_is_over_when_one_ends_or_nobody_waits(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines, end: str
) -> None:
    conversation = await lines.waits("+1")
    await all_pause(watch, lines, 120)
    if end == "resumed":
        await on_duty.resume(lines.store, ANA.id, lines.clock())
    else:
        await lines.handoffs.withdraw(conversation, lines.clock())

    await looks_after(watch, lines, 3)

    assert await alarmed(watched) == []


async def test_a_pause_that_has_ended_is_not_added_to_the_next_one(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines
) -> None:
    await lines.waits("+1")
    await all_pause(watch, lines, 100)
    await on_duty.resume(lines.store, ANA.id, lines.clock())
    await looks_after(watch, lines, 3)
    await all_pause(watch, lines, 100)
    assert await alarmed(watched) == []


async def test_a_shift_to_which_nobody_comes_is_heard_of_after_ten_minutes(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines
) -> None:
    began = datetime.fromtimestamp(lines.clock(), UTC).replace(tzinfo=None)
    await Duty(watched.store, watched.clock).add(ANA.id, began, 60)
    await on_duty.off(lines.store, ANA.id, lines.clock())
    await watch.look()
    lines.clock.now += 599
    await watch.look()
    assert await alarmed(watched) == []

    lines.clock.now += 1
    await watch.look()
    assert await alarmed(watched) == [("unmanned", "")]

    await looks_after(watch, lines, 3)
    assert await alarmed(watched) == []


async def test_a_call_for_a_supervisor_ends_by_itself_after_two_hours(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines
) -> None:
    await watched.alarms.call(ANA.id)
    await looks_after(watch, lines, 7199)
    assert await alarmed(watched) == [("call", "")]
    await looks_after(watch, lines, 1)
    assert await alarmed(watched) == []


async def test_the_hours_of_duty_are_worked_out_anew_each_hour(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines
) -> None:
    await Duty(watched.store, watched.clock).add(ANA.id, datetime(2026, 1, 5, 8, 0), 60, weekly=True)
    await watch.look()
    await lines.store.call("DEL", "duty_hours")
    await looks_after(watch, lines, 3600)
    assert await lines.store.call("EXISTS", "duty_hours")
