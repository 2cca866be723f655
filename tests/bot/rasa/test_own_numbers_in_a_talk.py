"""What an administrator has just saved is what the next person reads, through engine and gateway, without a restart."""

import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from actions.referral import directory_client
from actions.referral.directory_client import Source
from bot import organisation
from bot.messaging.message import Hints
from bot.organisation import Organisation, OwnNumber, SettingChange
from bot.settings import Settings
from bot.storage.store import Store
from channels.terminal import Terminal
from tests.actions.stage import Stage
from tests.bot.rasa.staged import MEANINGS, Mexico, StagedEngine
from tests.hotline import Hotline

OWN = "+52 55 5555 0100"


@pytest.fixture
async def hotline(settings: Settings, store: Store, terminal: Terminal) -> AsyncIterator[Hotline]:
    directory_client.use(Source(Mexico()))
    await Stage().hears(
        "find_hotline", "i need a number", country="MX"
    )  # lists are read once, and not while a person waits
    engine = StagedEngine(store, {**MEANINGS, "mexico": "provide_location"})
    async with Hotline(settings, engine, {"sms": terminal}).working() as hotline:
        yield hotline
    directory_client.use(None)


async def saves(store: Store, **settings: Any) -> None:
    change = SettingChange(by="a" * 32, when=time.time())
    before = await organisation.read(store)
    after = Organisation(changes={"own_numbers": change}, **settings)
    assert await organisation.save(store, before, after)


async def test_a_number_that_was_just_saved_is_given_first_in_the_same_talk(hotline: Hotline, store: Store) -> None:
    for text in ("hello", "yes", "i need a number"):
        await hotline.hears(text)
    number = OwnNumber(number="+525555550100", hours="24/7")
    await saves(store, name="Refugio", home_country="MX", own_numbers=(number,))
    said = await hotline.hears("mexico")
    assert f"Refugio: {OWN}" in said[0]
    assert any(line.number in text for text in said[1:] for line in Mexico().directory().lines("MX"))


async def test_who_names_no_country_reads_whose_number_it_is(hotline: Hotline, store: Store) -> None:
    number = OwnNumber(number="+525555550100")
    await saves(store, name="Refugio", home_country="MX", own_numbers=(number,))
    for text in ("hello", "yes", "i need a number"):
        await hotline.hears(text)
    said = "\n".join(await hotline.hears("no"))
    assert "112" in said
    assert f"Refugio (Mexico): {OWN}" in said


async def test_help_by_text_message_is_answered_with_the_contact(hotline: Hotline, store: Store) -> None:
    await saves(store, text_contact="+52 55 5555 0199")
    said = await hotline.hears("help", kind="command", hints=Hints(accept="en"))
    assert "Write BYE to stop.\n+52 55 5555 0199" in said[0]
