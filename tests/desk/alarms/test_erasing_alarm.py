"""What was erased cannot be closed on the disk: supervisors and whoever is called hear of it until it can (P13)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.crypto.epochs import Epochs
from bot.crypto.vault import Vault
from bot.storage.janitor import Janitor, is_behind
from bot.storage.store import Store
from commands.runtime.redis_server import OwnRedis
from commands.runtime.time_travel import let_time_pass
from desk.alarms.alarm_dispatch import AlarmCalls
from desk.alarms.alarms import Alarm, Alarms
from desk.alarms.erasing_watcher import ErasingWatcher
from tests.desk.colleagues import Clock
from tests.hotline import MASTER


@pytest.fixture
async def store_on_disk(own_redis: OwnRedis) -> AsyncIterator[Store]:
    store = Store.connect(own_redis.url, Vault(MASTER))
    yield store
    await store.close()


async def test_supervisors_hear_of_it_while_what_was_erased_cannot_be_closed(
    store_on_disk: Store, clock: Clock
) -> None:
    alarms = Alarms(store_on_disk, clock)
    watcher = ErasingWatcher(store_on_disk, alarms, clock)
    await store_on_disk.call("INCR", "erased")
    await watcher.look()
    assert await alarms.open() == []

    # As a managed Redis forbids it.
    await store_on_disk.call("ACL", "SETUSER", "default", "-bgrewriteaof")
    await Janitor(store_on_disk).clean()
    for _ in range(2):  # two gateways
        await watcher.look()
    assert [alarm.kind for alarm in await alarms.open()] == ["erasing"]

    await let_time_pass(store_on_disk, 121)
    await watcher.look()
    assert await alarms.open() == []


async def test_and_while_keys_cannot_be_renewed_for_minutes(own_redis: OwnRedis, tmp_path: Path) -> None:
    epochs = Epochs(tmp_path / "memory")
    store = Store.connect(own_redis.url, Vault(MASTER, epochs))
    janitor = Janitor(store)
    await janitor._step()
    epochs.begin()  # and nobody leaves the one before
    janitor._due = True
    await janitor._step()
    assert not await is_behind(store)
    janitor._due_since -= 301
    await janitor._step()
    assert await is_behind(store)
    await store.close()


def test_who_is_called_reads_what_it_is_and_nothing_of_anybody(store: Store, clock: Clock) -> None:
    call = AlarmCalls(store, Alarms(store, clock), {}).worded([Alarm("erasing", "erasing", 1_800_000_060.0)])
    assert call.text.splitlines()[1] == "erasing does not work: 1, since 08:01 UTC"
