"""While somebody else may hold the phone the watch says nothing, and the alarm rings all the same."""

from typing import Any

import pytest

from actions.privacy.quiet import STRANGER
from bot.handoff import on_duty
from desk.alarms.wait_watcher import WaitWatcher, WatchedDesk
from tests.desk.alarms.looking import ANA, alarmed, looks_after, told
from tests.desk.talking import Lines


async def test_nothing_is_said_while_somebody_else_may_hold_the_phone_and_the_alarm_rings_all_the_same(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines
) -> None:
    conversation = await lines.waits("+1", priority="P0", situation="quiet")
    await looks_after(watch, lines, 120)
    assert await told(lines, conversation) == []
    assert await alarmed(watched) == [("late", "P0")]

    await lines.remembers(conversation, situation="talk")
    await looks_after(watch, lines, 3)
    assert await told(lines, conversation) == ["utter_person_slow_p0"]


@pytest.mark.parametrize("answered", ["cannot_talk_safely", "deny"])
async def test_nothing_is_said_to_who_said_that_somebody_is_here_until_they_say_that_it_is_safe(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines, answered: str
) -> None:
    before: dict[str, Any] = {"answered": {"immediate_danger": 1, answered: 1}}
    conversation = await lines.waits("+1", priority="P0", situation="new", told=["closed"], **before)
    await looks_after(watch, lines, 120)
    assert await told(lines, conversation) == []
    assert await alarmed(watched) == [("late", "P0")]

    await lines.remembers(conversation, situation="asked_safe", question="safe", **before)  # whoever wrote "hi"
    await looks_after(watch, lines, 3)
    assert await told(lines, conversation) == []

    await lines.remembers(conversation, situation="talk", **before)
    await looks_after(watch, lines, 3)
    assert await told(lines, conversation) == ["utter_person_slow_p0"]


@pytest.mark.parametrize("before", [{"word": "blue bird"}, {"told": [STRANGER]}, {"answered": {"insult_or_prank": 1}}])
async def test_nothing_is_said_while_whoever_woke_a_quiet_talk_is_asked_whether_it_is_safe(
    watch: WaitWatcher, lines: Lines, before: dict[str, Any]
) -> None:
    open_ = {"situation": "asked_safe", "question": "safe"}
    woken = await lines.waits("+1", priority="P0", **open_, **before)
    never_quiet = await lines.waits("+2", priority="P0", **open_)
    await looks_after(watch, lines, 120)
    assert await told(lines, woken) == []
    assert await told(lines, never_quiet) == ["utter_person_slow_p0"]


async def test_what_was_done_while_somebody_might_hold_the_phone_is_not_said_late(
    watch: WaitWatcher, lines: Lines
) -> None:
    conversation = await lines.has(ANA, "+1", situation="quiet")
    await lines.handoffs.close(conversation, ANA.id, lines.clock())
    await looks_after(watch, lines, 15)
    await lines.remembers(conversation, situation="talk")
    await looks_after(watch, lines, 15)
    assert await told(lines, conversation) == []


async def test_who_must_not_be_written_to_is_told_later_that_nobody_is_there(watch: WaitWatcher, lines: Lines) -> None:
    conversation = await lines.has(ANA, "+1", situation="quiet")
    await on_duty.off(lines.store, ANA.id, lines.clock())
    await watch.look()
    assert await told(lines, conversation) == []
    await lines.remembers(conversation, situation="talk")
    await watch.look()
    assert await told(lines, conversation) == ["utter_person_nobody_now"]
