"""After what is hard an operator has a break, and six severe talks are the measure of a shift."""

import pytest

from bot.handoff import on_duty
from bot.handoff.handoff import SEVERE
from bot.messaging import farewell
from commands.runtime.time_travel import let_time_pass
from tests.bot.handoff.shift import NOW, Shift


async def test_a_life_in_danger_that_erases_the_talk_is_followed_by_a_break_too(shift: Shift) -> None:
    await shift.works("ana")
    held = await shift.held("+1", "ana", "P0")
    await farewell.forget(shift.store, held)

    assert (await shift.handoffs.claim(await shift.waits("+2"), "ana", NOW)).refused == "break"
    assert await shift.store.call("GET", "severe:ana") == b"1"


@pytest.mark.parametrize("step", ["release", "close", "transfer"])
async def test_after_a_life_in_danger_there_is_a_break_of_ten_minutes(shift: Shift, step: str) -> None:
    held = await shift.held("+1", "ana", "P0")
    await getattr(shift.handoffs, step)(held, "ana", NOW)
    waits = await shift.waits("+2")

    assert (await shift.handoffs.claim(waits, "ana", NOW)).refused == "break"
    await shift.handoffs.claim(waits, "ben", NOW)
    assert (await shift.handoffs.transfer(waits, "ben", NOW, to="ana")).refused == "break"
    await let_time_pass(shift.store, 600)
    assert (await shift.handoffs.transfer(waits, "ben", NOW, to="ana")).done


async def test_after_another_talk_there_is_none(shift: Shift) -> None:
    await shift.handoffs.close(await shift.held("+1", "ana", "P1"), "ana", NOW)
    assert (await shift.handoffs.claim(await shift.waits("+2"), "ana", NOW)).done


async def test_who_is_on_a_break_is_still_there_for_who_asks(shift: Shift) -> None:
    await on_duty.off(shift.store, "ben", NOW)
    await shift.handoffs.close(await shift.held("+1", "ana", "P0"), "ana", NOW)
    assert (await shift.asks(await shift.writes("+2"))).done


async def test_after_six_severe_talks_only_others_are_taken_in_this_shift(shift: Shift) -> None:
    for number in range(SEVERE - 1):
        await shift.handoffs.close(await shift.held(f"+{number}", "ana", "P1"), "ana", NOW)
    await shift.held("+10", "ana", "P1")  # the one that is going on counts

    severe = await shift.waits("+11", "P1")
    assert (await shift.handoffs.claim(severe, "ana", NOW)).refused == "enough"
    assert (await shift.handoffs.claim(await shift.waits("+12", "P2"), "ana", NOW)).done
    assert (await shift.handoffs.claim(severe, "ben", NOW)).done
    await let_time_pass(shift.store, 12 * 3600)
    assert (await shift.handoffs.claim(await shift.waits("+13", "P1"), "ana", NOW)).done


@pytest.mark.parametrize("hindrance", ["break", "severe"])
async def test_a_life_in_danger_that_nobody_came_to_goes_before_a_break_and_a_measure(
    shift: Shift, hindrance: str
) -> None:
    await shift.store.call("SET", f"{hindrance}:ana", SEVERE, "EX", 600)
    conversation = await shift.waits("+1", "P0")

    assert (await shift.handoffs.claim(conversation, "ana", NOW + 59)).refused in ("break", "enough")
    assert (await shift.handoffs.claim(conversation, "ana", NOW + 60)).done


async def test_a_supervisor_who_takes_over_is_held_by_no_break(shift: Shift) -> None:
    await shift.store.call("SET", "break:ben", "1", "EX", 600)
    conversation = await shift.held("+1", "ana", "P1")
    assert (await shift.handoffs.claim(conversation, "ben", NOW, supervisor=True)).done
