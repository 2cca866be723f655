"""Asking for a person: who waits, in which place and for how long, and the bot answers meanwhile."""

import asyncio
import re
from dataclasses import asdict

import pytest

from bot.handoff import aliases, on_duty
from bot.handoff.handoff import LEAST_WAITS, HandoffOutcome
from bot.messaging import blocks, farewell
from bot.settings import Settings
from bot.storage.store import Store
from tests.bot.handoff.shift import NOW, Shift


async def test_somebody_blocked_asks_for_a_person_in_a_crisis_only(shift: Shift) -> None:
    await on_duty.here(shift.store, "ana", NOW)
    conversation = await shift.writes("+1")
    await blocks.block(shift.store, conversation, 60)
    assert (await shift.asks(conversation, "P1")).refused == "blocked"
    assert (await shift.asks(conversation, "P0")).done


async def test_while_somebody_waits_the_bot_still_answers(shift: Shift) -> None:
    conversation = await shift.waits("+1")

    assert (await shift.seen(conversation)).state == "waiting"
    assert await shift.who(conversation) == "bot"
    assert await shift.handoffs.place(conversation, NOW) == 1


async def test_the_desk_is_shown_what_it_needs_and_nothing_more(shift: Shift) -> None:
    conversation = await shift.waits("+15550001111", "P1")

    (shown,) = await shift.handoffs.waiting(NOW + 200)
    assert re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", shown.alias)
    assert asdict(shown) == {
        "id": conversation, "alias": shown.alias, "channel": "sms", "locale": "es", "priority": "P1",
        "state": "waiting", "since": NOW, "operator": "", "offered": "", "answered": None, "joined": "",
        "ending": None, "unread_end": "",
        "returned": "", "attended": NOW,
    }  # fmt: skip
    assert shown.late(NOW + 200) == 1


async def test_where_nobody_is_on_duty_nobody_waits(store: Store, settings: Settings) -> None:
    shift = Shift(store, settings)
    conversation = await shift.writes("+1")

    assert await shift.asks(conversation, "P0") == HandoffOutcome("nobody", "bot", "")
    assert await shift.handoffs.waiting(NOW) == []
    assert await shift.counted() == {"nobody P0": 1}


async def test_where_all_pause_nobody_new_waits_and_who_waits_already_stays(shift: Shift) -> None:
    early, late = await shift.waits("+1"), await shift.writes("+2")
    await on_duty.pause(shift.store, "ana", NOW)
    await on_duty.pause(shift.store, "ben", NOW)

    assert (await shift.asks(late)).refused == "nobody"
    assert (await shift.asks(early)).done
    await on_duty.resume(shift.store, "ben", NOW)
    assert (await shift.asks(late)).done


async def test_who_asks_again_keeps_the_place(shift: Shift) -> None:
    first, second = await shift.waits("+1", now=NOW), await shift.waits("+2", now=NOW + 5)
    await shift.asks(first, now=NOW + 60)

    assert [each.id for each in await shift.handoffs.waiting(NOW + 60)] == [first, second]


async def test_who_asks_again_in_more_danger_rises_and_in_less_does_not_sink(shift: Shift) -> None:
    conversation = await shift.waits("+1", "P2")
    await shift.asks(conversation, "P0")
    await shift.asks(conversation, "P3")

    assert (await shift.seen(conversation)).priority == "P0"
    assert await shift.counted() == {"asked P2": 1, "raised P2 P0": 1}


async def test_who_returns_keeps_priority_and_alias_and_waits_from_now_on(shift: Shift) -> None:
    conversation = await shift.waits("+1", "P1")
    alias = (await shift.seen(conversation)).alias
    assert (await shift.handoffs.withdraw(conversation, NOW + 10)).state == "bot"
    assert await shift.handoffs.place(conversation, NOW + 10) is None
    await shift.asks(conversation, "P3", NOW + 600)

    again = await shift.seen(conversation)
    assert (again.priority, again.alias, again.since) == ("P1", alias, NOW + 600)


async def test_who_does_not_wait_can_not_leave_the_queue(shift: Shift) -> None:
    held = await shift.held("+1", "ana")

    assert await shift.handoffs.withdraw(held, NOW) == HandoffOutcome("taken", "operator", "ana")
    assert (await shift.handoffs.withdraw(await shift.writes("+2"), NOW)).refused == "gone"


async def test_no_two_that_live_are_called_alike(shift: Shift, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aliases, "draw", lambda: ["Blue Heron", "Calm Owl"])
    talks = [await shift.waits(f"+{number}") for number in range(4)]

    assert [(await shift.seen(talk)).alias for talk in talks] == [
        "Blue Heron", "Calm Owl", "Blue Heron 2", "Blue Heron 3",
    ]  # fmt: skip
    await farewell.forget(shift.store, talks[0])
    assert (await shift.seen(await shift.waits("+9"))).alias == "Blue Heron"


# How urgent it is by what a supervisor judges


async def test_a_supervisor_changes_how_urgent_it_is_and_the_place_in_time_stays(shift: Shift) -> None:
    first, second = await shift.waits("+1", "P0"), await shift.waits("+2", "P2", NOW + 5)
    await shift.handoffs.rank(first, "P2", NOW + 60)
    await shift.handoffs.rank(second, "P2", NOW + 60)

    assert [each.id for each in await shift.handoffs.waiting(NOW + 60)] == [first, second]
    await shift.handoffs.rank(second, "P0", NOW + 61)
    assert [each.id for each in await shift.handoffs.waiting(NOW + 61)] == [second, first]
    counted = await shift.counted()
    assert (counted["ranked P0 P2"], counted["ranked P2 P0"], "ranked P2 P2" in counted) == (1, 1, False)


async def test_a_talk_that_does_not_wait_and_is_not_answered_has_no_rank(shift: Shift) -> None:
    held = await shift.held("+1", "ana")
    await shift.handoffs.close(held, "ana", NOW)

    assert (await shift.handoffs.rank(held, "P0", NOW)).refused == "not_waiting"
    assert (await shift.handoffs.rank(await shift.writes("+2"), "P0", NOW)).refused == "gone"


# The wait that is told


async def test_a_wait_is_told_from_ten_real_ones_on_and_never_guessed(shift: Shift) -> None:
    operators = [f"operator {number}" for number in range(LEAST_WAITS)]
    await shift.works(*operators)

    async def taken_after(number: int) -> None:
        conversation = await shift.waits(f"+{number}", "P2")
        await shift.handoffs.claim(conversation, operators[number], NOW + number * 10)

    await asyncio.gather(*map(taken_after, range(LEAST_WAITS - 1)))
    assert await shift.handoffs.usual_wait("P2") is None
    await taken_after(LEAST_WAITS - 1)
    assert await shift.handoffs.usual_wait("P2") == 45
    assert await shift.handoffs.usual_wait("P1") is None


async def test_a_talk_taken_from_another_operator_is_no_wait(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await shift.handoffs.transfer(conversation, "ana", NOW + 500, to="ben")
    await shift.handoffs.claim(conversation, "ben", NOW + 500)

    assert await shift.store.redis.lrange("waits:P2", 0, -1) == [b"0"]
    assert await shift.counted() == {"asked P2": 1, "claimed P2": 1, "transferred P2": 1}
