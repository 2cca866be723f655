"""Who is writing: seen for some seconds, and of nobody who is gone."""

from pathlib import Path

import pytest

from bot.crypto import identity
from bot.messaging import farewell
from bot.messaging.intake import Intake
from bot.messaging.message import Message
from bot.messaging.typing_state import SHOWN, Writer, is_typing, set_typing
from bot.settings import Settings
from bot.storage.store import Store, key
from commands.runtime.time_travel import let_time_pass

DATA_MAP = (Path(__file__).parents[3] / "docs" / "privacy.md").read_text("utf-8")


@pytest.fixture
async def conversation(store: Store, settings: Settings) -> str:
    await Intake(store, settings).accept(Message("sms", "+1", "SM1", "hello"))
    found = await store.find(identity.address_key("sms", "+1", store.vault.pepper))
    assert found
    return found


@pytest.mark.parametrize(("who", "other"), [("person", "operator"), ("operator", "person")])
async def test_writing_is_seen_of_the_one_who_writes_until_the_signs_end(
    store: Store, conversation: str, who: Writer, other: Writer
) -> None:
    assert not await is_typing(store, conversation, who)
    await set_typing(store, conversation, who)
    assert await is_typing(store, conversation, who)
    assert not await is_typing(store, conversation, other)
    await let_time_pass(store, SHOWN)
    assert not await is_typing(store, conversation, who)


async def test_both_signs_end_and_stand_in_the_data_map(store: Store, conversation: str) -> None:
    kinds: dict[Writer, str] = {"person": "typing", "operator": "answering"}
    for who, kind in kinds.items():
        await set_typing(store, conversation, who)
        assert 0 < await store.call("TTL", key(kind, conversation)) <= SHOWN
        assert f"`{kind}:{{id}}`" in DATA_MAP


async def test_nothing_of_it_is_left_of_a_talk_that_was_erased(store: Store, conversation: str) -> None:
    await set_typing(store, conversation, "person")
    await set_typing(store, conversation, "operator")
    await farewell.forget(store, conversation)
    await set_typing(store, conversation, "person")
    assert [name async for name in store.ids("*") if name == conversation] == []
