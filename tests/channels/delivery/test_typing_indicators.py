"""That an operator writes is shown at Telegram: once for each sign, and only to whom it is written."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.handoff import on_duty
from bot.handoff.handoff import Handoffs
from bot.messaging import farewell
from bot.messaging.typing_state import set_typing
from channels.delivery.typing_indicators import TypingIndicators
from tests.hotline import Hotline

NOW = 1_800_000_000.0


@dataclass
class Door:
    """Notes to whom a sign was shown."""

    name: str = "sms"  # the door of the hotline in these tests
    shown: list[str] = field(default_factory=list)

    def typing(self, address: str) -> None:
        self.shown.append(address)


async def held(hotline: Hotline, address: str) -> str:
    await hotline.hears("hello", address=address)
    conversation = await hotline.conversation("sms", address)
    await on_duty.here(hotline.store, "ana", NOW)
    handoffs = Handoffs(hotline.store)
    await handoffs.ask(conversation, "P2", "en", "sms", NOW)
    await handoffs.claim(conversation, "ana", NOW)
    return conversation


@pytest.fixture
def door() -> Door:
    return Door()


async def test_a_sign_is_shown_once_over_all_gateways_and_to_nobody_else(hotline: Hotline, door: Door) -> None:
    first, _ = await held(hotline, "+1"), await held(hotline, "+2")
    signs = [TypingIndicators(hotline.store, door) for _ in range(3)]
    await set_typing(hotline.store, first, "operator")
    await asyncio.gather(*(each.look() for each in signs))
    assert door.shown == ["+1"]

    await set_typing(hotline.store, first, "operator")
    await signs[0].look()
    assert door.shown == ["+1", "+1"]


async def test_that_the_person_writes_is_not_shown_to_themselves(hotline: Hotline, door: Door) -> None:
    await set_typing(hotline.store, await held(hotline, "+1"), "person")
    await TypingIndicators(hotline.store, door).look()
    assert door.shown == []


async def test_no_sign_is_shown_once_the_talk_is_over(hotline: Hotline, door: Door) -> None:
    released, erased = await held(hotline, "+1"), await held(hotline, "+2")
    for conversation in (released, erased):
        await set_typing(hotline.store, conversation, "operator")
    await Handoffs(hotline.store).release(released, "ana", NOW)
    await farewell.forget(hotline.store, erased)
    await TypingIndicators(hotline.store, door).look()
    assert door.shown == []


async def test_another_doors_talks_are_left_to_it(hotline: Hotline, door: Door) -> None:
    door.name = "telegram"
    await set_typing(hotline.store, await held(hotline, "+1"), "operator")
    await TypingIndicators(hotline.store, door).look()
    assert door.shown == []
