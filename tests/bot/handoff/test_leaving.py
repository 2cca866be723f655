"""Operators who vanish or leave: nobody stays with an empty chair, and each stands as untold until they were told."""

import asyncio

import pytest

from bot.handoff import on_duty
from tests.bot.handoff.shift import NOW, Shift


async def test_nobody_stays_with_an_operator_who_has_vanished(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana", "P1")
    gone = NOW + on_duty.STAYS
    await on_duty.here(shift.store, "ben", gone)

    both = await asyncio.gather(shift.handoffs.lapse(gone), shift.handoffs.lapse(gone))
    assert sorted(both, key=len) == [{}, {conversation: "waiting"}]
    assert await shift.who(conversation) == "bot"
    assert (await shift.seen(conversation, gone)).priority == "P1"


@pytest.mark.parametrize("later", [0, on_duty.STAYS])
async def test_when_the_last_operator_goes_or_vanishes_nobody_waits_in_vain(shift: Shift, later: int) -> None:
    held, waits = await shift.held("+1", "ana"), await shift.waits("+2")
    await on_duty.off(shift.store, "ana", NOW)
    await (on_duty.pause if later else on_duty.off)(shift.store, "ben", NOW)

    assert await shift.handoffs.lapse(NOW + later) == {held: "bot", waits: "bot"}
    assert await shift.handoffs.lapse(NOW + later) == {}
    assert (await shift.handoffs.look(NOW + later)).handoffs == ()


async def test_who_shows_a_sign_in_time_keeps_their_talks(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await on_duty.here(shift.store, "ana", NOW + 600)

    assert await shift.handoffs.lapse(NOW + on_duty.STAYS + 1) == {}
    assert (await shift.seen(conversation)).operator == "ana"


async def test_who_lost_their_operator_stands_as_untold_until_they_were_told(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana", "P1")
    await on_duty.off(shift.store, "ana", NOW)
    await shift.handoffs.lapse(NOW)

    (moved,) = await shift.handoffs.untold()
    assert (moved.id, moved.why, moved.state, moved.priority) == (conversation, "lapsed", "waiting", "P1")
    assert await shift.handoffs.untold() == [moved]  # whoever took it first may have died

    await shift.handoffs.told(moved.id, moved.since)
    assert await shift.handoffs.untold() == []


async def test_who_has_another_operator_by_now_is_not_told_of_the_one_before(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await on_duty.off(shift.store, "ana", NOW)
    await shift.handoffs.lapse(NOW)
    await shift.handoffs.claim(conversation, "ben", NOW + 1)
    assert await shift.handoffs.untold() == []


async def test_each_step_by_which_an_operator_leaves_stands_as_untold(shift: Shift) -> None:
    released, closed, queued = [await shift.held(f"+{number}", "ana") for number in range(3)]
    given, taken = [await shift.held(f"+{number}", "ben") for number in (3, 4)]
    await shift.handoffs.release(released, "ana", NOW)
    await shift.handoffs.close(closed, "ana", NOW)
    await shift.handoffs.transfer(queued, "ana", NOW)
    await shift.handoffs.transfer(given, "ben", NOW, to="ana")
    done = await shift.handoffs.claim(given, "ana", NOW)
    await shift.handoffs.claim(taken, "ana", NOW, supervisor=True)

    untold = {each.id: (each.why, each.state, each.operator, each.before) for each in await shift.handoffs.untold()}
    assert untold == {
        released: ("left", "bot", "", "ana"),
        closed: ("left", "closed", "", "ana"),
        queued: ("left", "waiting", "", "ana"),
        given: ("left", "operator", "ana", "ben"),
        taken: ("left", "operator", "ana", "ben"),
    }
    await shift.handoffs.told(given, done.since)
    assert given not in {each.id for each in await shift.handoffs.untold()}


async def test_where_nobody_left_nobody_has_to_be_told(shift: Shift) -> None:
    await shift.held("+1", "ana")
    await shift.handoffs.withdraw(await shift.waits("+2"), NOW)
    assert await shift.handoffs.untold() == []
