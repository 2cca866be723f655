"""What may still be said after an erasure: one line, without text of the person, for a short while."""

import pytest

from bot.crypto import identity
from bot.messaging import farewell
from bot.messaging.farewell import Farewell
from bot.messaging.intake import Intake
from bot.messaging.message import Message
from bot.settings import Settings
from bot.storage.store import Store
from commands.runtime.time_travel import let_time_pass

BY_SMS = Farewell("utter_deleted", "es", "sms", "+15550001111")
BY_WEB = Farewell("utter_deleted", "es", "web")


@pytest.fixture
async def conversation(store: Store, settings: Settings) -> str:
    await Intake(store, settings).accept(Message("sms", "+15550001111", "SM1", "hello"))
    (conversation,) = [id_ async for id_ in store.conversations()]
    return conversation


@pytest.fixture
def pointer(store: Store) -> str:
    return identity.address_key("sms", "+15550001111", store.vault.pepper)


async def test_a_farewell_waits_to_be_sent_and_is_done_once(store: Store, conversation: str) -> None:
    assert await farewell.forget(store, conversation, BY_SMS)
    taken = await farewell.claim(store)
    assert taken
    assert taken[1] == BY_SMS
    assert await farewell.claim(store) is None  # somebody has it
    await farewell.end(store, taken[0])
    assert {name.decode().partition(":")[0] for name in await store.call("KEYS", "*")} == {"seen", "erased"}


async def test_a_farewell_that_was_taken_and_not_done_is_taken_again(store: Store, conversation: str) -> None:
    await farewell.forget(store, conversation, BY_SMS)
    first = await farewell.claim(store)
    assert first
    await store.call("ZADD", "farewells_due", 0, first[0])  # its time is over
    assert await farewell.claim(store) == first


async def test_a_farewell_on_the_page_waits_for_two_minutes(store: Store, conversation: str, pointer: str) -> None:
    await farewell.forget(store, conversation, BY_WEB)
    assert await farewell.fetched_by_page(store, pointer, "token") == BY_WEB
    await let_time_pass(store, 121)
    assert await farewell.claim(store) is None
    assert await store.call("TTL", f"farewell:{pointer}") <= 0


async def test_erasing_without_a_farewell_leaves_nothing_to_say(store: Store, conversation: str, pointer: str) -> None:
    await farewell.forget(store, conversation)
    assert await farewell.fetched_by_page(store, pointer, "token") is None
    assert await farewell.claim(store) is None


async def test_erasing_twice_says_one_farewell(store: Store, conversation: str) -> None:
    assert await farewell.forget(store, conversation, BY_SMS)
    assert not await farewell.forget(store, conversation, BY_SMS)
    assert await store.call("ZCARD", "farewells_due") == 1


async def test_a_duty_is_sealed_and_has_an_end(store: Store, conversation: str) -> None:
    await farewell.forget(store, conversation, BY_SMS)
    (name,) = await store.call("KEYS", "farewell_due:*")
    assert b"15550001111" not in await store.call("GET", name)
    assert 0 < await store.call("TTL", name) <= 172_800
    assert 0 < await store.call("TTL", "farewells_due") <= 172_800


async def test_a_duty_that_does_not_open_is_no_reason_to_stop(store: Store, conversation: str) -> None:
    await farewell.forget(store, conversation, BY_SMS)
    (name,) = await store.call("KEYS", "farewell_due:*")
    await store.call("SET", name, b"broken", "EX", 60)
    taken = await farewell.claim(store)
    assert taken
    assert taken[1] is None


async def test_a_new_conversation_of_the_same_person_is_not_touched(
    store: Store, settings: Settings, conversation: str, pointer: str
) -> None:
    await store.call("SET", f"address:{pointer}", "another", "EX", 60)
    await farewell.forget(store, conversation)
    assert await store.find(pointer) == "another"
