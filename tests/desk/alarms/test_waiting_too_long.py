"""Who waits too long, for an operator or for their first words, is told so, and somebody hears of it: once over all gateways."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.handoff.case_card import Priority
from bot.messaging import farewell, transcript
from bot.messaging.outbox import OperatorMessage
from bot.storage.store import key
from desk.alarms.wait_watcher import WaitWatcher, WatchedDesk
from desk.auth.people import Account
from tests.desk.alarms.looking import ANA, BEN, alarmed, looks_after, told
from tests.desk.talking import Lines


@pytest.mark.parametrize(
    ("priority", "seconds", "says", "rings"),
    [
        ("P0", 59, [], 0),
        ("P0", 60, [], 1),
        ("P0", 120, ["utter_person_slow_p0"], 1),
        ("P1", 359, [], 0),
        ("P1", 360, ["utter_person_next_p1"], 1),
        ("P2", 599, [], 0),
        ("P2", 600, ["utter_person_still_waiting"], 0),
        ("P2", 1200, ["utter_person_still_waiting"], 1),
        ("P3", 1799, [], 0),
        ("P3", 1800, ["utter_person_still_waiting"], 0),
    ],
)
async def test_who_waits_too_long_is_told_and_somebody_hears_of_it(
    watched: WatchedDesk, lines: Lines, priority: Priority, seconds: int, says: list[str], rings: int
) -> None:
    conversation = await lines.waits("+1", priority=priority)
    await looks_after(WaitWatcher(watched), lines, seconds)
    assert await told(lines, conversation) == says
    assert await alarmed(watched) == [("late", priority)] * rings


async def test_of_several_gateways_that_watch_one_speaks(watched: WatchedDesk, lines: Lines) -> None:
    conversation = await lines.waits("+1", priority="P0")
    lines.clock.now += 120
    watches = [WaitWatcher(watched) for _ in range(4)]
    for _ in range(2):
        await asyncio.gather(*(each.look() for each in watches))
    assert await told(lines, conversation) == ["utter_person_slow_p0"]
    assert await alarmed(watched) == [("late", "P0")]


async def test_who_took_the_first_alarm_on_hears_that_still_nobody_has_come(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines
) -> None:
    await lines.waits("+1", priority="P0")
    await looks_after(watch, lines, 60)
    (first,) = await watched.alarms.open()
    await watched.alarms.see(first.id, BEN.id)

    await looks_after(watch, lines, 60)

    (second,) = await watched.alarms.open()
    assert second.id != first.id
    assert not second.seen_by


@pytest.mark.parametrize("end", ["claimed", "erased", "withdrawn"])
async def test_an_alarm_is_over_when_nobody_waits_any_more(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines, end: str
) -> None:
    conversation = await lines.waits("+1", priority="P0")
    await looks_after(watch, lines, 60)
    ends: dict[str, Callable[[], Awaitable[object]]] = {
        "claimed": lambda: lines.handoffs.claim(conversation, ANA.id, lines.clock()),
        "erased": lambda: farewell.forget(lines.store, conversation),
        "withdrawn": lambda: lines.handoffs.withdraw(conversation, lines.clock()),
    }
    await ends[end]()

    await looks_after(watch, lines, 3)

    assert await alarmed(watched) == []


async def writes(watched: WatchedDesk, conversation: str, operator: Account, once: str) -> None:
    words = OperatorMessage(operator.id, operator.alias, "Hello", once)
    assert await watched.notifier.write(conversation, words) == "said"


@pytest.mark.parametrize(
    ("priority", "seconds", "says", "rings"),
    [
        ("P0", 59, [], 0),
        ("P0", 60, [], 1),
        ("P0", 120, ["utter_person_slow_p0"], 1),
        ("P1", 360, [], 1),
        ("P2", 600, [], 0),
        ("P2", 1200, [], 1),
        ("P3", 3600, [], 0),
    ],
)
async def test_somebody_hears_of_an_operator_who_has_taken_a_talk_and_does_not_write(
    watched: WatchedDesk, lines: Lines, priority: Priority, seconds: int, says: list[str], rings: int
) -> None:
    watch = WaitWatcher(watched)
    conversation = await lines.has(ANA, "+1", priority=priority)
    for part in (seconds / 2, seconds - seconds / 2):
        lines.clock.now += part
        await lines.works(ANA)
    await watch.look()
    assert await told(lines, conversation) == says
    assert await alarmed(watched) == [("late", priority)] * rings

    await writes(watched, conversation, ANA, "first")
    await looks_after(watch, lines, 3)
    assert await alarmed(watched) == []
    await looks_after(watch, lines, 800)
    assert await alarmed(watched) == []


async def test_whoever_takes_a_talk_over_must_write_too_and_the_person_is_not_told_that_nobody_came(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines
) -> None:
    conversation = await lines.has(ANA, "+1", priority="P0", locale="en")
    await writes(watched, conversation, ANA, "first")
    lines.clock.now += 10
    await lines.works(BEN)
    assert (await lines.handoffs.claim(conversation, BEN.id, lines.clock(), supervisor=True)).done

    await looks_after(watch, lines, 120)

    assert await alarmed(watched) == [("late", "P0")]
    assert "utter_person_slow_p0" not in await told(lines, conversation)


async def test_who_asks_anew_after_a_talk_was_closed_is_told_that_nobody_has_come(
    watch: WaitWatcher, watched: WatchedDesk, lines: Lines
) -> None:
    conversation = await lines.has(ANA, "+1", priority="P0")
    await writes(watched, conversation, ANA, "first")
    await lines.handoffs.close(conversation, ANA.id, lines.clock())
    await lines.works(BEN)
    assert (await lines.handoffs.ask(conversation, "P0", "es", "sms", lines.clock())).done
    assert (await lines.handoffs.claim(conversation, BEN.id, lines.clock())).done

    await looks_after(watch, lines, 120)

    assert (await told(lines, conversation))[-1] == "utter_person_slow_p0"


async def test_who_waits_in_danger_is_given_the_number_of_their_country(watch: WaitWatcher, lines: Lines) -> None:
    conversation = await lines.waits("+1", priority="P0", country="US", locale="en")
    await looks_after(watch, lines, 120)
    (line,) = await transcript.read(lines.store, conversation)
    assert "911" in line.text


async def test_who_waits_has_choices_to_go_on_with(watch: WaitWatcher, lines: Lines) -> None:
    conversation = await lines.waits("+1", priority="P2")
    await looks_after(watch, lines, 600)
    (line,) = await transcript.read(lines.store, conversation)
    assert len(line.choices) == 3


async def test_a_fault_with_one_person_is_not_everybodys(watch: WaitWatcher, lines: Lines) -> None:
    broken = await lines.waits("+1", priority="P2")
    await lines.store.call("HSET", key("conversation", broken), "key", "no key")
    other = await lines.waits("+2", priority="P2")
    await looks_after(watch, lines, 600)
    assert await told(lines, other) == ["utter_person_still_waiting"]
