"""An operator releases, closes or gives away a talk; nobody else can."""

import asyncio

from bot.handoff import on_duty
from bot.handoff.handoff import MOST, HandoffOutcome
from tests.bot.handoff.shift import NOW, Shift


async def test_after_a_release_the_bot_answers_and_a_second_release_changes_nothing(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")

    assert await shift.handoffs.release(conversation, "ana", NOW) == HandoffOutcome(None, "bot", "")
    assert await shift.who(conversation) == "bot"
    assert await shift.handoffs.release(conversation, "ana", NOW) == HandoffOutcome("not_yours", "bot", "")
    assert await shift.counted() == {"asked P2": 1, "claimed P2": 1, "released P2": 1}


async def test_a_late_release_does_not_take_the_talk_from_its_next_operator(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await shift.handoffs.release(conversation, "ana", NOW)
    await shift.asks(conversation)
    await shift.handoffs.claim(conversation, "ben", NOW)

    assert await shift.handoffs.release(conversation, "ana", NOW) == HandoffOutcome("not_yours", "operator", "ben")


async def test_a_closed_talk_is_off_the_desk_and_who_writes_again_may_ask_again(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana", "P1")
    assert (await shift.handoffs.close(conversation, "ana", NOW)).state == "closed"

    assert (await shift.handoffs.look(NOW)).handoffs == ()
    assert await shift.who(conversation) == "bot"
    assert (await shift.handoffs.claim(conversation, "ben", NOW, supervisor=True)).refused == "not_waiting"
    assert (await shift.asks(conversation, "P3")).state == "waiting"
    assert (await shift.seen(conversation)).priority == "P1"


async def test_who_is_given_back_to_the_queue_waits_with_the_same_priority(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana", "P1")

    assert (await shift.handoffs.transfer(conversation, "ana", NOW + 60)).state == "waiting"
    assert await shift.who(conversation) == "bot"
    shown = await shift.seen(conversation)
    assert (shown.priority, shown.since, shown.operator) == ("P1", NOW + 60, "")


async def test_a_talk_that_is_offered_stays_with_its_operator_until_the_other_takes_it(shift: Shift) -> None:
    await shift.works("cem")
    conversation = await shift.held("+1", "ana")
    assert await shift.handoffs.transfer(conversation, "ana", NOW, to="ben") == HandoffOutcome(None, "operator", "ana")

    assert (await shift.handoffs.claim(conversation, "cem", NOW)).refused == "taken"
    assert await shift.handoffs.claim(conversation, "ben", NOW) == HandoffOutcome(None, "operator", "ben")
    assert (await shift.seen(conversation)).offered == ""
    assert (await shift.handoffs.claim(conversation, "ana", NOW)).refused == "taken"


async def test_an_offer_is_taken_back_by_offering_it_to_oneself(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")
    await shift.handoffs.transfer(conversation, "ana", NOW, to="ben")
    await shift.handoffs.transfer(conversation, "ana", NOW, to="ana")

    assert (await shift.handoffs.claim(conversation, "ben", NOW)).refused == "taken"


async def test_nothing_is_offered_to_who_pauses_is_gone_or_has_enough(shift: Shift) -> None:
    await shift.works("cem", "dua")
    conversation = await shift.held("+1", "ana")
    await on_duty.pause(shift.store, "ben", NOW)
    await on_duty.off(shift.store, "cem", NOW)
    await asyncio.gather(*(shift.held(f"+2{number}", "dua") for number in range(MOST)))

    offers = [await shift.handoffs.transfer(conversation, "ana", NOW, to=other) for other in ("ben", "cem", "dua")]
    assert [offer.refused for offer in offers] == ["paused", "off_duty", "full"]
    assert (await shift.seen(conversation)).operator == "ana"


async def test_only_who_has_a_talk_gives_it_away(shift: Shift) -> None:
    conversation = await shift.held("+1", "ana")

    assert (await shift.handoffs.transfer(conversation, "ben", NOW, to="ben")).refused == "not_yours"
    assert (await shift.handoffs.transfer(conversation, "ben", NOW)).refused == "not_yours"
    assert (await shift.handoffs.close(conversation, "ben", NOW)).refused == "not_yours"
