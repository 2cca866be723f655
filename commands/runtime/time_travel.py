"""Lets time pass in a Redis of our own, for `@wait 20h` of a script and for tests: no hotline in use does this."""

import asyncio

from bot.storage.store import Store


async def let_time_pass(store: Store, seconds: int) -> None:
    """Move every expiry nearer by so many seconds."""
    async for name in store.redis.scan_iter(count=500):
        left = await store.redis.pttl(name)
        if left > 0:
            await store.redis.pexpire(name, max(left - seconds * 1000, 1))
    # What is over by now expires by itself in a moment, and counts as expired; no time left at all would be a deletion.
    await asyncio.sleep(0.005)
