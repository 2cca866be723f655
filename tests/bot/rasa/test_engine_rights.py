"""Somebody who has broken into an engine: what its key and its user of Redis open, and that a turn needs no more."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.crypto.identity import new_id
from bot.crypto.vault import Seal, SealBroken, Vault
from bot.engine.protocol import Question
from bot.handoff import on_duty
from bot.handoff.handoff import Handoffs
from bot.messaging.intake import Intake
from bot.messaging.message import Message
from bot.rasa.memory import Memory
from bot.settings import Settings
from bot.storage.store import Store, StoreAway, key
from tests.bot.rasa.staged import StagedEngine
from tests.bot.rasa.test_memory import lent
from tests.hotline import MASTER, ROOT

RIGHTS = (ROOT / "deploy" / "engine.acl").read_text().split()
OPERATOR = "o" * 32


@asynccontextmanager
async def broken_into(store: Store) -> AsyncIterator[Store]:
    """What an engine has: its own user, and its own key."""
    await store.call("ACL", "SETUSER", "engine", "on", "nopass", *RIGHTS)
    await store.load_scripts()
    url = store.redis.connection_pool.connection_kwargs["path"]
    engine = Store.connect(f"unix://engine:any@{url}", Vault(Vault(MASTER).for_engine()))
    yield engine
    await engine.close()
    await store.call("ACL", "DELUSER", "engine")


@pytest.fixture
async def engine_store(store: Store) -> AsyncIterator[Store]:
    async with broken_into(store) as engine:
        yield engine


async def begun(store: Store, settings: Settings) -> str:
    await Intake(store, settings).accept(Message("sms", "+15550001111", new_id(), "he locks me in"))
    (conversation,) = [id_ async for id_ in store.conversations()]
    return conversation


async def living_after(store: Store, settings: Settings) -> set[str]:
    """The conversations, with one more."""
    await Intake(store, settings).accept(Message("sms", "+15550002222", new_id(), "hello"))
    return {id_ async for id_ in store.conversations()}


async def test_its_key_opens_no_conversation_and_nothing_of_the_desk(
    store: Store, engine_store: Store, settings: Settings
) -> None:
    conversation = await begun(store, settings)
    wrapped = await store.call("HGET", key("conversation", conversation), "key")
    with pytest.raises(SealBroken):
        engine_store.vault.unwrap(conversation, wrapped)
    for name in ("desk", "duties"):
        with pytest.raises(SealBroken):
            getattr(engine_store.vault, name).open(getattr(store.vault, name).seal(b"x", "account"), "account")
    assert engine_store.vault.pepper != store.vault.pepper


@pytest.mark.parametrize(
    "command",
    [
        ("KEYS", "*"), ("SCAN", "0"), ("GET", "address:a"), ("LRANGE", "inbox:{a}", "0", "-1"), ("GET", "session:a"),
        ("HGETALL", "account:a"), ("LRANGE", "outbox:{a}", "0", "-1"), ("HGET", "copy:a", "sealed"), ("FLUSHALL",),
        ("CONFIG", "GET", "dir"), ("XRANGE", "audit", "-", "+"), ("MONITOR",), ("BGREWRITEAOF",), ("PUBLISH", "other", "a"),
        ("ACL", "WHOAMI"), ("GET", "organisation"), ("SHUTDOWN",), ("SUBSCRIBE", "said"),
    ],
    ids=" ".join,
)  # fmt: skip
async def test_its_user_finds_nobody_and_stops_nothing(engine_store: Store, command: tuple[str, ...]) -> None:
    with pytest.raises(StoreAway, match="NoPermission"):
        await engine_store.call(*command)


async def test_it_brings_no_script_of_its_own_that_never_ends(engine_store: Store) -> None:
    for command in (("EVAL", "while true do end", "0"), ("SCRIPT LOAD", "while true do end"), ("SCRIPT FLUSH",)):
        with pytest.raises(StoreAway, match="NoPermission"):
            await engine_store.call(*command)


async def test_the_key_that_it_is_lent_opens_no_address_and_nothing_that_waits(
    store: Store, engine_store: Store, settings: Settings
) -> None:
    conversation = await begun(store, settings)
    seal, taken = await store.seal_of(conversation), Seal.lent(await lent(store, conversation), conversation)
    assert seal
    for purpose in ("address", "inbox", "outgoing", "note"):
        with pytest.raises(SealBroken):
            taken.open(seal.seal(b"+15550001111", purpose), purpose)
        with pytest.raises(SealBroken):  # nor could it put another number there
            seal.open(taken.seal(b"+15559999999", purpose), purpose)
    assert taken.open(seal.shared.seal(b"words", "line"), "line") == b"words"


async def test_scripts_are_there_again_after_a_start_of_redis(store: Store, engine_store: Store) -> None:
    await store.call("SCRIPT FLUSH")
    with pytest.raises(StoreAway):
        await Memory(engine_store).open("c", Seal(bytes(32), "c"))
    await store.load_scripts()
    assert await Memory(engine_store).open("c", Seal(bytes(32), "c")) is None


@pytest.mark.parametrize("script", ["erase", "find_conversation", "claim", "wrapped_keys"])
async def test_no_script_of_the_gateway_finds_anybody_for_it(engine_store: Store, script: str) -> None:
    given = {"id": "a", "lease": 1, "token": "t", "queue": "inbox", "holder": "holder"}
    with pytest.raises(StoreAway):
        await engine_store.run(script, ["address:a", "inbox_due", "outbox_due", "farewells_due"], **given)


async def test_a_turn_needs_no_more_than_that(store: Store, engine_store: Store, settings: Settings) -> None:
    conversation, engine = await begun(store, settings), StagedEngine(engine_store)
    handoffs = Handoffs(store)
    await on_duty.here(store, OPERATOR, time.time())

    async def says(text: str) -> list[str]:
        question = Question(conversation, new_id(), text, await lent(store, conversation))
        return [reply.say for reply in (await engine.decide(question)).replies]

    assert await says("hello")
    await says("yes")
    await says("can i talk to a person")
    assert [each.state for each in (await handoffs.look(time.time())).handoffs] == ["waiting"]
    await says("he will kill me")
    await handoffs.claim(conversation, OPERATOR, time.time())
    await says("are you there")
    await handoffs.release(conversation, OPERATOR, time.time())
    assert await says("hello")


async def test_a_wait_that_ends_and_one_that_never_begins_need_no_more_either(
    store: Store, engine_store: Store, settings: Settings
) -> None:
    conversation, handoffs = await begun(store, settings), Handoffs(engine_store)
    assert (await handoffs.ask(conversation, "P2", "en", "sms", time.time())).refused == "nobody"
    await on_duty.here(store, OPERATOR, time.time())
    (other,) = await living_after(store, settings) - {conversation}
    assert (await handoffs.ask(other, "P2", "en", "sms", time.time())).refused is None
    assert (await handoffs.withdraw(other, time.time())).refused is None
