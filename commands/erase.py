"""`quietline erase --everything`: the emergency exit for an administrator when the hotline itself is in danger."""

import asyncio
from contextlib import suppress
from dataclasses import replace

from bot.messaging import farewell
from bot.settings import Settings
from bot.storage.store import Store, StoreAway
from commands.runtime.composition import open_vault
from commands.runtime.redis_server import OwnRedis


def erase(settings: Settings) -> None:
    """Erase all live conversations in the Redis in use and rewrite its append-only file."""
    if not settings.redis_url:
        settings = replace(settings, redis_url=OwnRedis(settings.var / "redis").url)
    print(f"Erased: {asyncio.run(_erase(settings))}")


async def _erase(settings: Settings) -> int:
    store = Store.connect(settings.redis_url, open_vault(settings))
    count, found = 0, True
    while found:  # until none is left: the hotline may still be taking messages
        found = False
        async for conversation in store.conversations():
            found = True
            count += bool(await farewell.forget(store, conversation))
    await farewell.drop_all(store)
    with suppress(StoreAway):  # a rewrite is already running; the hotline will start the next one
        await store.call("BGREWRITEAOF")
    await store.close()
    return count
