"""What the engine keeps: all of a turn or nothing, sealed, for as long as the conversation lives."""

import pytest

from bot.conversation.record import Record
from bot.crypto.identity import new_id
from bot.crypto.vault import Seal
from bot.rasa.memory import Memory, RememberedConversation
from bot.reporting.complaints import suspend
from bot.storage.store import Store, StoreAway, key

NOBODYS = Seal(bytes(32), "c")
PARTS = ("record", "tracker", "answer")


async def conversation(store: Store, milliseconds: int = 600_000) -> str:
    """A conversation as the gateway makes it."""
    made = new_id()
    wrapped, _ = store.vault.new_key(made)
    await store.call("HSET", key("conversation", made), "key", wrapped)
    await store.call("PEXPIRE", key("conversation", made), milliseconds)
    return made


async def lent(store: Store, id_: str) -> str:
    """The key of a conversation, as the gateway tells it to the engine."""
    seal = await store.seal_of(id_)
    return (seal or NOBODYS).lend()


async def opened(store: Store, id_: str) -> RememberedConversation:
    """What the engine keeps of a conversation."""
    seal = await store.seal_of(id_)
    assert seal
    kept = await Memory(store).open(id_, seal)
    assert kept
    return kept


async def test_a_new_conversation_is_empty(store: Store) -> None:
    kept = await opened(store, await conversation(store))
    assert (kept.record, kept.tracker, kept.answer) == (Record(), None, {})


async def test_what_was_kept_is_found_again(store: Store) -> None:
    memory, id_ = Memory(store), await conversation(store)
    kept = await opened(store, id_)
    kept.record.country, kept.tracker, kept.answer = "MX", b"events", {"turn": "1", "decision": {"intent": "ÿ"}}
    assert await memory.keep(id_, kept)
    again = await opened(store, id_)
    assert (again.record.country, again.tracker, again.answer) == ("MX", b"events", kept.answer)


async def test_what_is_suspended_is_known_in_the_next_turn(store: Store) -> None:
    id_ = await conversation(store)
    assert (await opened(store, id_)).suspended == frozenset()
    await suspend(store, "es-a")
    assert (await opened(store, id_)).suspended == {"es-a"}


async def test_all_of_it_is_sealed_and_expires_with_the_conversation(store: Store) -> None:
    memory, id_ = Memory(store), await conversation(store, 60_000)
    kept = await opened(store, id_)
    kept.record.country, kept.tracker, kept.answer = "MX", b"my secret", {"turn": "my secret"}
    await memory.keep(id_, kept)
    stored = [await store.call("GET", key(part, id_)) for part in PARTS]
    left = [await store.call("PTTL", key(part, id_)) for part in PARTS]
    assert all(value and b"secret" not in value and b"MX" not in value for value in stored)
    assert all(0 < milliseconds <= 60_000 for milliseconds in left)


async def test_a_conversation_erased_during_the_turn_does_not_come_back(store: Store) -> None:
    memory, id_ = Memory(store), await conversation(store)
    kept = await opened(store, id_)
    await store.call("DEL", key("conversation", id_))
    assert not await memory.keep(id_, kept)
    assert [await store.call("GET", key(part, id_)) for part in PARTS] == [None, None, None]


async def test_an_erased_conversation_is_none(store: Store) -> None:
    assert await Memory(store).open(new_id(), NOBODYS) is None


async def test_a_broken_seal_begins_anew(store: Store) -> None:
    id_ = await conversation(store)
    await store.call("SET", key("record", id_), b"x" * 50)
    assert (await opened(store, id_)).record == Record()


async def test_redis_away_is_said(store: Store) -> None:
    away = Store.connect("redis://127.0.0.1:1", store.vault)
    with pytest.raises(StoreAway):
        await Memory(away).open("c", NOBODYS)
    await away.close()
