"""Lets time pass in a Redis of our own, for `@wait 20h` of a script and for tests. No hotline in use does this."""

import asyncio

from bot.storage.store import Store

# In one script, in which Redis' clock stands still: else a key that is reached late would gain on the others.
_SCRIPT = """
for _, name in ipairs(redis.call('KEYS', '*')) do
  local left = redis.call('PTTL', name)
  if left > 0 then redis.call('PEXPIRE', name, math.max(left - ARGV[1] * 1000, 1)) end
end
"""


async def let_time_pass(store: Store, seconds: int) -> None:
    """Move every expiry nearer by so many seconds."""
    await store.call("EVAL", _SCRIPT, 0, seconds)
    # What is over by now expires by itself in a moment, and counts as expired; no time left at all would be a deletion.
    await asyncio.sleep(0.005)
