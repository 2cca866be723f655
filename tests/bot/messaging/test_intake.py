"""Accepting a message: durable, once, sealed."""

import json
from pathlib import Path

import pytest

from bot.crypto import identity
from bot.crypto.vault import Vault
from bot.messaging import farewell
from bot.messaging.intake import Accepted, Intake
from bot.messaging.message import Hints, Message, Urgency
from bot.settings import Settings
from bot.storage.store import Store, StoreAway, key
from commands.runtime.redis_server import OwnRedis
from tests.hotline import MASTER


@pytest.fixture
def intake(store: Store, settings: Settings) -> Intake:
    return Intake(store, settings)


def message(text: str = "my boss took my passport", id_: str = "SM1", address: str = "+15550001111") -> Message:
    return Message("sms", address, id_, text, hints=Hints(country="US"))


async def conversations(store: Store) -> list[str]:
    return [id_ async for id_ in store.conversations()]


async def test_an_accepted_message_is_queued_with_all_that_answers_it(intake: Intake, store: Store) -> None:
    assert await intake.accept(message()) is Accepted.ACCEPTED
    claim = await store.claim("worker")
    assert claim
    seal = store.vault.unwrap(claim.conversation, claim.fields["key"])
    queued = json.loads(seal.open(claim.head, "inbox"))
    assert (queued["text"], queued["kind"], queued["hints"]["country"]) == ("my boss took my passport", "text", "US")
    assert seal.open(claim.fields["address"], "address") == b"+15550001111"


async def test_a_repeated_message_is_not_queued_again(intake: Intake, store: Store) -> None:
    assert [await intake.accept(message()) for _ in range(2)] == [Accepted.ACCEPTED, Accepted.REPEATED]
    (conversation,) = await conversations(store)
    assert await store.call("LLEN", key("inbox", conversation)) == 1


async def test_a_message_repeated_after_the_erasure_does_not_come_back(intake: Intake, store: Store) -> None:
    await intake.accept(message())
    (conversation,) = await conversations(store)
    await farewell.forget(store, conversation)
    assert await intake.accept(message()) is Accepted.REPEATED
    assert await conversations(store) == []


async def test_one_person_has_one_conversation_and_two_have_two(intake: Intake, store: Store) -> None:
    await intake.accept(message(id_="1"))
    await intake.accept(message(id_="2"))
    await intake.accept(message(id_="3", address="+15550002222"))
    assert len(await conversations(store)) == 2


async def test_two_gateways_that_open_a_conversation_at_once_agree(
    intake: Intake, store: Store, settings: Settings
) -> None:
    pointer = identity.address_key("sms", "+15550001111", store.vault.pepper)
    stale = await intake._try(message(id_="1"), pointer, Urgency())
    assert stale == "accepted"
    (first,) = await conversations(store)
    wrapped, seal = store.vault.new_key("b" * 32)
    keys = [
        "seen:x",
        f"address:{pointer}",
        *(key(kind, "b" * 32) for kind in ("conversation", "inbox", "holder", "urgent")),
        "inbox_due",
    ]
    given = {
        "id": "b" * 32,
        "fresh": True,
        "wrapped_key": wrapped,
        "channel": "sms",
        "sealed_address": seal.seal(b"+1", "address"),
        "pointer": pointer,
        "sealed_turn": b"sealed",
        "sealed_mark": b"",
        "keep_seconds": 60,
        "seen_seconds": 60,
        "most_waiting": 100,
        "most_bytes": 1_000,
        "copies": [],
    }
    assert await store.run("intake", keys, **given) == b"moved"
    assert await conversations(store) == [first]


async def test_an_erasure_between_look_up_and_script_begins_a_new_conversation(intake: Intake, store: Store) -> None:
    await intake.accept(message(id_="1"))
    (first,) = await conversations(store)
    await store.call("DEL", key("conversation", first), key("inbox", first))  # the look-up still names it
    assert await intake.accept(message(id_="2")) is Accepted.ACCEPTED
    (second,) = await conversations(store)
    assert second != first


async def test_neither_text_nor_address_stands_in_redis_or_its_file(
    own_redis: OwnRedis, settings: Settings, tmp_path: Path
) -> None:
    store = Store.connect(own_redis.url, Vault(MASTER))
    await Intake(store, settings).accept(message())
    found = b"".join([await store.call("DUMP", name) + name for name in await store.call("KEYS", "*")])
    await store.call("CONFIG", "SET", "appendfsync", "always")
    await store.call("SET", "last", "written", "EX", 60)
    await store.close()
    files = b"".join(path.read_bytes() for path in (tmp_path / "redis").rglob("*") if path.is_file())
    assert b"conversation:" in files
    assert [word for word in (b"passport", b"15550001111", b"SM1") if word in found + files] == []


async def test_a_store_that_is_away_is_told_to_the_door(settings: Settings) -> None:
    store = Store.connect("unix:///nowhere/redis.sock", Vault(MASTER))
    with pytest.raises(StoreAway) as away:
        await Intake(store, settings).accept(message())
    assert "passport" not in repr(away.value)
    await store.close()


@pytest.mark.parametrize("text", ["\ud800 lone", "null\0byte", "a" * 100_000, "👋" * 5_000])
async def test_any_text_is_taken(intake: Intake, store: Store, text: str) -> None:
    assert await intake.accept(message(text)) is Accepted.ACCEPTED
    claim = await store.claim("worker")
    assert claim
    seal = store.vault.unwrap(claim.conversation, claim.fields["key"])
    queued = json.loads(seal.open(claim.head, "inbox"))["text"]
    assert len(queued) <= 4_000
    assert queued.encode()
