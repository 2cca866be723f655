"""An operator takes a talk: one owner at most, never more than one can carry, and the bot falls silent."""

import asyncio

import pytest

from bot.handoff import on_duty
from bot.handoff.case_card import Priority
from bot.handoff.handoff import MOST, HandoffOutcome
from tests.bot.handoff.shift import NOW, Shift
from tests.hotline import Hotline, ScriptedEngine, echo


async def test_who_comes_second_learns_who_was_first(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")

    assert await shift.handoffs.claim(conversation, "ben", NOW) == HandoffOutcome("taken", "operator", "ana")
    assert await shift.who(conversation) == "operator"


async def test_a_second_click_of_the_owner_is_no_second_claim(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")

    assert await shift.handoffs.claim(conversation, "ana", NOW + 9) == HandoffOutcome(None, "operator", "ana")
    assert (await shift.seen(conversation)).since == NOW
    assert await shift.loads() == {"ana": 1, "ben": 0}


async def test_nobody_is_claimed_who_did_not_ask_or_no_longer_wants(shift: Shift) -> None:
    never, withdrawn = await shift.writes("+1"), await shift.waits("+2")
    await shift.handoffs.withdraw(withdrawn, NOW)

    assert (await shift.handoffs.claim(never, "ana", NOW, supervisor=True)).refused == "gone"
    assert (await shift.handoffs.claim(withdrawn, "ana", NOW, supervisor=True)).refused == "not_waiting"


@pytest.mark.parametrize(
    ("held", "asked", "refused"),
    [
        (["P2", "P2"], "P2", None),
        (["P2", "P2", "P3"], "P2", "full"),
        (["P2"], "P0", None),
        (["P2", "P2"], "P0", "full"),
        (["P0"], "P3", None),
        (["P0", "P3"], "P3", "full"),
        (["P0"], "P0", "full"),
    ],
)
async def test_an_operator_has_three_at_most_and_a_crisis_counts_as_two(
    shift: Shift, held: list[Priority], asked: Priority, refused: str | None
) -> None:
    await asyncio.gather(*(shift.held(f"+1{at}", "ana", priority) for at, priority in enumerate(held)))
    one_more = await shift.waits("+2", asked)

    assert (await shift.handoffs.claim(one_more, "ana", NOW)).refused == refused
    assert (await shift.handoffs.claim(one_more, "ben", NOW)).done == bool(refused)


async def test_who_pauses_keeps_what_they_have_and_gets_nothing_new(shift: Shift) -> None:
    held, waits = await shift.held("+1", "ana"), await shift.waits("+2")
    await on_duty.pause(shift.store, "ana", NOW)

    assert (await shift.handoffs.claim(waits, "ana", NOW)).refused == "paused"
    assert (await shift.seen(held)).operator == "ana"
    await on_duty.resume(shift.store, "ana", NOW)
    assert (await shift.handoffs.claim(waits, "ana", NOW)).done


async def test_a_pause_outlives_a_sign_of_life(shift: Shift) -> None:
    await on_duty.pause(shift.store, "ana", NOW)
    await on_duty.here(shift.store, "ana", NOW + 60)

    assert [each.paused for each in (await shift.handoffs.look(NOW)).operators if each.id == "ana"] == [True]


async def test_who_is_not_on_duty_takes_nobody(shift: Shift) -> None:
    conversation = await shift.waits("+1")

    assert (await shift.handoffs.claim(conversation, "stranger", NOW)).refused == "off_duty"
    assert (await shift.handoffs.claim(conversation, "ana", NOW + on_duty.STAYS)).refused == "off_duty"


async def test_a_supervisor_takes_over_whatever_they_have_already(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await asyncio.gather(*(shift.held(f"+2{number}", "ben") for number in range(MOST)))

    assert (await shift.handoffs.claim(conversation, "ben", NOW)).refused == "taken"
    assert await shift.handoffs.claim(conversation, "ben", NOW, supervisor=True) == HandoffOutcome(
        None, "operator", "ben"
    )
    assert (await shift.handoffs.release(conversation, "ana", NOW)).refused == "not_yours"
    assert await shift.loads() == {"ana": 0, "ben": MOST + 1}


@pytest.mark.long
async def test_while_an_operator_answers_only_what_is_always_said_is_said(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    shift = Shift(hotline.store, hotline.settings)
    await shift.works("ana")
    engine.answers("help", echo("112", always=True), echo("more"))
    await hotline.hears("hello", by="sms")
    conversation = await hotline.conversation()
    await shift.asks(conversation)
    assert await hotline.hears("anybody?", by="sms") == ["anybody?"]

    await shift.handoffs.claim(conversation, "ana", NOW)
    assert await hotline.hears("hello", by="sms") == []
    assert await hotline.hears("help", by="sms") == ["112"]
    await shift.handoffs.release(conversation, "ana", NOW)
    assert await hotline.hears("thanks", by="sms") == ["thanks"]
