"""Erased means erased, also in the file: bytes and master key together open nothing any more."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.crypto.vault import SealBroken, Vault
from bot.messaging import farewell
from bot.messaging.intake import Intake
from bot.messaging.message import Message
from bot.settings import Settings
from bot.storage.janitor import Janitor
from bot.storage.store import Store, key
from commands.runtime.redis_server import OwnRedis
from commands.runtime.time_travel import let_time_pass
from tests.hotline import MASTER, eventually


@pytest.fixture
async def store(own_redis: OwnRedis) -> AsyncIterator[Store]:
    store = Store.connect(own_redis.url, Vault(MASTER))
    await store.call("CONFIG", "SET", "appendfsync", "always")
    yield store
    await store.close()


@pytest.fixture
async def conversation(store: Store, settings: Settings) -> str:
    await Intake(store, settings).accept(Message("sms", "+15550001111", "SM1", "my boss took my passport"))
    (conversation,) = [id_ async for id_ in store.conversations()]
    return conversation


def files(tmp_path: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted((tmp_path / "redis").rglob("*")) if path.is_file())


async def rewritten(store: Store) -> bool:
    info = await store.call("INFO", "persistence")
    return bool(info["aof_rewrite_in_progress"] == 0 and info["aof_rewrite_scheduled"] == 0)


def opened(found: bytes, sealed: bytes, conversation: str) -> list[bytes]:
    """Everything that the master key opens of a sealed piece, with each 61 bytes of the file tried as its key."""
    vault = Vault(MASTER)
    texts = []
    for at in range(len(found) - 60):
        try:
            texts.append(vault.unwrap(conversation, found[at : at + 61]).open(sealed, "inbox"))
        except SealBroken:
            continue
    return texts


async def test_after_erasing_and_rewriting_master_key_and_file_open_nothing(
    store: Store, conversation: str, tmp_path: Path
) -> None:
    sealed = (await store.call("LRANGE", key("inbox", conversation), 0, 0))[0]
    assert len(opened(files(tmp_path), sealed, conversation)) == 1  # before: both together open it
    await farewell.forget(store, conversation)
    assert await Janitor(store).clean()
    await eventually(lambda: rewritten(store))
    found = files(tmp_path)
    assert opened(found, sealed, conversation) == []
    assert conversation.encode() not in found
    assert sealed not in found


async def test_what_has_expired_leaves_the_file_too(store: Store, conversation: str, tmp_path: Path) -> None:
    janitor = Janitor(store)
    await janitor.clean()
    await eventually(lambda: rewritten(store))
    await let_time_pass(store, 200_000)
    await eventually(lambda: nothing_expired_is_left(store))
    assert await janitor.clean()
    await eventually(lambda: rewritten(store))
    assert conversation.encode() not in files(tmp_path)


async def nothing_expired_is_left(store: Store) -> bool:
    """Redis shows at once no more of what has expired, and removes it when it comes to it."""
    return len(await store.call("KEYS", "*")) == int(await store.call("DBSIZE"))


async def test_nothing_is_rewritten_while_nothing_died(store: Store, conversation: str) -> None:
    assert not await Janitor(store).clean()


async def test_one_erasure_is_one_rewrite(store: Store, conversation: str) -> None:
    janitor = Janitor(store)
    await farewell.forget(store, conversation)
    assert await janitor.clean()
    await eventually(lambda: rewritten(store))
    assert not await janitor.clean()


async def test_two_gateways_do_not_take_each_others_rewrite_for_a_failure(store: Store, conversation: str) -> None:
    janitors = [Janitor(store) for _ in range(4)]
    await farewell.forget(store, conversation)
    await asyncio.gather(*(janitor.clean() for janitor in janitors))
    assert [janitor.failures for janitor in janitors] == [0] * 4


async def test_a_rewrite_that_is_forbidden_is_counted_and_tried_again(store: Store, conversation: str) -> None:
    janitor = Janitor(store)
    await farewell.forget(store, conversation)
    await store.call("ACL", "SETUSER", "default", "-bgrewriteaof")
    assert await janitor.clean()
    assert janitor.failures == 1
    await store.call("ACL", "SETUSER", "default", "+bgrewriteaof")
    assert await janitor.clean()
    assert janitor.failures == 1


class Counting(Janitor):
    """Counts how often it looked for something to do."""

    looks = 0

    async def clean(self) -> bool:
        self.looks += 1
        return await super().clean()


async def test_the_loop_outlives_a_redis_that_is_away(
    store: Store, own_redis: OwnRedis, conversation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.janitor._LOOK", 0.01)
    own_redis.stop()
    counting = Counting(store)
    loop = asyncio.create_task(counting.run())
    await eventually(lambda: counting.looks > 1)
    loop.cancel()
