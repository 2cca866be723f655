"""`quietline erase --everything`: what an administrator does when the hotline itself is in danger."""

from dataclasses import replace

from bot import farewell
from bot.settings import Settings
from bot.store import Store
from commands.parts import open_vault
from commands.redis_server import OwnRedis


def erase(settings: Settings) -> None:
    """Erase all living conversations of the Redis in use, and rewrite its append-only file."""
    import asyncio

    if not settings.redis_url:
        settings = replace(settings, redis_url=OwnRedis(settings.var / "redis").url)
    print(f"Erased: {asyncio.run(_erase(settings))}")


async def _erase(settings: Settings) -> int:
    store = Store.connect(settings.redis_url, open_vault(settings))
    count = 0
    async for conversation in store.conversations():
        count += await farewell.forget(store, conversation)
    if count:
        await store.call("BGREWRITEAOF")
    await store.close()
    return count
