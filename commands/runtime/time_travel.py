"""Lets time pass in a private Redis, for `@wait 20h` in a script and for tests. A live hotline never does this."""

import asyncio

from bot.storage.store import Store


async def let_time_pass(store: Store, seconds: int) -> None:
    """Bring every expiry forward by this many seconds."""
    async for name in store.redis.scan_iter(count=500):
        left = await store.redis.pttl(name)
        if left > 0:
            await store.redis.pexpire(name, max(left - seconds * 1000, 1))
    # Keys past their time get 1 ms, so that they expire; setting a TTL of 0 would delete them instead.
    await asyncio.sleep(0.005)
