"""Who seizes the machine: its disk, every copy that was ever made of it, its memory and the master key open no erased talk."""

import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from bot.crypto.epochs import Epochs
from bot.crypto.vault import Seal, SealBroken, Vault
from bot.messaging import farewell
from bot.messaging.intake import Intake
from bot.messaging.message import Message
from bot.settings import Settings
from bot.storage import key_renewal
from bot.storage.janitor import Janitor
from bot.storage.store import Store, StoreAway
from commands.runtime.redis_server import OwnRedis
from commands.runtime.time_travel import let_time_pass
from tests.hotline import MASTER, eventually

pytestmark = pytest.mark.privacy

TALKS = 20
WORDS = "my boss took my passport"
_ID = re.compile(rb"conversation:\{([0-9a-f]{32})\}")
_VALUE = re.compile(rb"\$(\d+)\r\n")  # how the append-only file begins each value


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else is in the middle of storing a key here."""
    monkeypatch.setattr(key_renewal, "_SETTLED", 0.0)


@pytest.fixture
def epochs(tmp_path: Path) -> Epochs:
    return Epochs(tmp_path / "memory")


@asynccontextmanager
async def opened(redis: OwnRedis, epochs: Epochs | None) -> AsyncIterator[Store]:
    store = Store.connect(redis.url, Vault(MASTER, epochs))
    await store.call("CONFIG", "SET", "appendfsync", "always")
    yield store
    await store.close()


@pytest.fixture
async def store(own_redis: OwnRedis, epochs: Epochs) -> AsyncIterator[Store]:
    async with opened(own_redis, epochs) as store:
        yield store


async def talk(store: Store, settings: Settings, count: int = TALKS) -> set[str]:
    intake = Intake(store, settings)
    for number in range(count):
        await intake.accept(Message("sms", f"+155500011{number:02}", f"SM{number}", WORDS))
    return {id_ async for id_ in store.conversations()}


async def cleaned(store: Store) -> None:
    """What the janitor of a gateway does within a minute."""
    janitor, steps = Janitor(store), 0
    while steps < 3 or janitor._due or (store.vault.epochs and store.vault.epochs.has_older()):
        janitor._cleaned, steps = -100.0, steps + 1
        await janitor._step()
        await eventually(lambda: rewritten(store))
        if steps > 40:
            return  # another gateway's turn


async def rewritten(store: Store) -> bool:
    info = await store.call("INFO", "persistence")
    return bool(info["aof_rewrite_in_progress"] == 0 and info["aof_rewrite_scheduled"] == 0)


def seized(disk: bytes, vault: Vault) -> tuple[int, set[str]]:
    """Every key that stands on the disk still, and the conversations whose words can be read with one."""
    values = [disk[found.end() : found.end() + int(found[1])] for found in _VALUE.finditer(disk) if len(found[1]) < 5]
    keys = {value for value in values if len(value) in (60, 61, 68, 69)}
    sealed = {value for value in values if len(value) > 69}
    read = set()
    for id_ in {found[1].decode() for found in _ID.finditer(disk)}:
        for wrapped in keys:
            try:
                seal = vault.unwrap(id_, wrapped)
            except SealBroken:
                continue
            read |= {id_ for value in sealed if WORDS in _words(seal, value)}
    return len(keys), read


def _words(seal: Seal, value: bytes) -> str:
    try:
        return seal.open(value, "inbox").decode()
    except SealBroken:
        return ""


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@contextmanager
def disk(folder: Path) -> Iterator[Path]:
    """A disk of its own, as one file; only root can mount one."""
    image, mounted = folder / "disk.img", folder / "disk"
    mounted.mkdir()
    with image.open("wb") as file:
        file.truncate(24 << 20)
    try:
        subprocess.run(["mkfs.ext4", "-q", "-O", "^has_journal", image], check=True, capture_output=True)
        subprocess.run(["mount", "-o", "loop", image, mounted], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("Only root can mount a disk here; the test with every copy of the files goes further.")
    try:
        yield mounted
    finally:
        subprocess.run(["umount", mounted], check=True)


@pytest.mark.process
async def test_who_reads_the_raw_disk_finds_the_keys_of_erased_talks_and_opens_none(
    tmp_path: Path, settings: Settings, epochs: Epochs
) -> None:
    with disk(tmp_path) as mounted:
        redis = OwnRedis(mounted / "redis", keep=True, each_write=True)
        redis.socket = tmp_path / "r.sock"
        redis.start()
        try:
            async with opened(redis, epochs) as store:
                talks = await talk(store, settings)
                os.sync()
                # A file lies in pieces: where one ends within a value, this attacker does not find the rest.
                assert len(seized((tmp_path / "disk.img").read_bytes(), store.vault)[1]) > TALKS // 2
                for conversation in talks:
                    await farewell.forget(store, conversation)
                await cleaned(store)
                vault = store.vault
        finally:
            redis.stop()
    on_disk, read = seized((tmp_path / "disk.img").read_bytes(), vault)
    assert on_disk > TALKS // 2  # nothing overwrote them: the disk alone would open them
    assert read == set()


async def test_a_copy_of_the_disk_from_before_opens_nothing_afterwards(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    talks = await talk(store, settings)
    copy = files(tmp_path / "redis")
    assert seized(copy, store.vault)[1] == talks
    gone = sorted(talks)[: TALKS // 2]
    for conversation in gone:
        await farewell.forget(store, conversation)
    await cleaned(store)
    assert seized(copy + files(tmp_path / "redis"), store.vault)[1].isdisjoint(gone)
    for conversation in talks - set(gone):  # and those who have erased nothing are still answered
        assert await store.seal_of(conversation)


async def test_what_expired_is_closed_like_what_was_erased(store: Store, settings: Settings, tmp_path: Path) -> None:
    await talk(store, settings, 2)
    copy = files(tmp_path / "redis")
    await let_time_pass(store, 200_000)
    await cleaned(store)
    assert seized(copy, store.vault)[1] == set()


async def test_a_talk_from_before_an_update_is_carried_over(
    own_redis: OwnRedis, epochs: Epochs, settings: Settings, tmp_path: Path
) -> None:
    async with opened(own_redis, None) as before:
        talks = await talk(before, settings, 3)
    async with opened(own_redis, epochs) as after:
        await cleaned(after)
        wrapped = [await after.call("HGET", f"conversation:{{{id_}}}", "key") for id_ in talks]
        assert {len(key) for key in wrapped} == {69}
        assert all([await after.seal_of(id_) for id_ in talks])


async def test_after_a_new_start_of_the_machine_old_talks_are_over_and_new_ones_are_answered(
    own_redis: OwnRedis, store: Store, settings: Settings, tmp_path: Path, epochs: Epochs
) -> None:
    lost = await talk(store, settings, 1)
    shutil.rmtree(tmp_path / "memory")
    async with opened(own_redis, Epochs(tmp_path / "memory")) as again:
        await again.call("HSET", "epochs", "seen", 1)  # the machine was off for a while
        await cleaned(again)
        assert {id_ async for id_ in again.conversations()} == set()
        assert lost != await talk(again, settings, 1)


async def test_a_gateway_with_another_folder_ends_nobodys_talk(
    own_redis: OwnRedis, store: Store, settings: Settings, tmp_path: Path
) -> None:
    talks = await talk(store, settings, 2)
    await cleaned(store)
    async with opened(own_redis, Epochs(tmp_path / "wrong")) as strange:
        await cleaned(strange)
    assert {id_ async for id_ in store.conversations()} == talks
    assert all([await store.seal_of(id_) for id_ in talks])


async def test_a_full_redis_stops_no_renewal(store: Store, settings: Settings, tmp_path: Path) -> None:
    (conversation,) = await talk(store, settings, 1)
    copy = files(tmp_path / "redis")
    await farewell.forget(store, conversation)
    await store.call("CONFIG", "SET", "maxmemory", "1")
    await cleaned(store)
    assert seized(copy, store.vault)[1] == set()


async def test_a_folder_that_somebody_emptied_is_begun_anew_and_who_writes_is_answered(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    lost = await talk(store, settings, 1)
    await cleaned(store)
    shutil.rmtree(tmp_path / "memory")
    with pytest.raises(StoreAway):  # told, with a number, that no answer can be had now
        await talk(store, settings, 1)
    await store.call("HSET", "epochs", "seen", 1)
    await cleaned(store)
    assert lost.isdisjoint(await talk(store, settings, 1))


async def test_a_clock_that_was_set_back_keeps_no_erased_talk_open(
    store: Store, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.crypto.epochs.time.time_ns", lambda: int(2e18))
    assert store.vault.epochs
    store.vault.epochs.begin()
    monkeypatch.undo()
    monkeypatch.setattr(key_renewal, "_SETTLED", 0.0)
    (conversation,) = await talk(store, settings, 1)
    copy = files(tmp_path / "redis")
    await farewell.forget(store, conversation)
    await cleaned(store)
    assert seized(copy, store.vault)[1] == set()


async def test_a_talk_that_nothing_here_opens_silences_nobody(
    own_redis: OwnRedis, settings: Settings, store: Store
) -> None:
    before = await talk(store, settings, 1)
    async with opened(own_redis, None) as gone_back:  # EPOCH_FOLDER=off, or a version from before
        assert before.isdisjoint(await talk(gone_back, settings, 1))


async def test_a_process_that_dies_between_two_epochs_loses_no_talk(store: Store, settings: Settings) -> None:
    talks = await talk(store, settings, 3)
    assert store.vault.epochs
    store.vault.epochs.begin()
    assert all([await store.seal_of(id_) for id_ in talks])
    await cleaned(store)
    assert not store.vault.epochs.has_older()
    assert all([await store.seal_of(id_) for id_ in talks])
