"""Who waits is told truly how it stands, and somebody hears of it when it takes too long: once over all gateways."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.quiet import STRANGER
from bot import on_duty, transcript
from bot.case import Priority
from bot.outbox import Words
from bot.phrases import Phrasebook
from bot.settings import Settings
from bot.store import Store, key
from desk.alarms import Alarm
from desk.duty import Duty
from desk.people import Account
from desk.watch import Watch, Watched
from tests.desk import talking
from tests.desk.colleagues import Clock
from tests.desk.talking import Lines, account
from tests.hotline import ROOT

ANA, BEN = account("a"), account("b")


@pytest.fixture(scope="module")
def book() -> Phrasebook:
    return Phrasebook.load(ROOT)


@pytest.fixture
async def lines(store: Store, settings: Settings, clock: Clock) -> Lines:
    lines = Lines(store, settings, clock)
    await lines.works(ANA)
    return lines


@pytest.fixture
def watched(lines: Lines, book: Phrasebook) -> Watched:
    return talking.watched(lines, book, {ANA.id: "Sam", BEN.id: "Kim"})


@pytest.fixture
def watch(watched: Watched) -> Watch:
    return Watch(watched)


async def told(lines: Lines, conversation: str) -> list[str | None]:
    """The phrases that were said."""
    return [line.say for line in await transcript.read(lines.store, conversation) if line.who == "us"]


async def alarmed(watched: Watched) -> list[tuple[str, str]]:
    return [(alarm.kind, alarm.priority) for alarm in await watched.alarms.open()]


async def looks_after(watch: Watch, lines: Lines, seconds: float) -> None:
    """Time passes in which the operators show themselves, and the watch looks."""
    lines.clock.now += seconds  # type: ignore[attr-defined]
    await lines.works(ANA)
    await watch.look()


# Waiting


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
    watched: Watched, lines: Lines, priority: Priority, seconds: int, says: list[str], rings: int
) -> None:
    conversation = await lines.waits("+1", priority=priority)
    await looks_after(Watch(watched), lines, seconds)
    assert await told(lines, conversation) == says
    assert await alarmed(watched) == [("late", priority)] * rings


async def test_of_several_gateways_that_watch_one_speaks(watched: Watched, lines: Lines) -> None:
    conversation = await lines.waits("+1", priority="P0")
    lines.clock.now += 120  # type: ignore[attr-defined]
    watches = [Watch(watched) for _ in range(4)]
    for _ in range(2):
        await asyncio.gather(*(each.look() for each in watches))
    assert await told(lines, conversation) == ["utter_person_slow_p0"]
    assert await alarmed(watched) == [("late", "P0")]


async def test_who_took_the_first_alarm_on_hears_that_still_nobody_has_come(
    watch: Watch, watched: Watched, lines: Lines
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
    watch: Watch, watched: Watched, lines: Lines, end: str
) -> None:
    conversation = await lines.waits("+1", priority="P0")
    await looks_after(watch, lines, 60)
    ends = {
        "claimed": lambda: lines.handoffs.claim(conversation, ANA.id, lines.clock()),
        "erased": lambda: lines.store.forget(conversation),
        "withdrawn": lambda: lines.handoffs.withdraw(conversation, lines.clock()),
    }
    await ends[end]()

    await looks_after(watch, lines, 3)

    assert await alarmed(watched) == []


async def writes(watched: Watched, conversation: str, operator: Account, once: str) -> None:
    words = Words(operator.id, operator.alias, "Hello", once)
    assert await watched.telling.write(conversation, words) == "said"  # type: ignore[attr-defined]


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
    watched: Watched, lines: Lines, priority: Priority, seconds: int, says: list[str], rings: int
) -> None:
    watch = Watch(watched)
    conversation = await lines.has(ANA, "+1", priority=priority)
    for part in (seconds / 2, seconds - seconds / 2):
        lines.clock.now += part  # type: ignore[attr-defined]
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
    watch: Watch, watched: Watched, lines: Lines
) -> None:
    conversation = await lines.has(ANA, "+1", priority="P0", locale="en")
    await writes(watched, conversation, ANA, "first")
    lines.clock.now += 10  # type: ignore[attr-defined]
    await lines.works(BEN)
    assert (await lines.handoffs.claim(conversation, BEN.id, lines.clock(), supervisor=True)).done

    await looks_after(watch, lines, 120)

    assert await alarmed(watched) == [("late", "P0")]
    assert "utter_person_slow_p0" not in await told(lines, conversation)


async def test_who_asks_anew_after_a_talk_was_closed_is_told_that_nobody_has_come(
    watch: Watch, watched: Watched, lines: Lines
) -> None:
    conversation = await lines.has(ANA, "+1", priority="P0")
    await writes(watched, conversation, ANA, "first")
    await lines.handoffs.close(conversation, ANA.id, lines.clock())
    await lines.works(BEN)
    assert (await lines.handoffs.ask(conversation, "P0", "es", "sms", lines.clock())).done
    assert (await lines.handoffs.claim(conversation, BEN.id, lines.clock())).done

    await looks_after(watch, lines, 120)

    assert (await told(lines, conversation))[-1] == "utter_person_slow_p0"


async def test_nothing_is_said_while_somebody_else_may_hold_the_phone_and_the_alarm_rings_all_the_same(
    watch: Watch, watched: Watched, lines: Lines
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
    watch: Watch, watched: Watched, lines: Lines, answered: str
) -> None:
    before = {"answered": {"immediate_danger": 1, answered: 1}}
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
    watch: Watch, lines: Lines, before: dict[str, Any]
) -> None:
    open_ = {"situation": "asked_safe", "question": "safe"}
    woken = await lines.waits("+1", priority="P0", **open_, **before)
    never_quiet = await lines.waits("+2", priority="P0", **open_)
    await looks_after(watch, lines, 120)
    assert await told(lines, woken) == []
    assert await told(lines, never_quiet) == ["utter_person_slow_p0"]


async def test_who_waits_in_danger_is_given_the_number_of_their_country(watch: Watch, lines: Lines) -> None:
    conversation = await lines.waits("+1", priority="P0", country="US", locale="en")
    await looks_after(watch, lines, 120)
    (line,) = await transcript.read(lines.store, conversation)
    assert "911" in line.text


async def test_who_waits_has_choices_to_go_on_with(watch: Watch, lines: Lines) -> None:
    conversation = await lines.waits("+1", priority="P2")
    await looks_after(watch, lines, 600)
    (line,) = await transcript.read(lines.store, conversation)
    assert len(line.choices) == 3


async def test_a_fault_with_one_person_is_not_everybodys(watch: Watch, lines: Lines) -> None:
    broken = await lines.waits("+1", priority="P2")
    await lines.store.call("HSET", key("conversation", broken), "key", "no key")
    other = await lines.waits("+2", priority="P2")
    await looks_after(watch, lines, 600)
    assert await told(lines, other) == ["utter_person_still_waiting"]


# Operators who are not there any more


async def test_who_lost_their_operator_is_told_that_another_was_asked_for(watch: Watch, lines: Lines) -> None:
    conversation = await lines.has(ANA, "+1")
    await on_duty.off(lines.store, ANA.id, lines.clock())
    await lines.works(BEN)
    await watch.look()
    await watch.look()
    assert await told(lines, conversation) == ["utter_person_back_in_queue"]


async def test_where_nobody_is_left_that_is_said_with_numbers_and_somebody_hears_of_it(
    watch: Watch, watched: Watched, lines: Lines
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
    watch: Watch, lines: Lines
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
    watched: Watched, lines: Lines, step: str, says: str
) -> None:
    conversation = await lines.has(ANA, "+1", locale="en")
    await getattr(lines.handoffs, step)(conversation, ANA.id, lines.clock())
    await looks_after(Watch(watched), lines, 14)
    assert await told(lines, conversation) == []  # they may be about to say it themselves

    await looks_after(Watch(watched), lines, 1)
    await looks_after(Watch(watched), lines, 3)
    assert await told(lines, conversation) == [says]


async def test_who_has_left_and_who_has_come_is_named_by_their_alias(watch: Watch, lines: Lines) -> None:
    released, taken = await lines.has(ANA, "+1", locale="en"), await lines.has(ANA, "+2", locale="en")
    await lines.works(BEN)
    await lines.handoffs.release(released, ANA.id, lines.clock())
    await lines.handoffs.claim(taken, BEN.id, lines.clock(), supervisor=True)
    await looks_after(watch, lines, 15)
    (left,), (come,) = [await transcript.read(lines.store, each) for each in (released, taken)]
    assert left.text.startswith("Sam has left")
    assert "I am Kim, a person too" in come.text


async def test_what_was_done_while_somebody_might_hold_the_phone_is_not_said_late(watch: Watch, lines: Lines) -> None:
    conversation = await lines.has(ANA, "+1", situation="quiet")
    await lines.handoffs.close(conversation, ANA.id, lines.clock())
    await looks_after(watch, lines, 15)
    await lines.remembers(conversation, situation="talk")
    await looks_after(watch, lines, 15)
    assert await told(lines, conversation) == []


async def test_who_must_not_be_written_to_is_told_later_that_nobody_is_there(watch: Watch, lines: Lines) -> None:
    conversation = await lines.has(ANA, "+1", situation="quiet")
    await on_duty.off(lines.store, ANA.id, lines.clock())
    await watch.look()
    assert await told(lines, conversation) == []
    await lines.remembers(conversation, situation="talk")
    await watch.look()
    assert await told(lines, conversation) == ["utter_person_nobody_now"]


async def test_that_nobody_was_left_is_not_heard_of_anew_at_each_look(
    watch: Watch, watched: Watched, lines: Lines, monkeypatch: pytest.MonkeyPatch
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


# Nobody there


@pytest.mark.parametrize(
    ("priority", "hours", "alarms"),
    [
        ("P0", False, [("nobody", "P0")]),
        ("P2", False, []),
        ("P2", True, [("nobody", "P2")]),
    ],
)
async def test_that_somebody_asked_and_nobody_was_there_is_heard_of(
    watch: Watch, watched: Watched, lines: Lines, priority: Priority, hours: bool, alarms: list[Any]
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


async def all_pause(watch: Watch, lines: Lines, seconds: float) -> None:
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
    watched: Watched, lines: Lines, priority: Priority, hours: bool, alarms: list[Any]
) -> None:
    if hours:
        began = datetime.fromtimestamp(lines.clock(), UTC).replace(tzinfo=None) - timedelta(minutes=5)
        await Duty(watched.store, watched.clock).add(ANA.id, began, 60)
    conversation, watch = await lines.waits("+1", priority=priority), Watch(watched)
    await all_pause(watch, lines, 119)
    assert await alarmed(watched) == []
    await looks_after(watch, lines, 1)
    assert await alarmed(watched) == alarms
    assert await lines.handoffs.place(conversation, lines.clock()) == 1  # and nobody was sent away


async def test_of_several_gateways_one_alarm_tells_that_everybody_pauses(watched: Watched, lines: Lines) -> None:
    await lines.waits("+1", priority="P1")
    await on_duty.pause(lines.store, ANA.id, lines.clock())
    watches = [Watch(watched) for _ in range(3)]
    for seconds in (0, 120, 3):
        for each in watches:
            await looks_after(each, lines, seconds / 3)
    assert await alarmed(watched) == [("nobody", "P1")]


@pytest.mark.parametrize("end", ["resumed", "withdrawn"])
async def test_the_alarm_for_pauses_is_over_when_one_ends_or_nobody_waits(
    watch: Watch, watched: Watched, lines: Lines, end: str
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
    watch: Watch, watched: Watched, lines: Lines
) -> None:
    await lines.waits("+1")
    await all_pause(watch, lines, 100)
    await on_duty.resume(lines.store, ANA.id, lines.clock())
    await looks_after(watch, lines, 3)
    await all_pause(watch, lines, 100)
    assert await alarmed(watched) == []


async def test_a_shift_to_which_nobody_comes_is_heard_of_after_ten_minutes(
    watch: Watch, watched: Watched, lines: Lines
) -> None:
    began = datetime.fromtimestamp(lines.clock(), UTC).replace(tzinfo=None)
    await Duty(watched.store, watched.clock).add(ANA.id, began, 60)
    await on_duty.off(lines.store, ANA.id, lines.clock())
    await watch.look()
    lines.clock.now += 599  # type: ignore[attr-defined]
    await watch.look()
    assert await alarmed(watched) == []

    lines.clock.now += 1  # type: ignore[attr-defined]
    await watch.look()
    assert await alarmed(watched) == [("unmanned", "")]

    await looks_after(watch, lines, 3)
    assert await alarmed(watched) == []


async def test_a_call_for_a_supervisor_ends_by_itself_after_two_hours(
    watch: Watch, watched: Watched, lines: Lines
) -> None:
    await watched.alarms.call(ANA.id)
    await looks_after(watch, lines, 7199)
    assert await alarmed(watched) == [("call", "")]
    await looks_after(watch, lines, 1)
    assert await alarmed(watched) == []


async def test_the_hours_of_duty_are_worked_out_anew_each_hour(watch: Watch, watched: Watched, lines: Lines) -> None:
    await Duty(watched.store, watched.clock).add(ANA.id, datetime(2026, 1, 5, 8, 0), 60, weekly=True)
    await watch.look()
    await lines.store.call("DEL", "duty_hours")
    await looks_after(watch, lines, 3600)
    assert await lines.store.call("EXISTS", "duty_hours")
