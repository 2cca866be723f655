"""Who reads along in a conversation right now, so that its operator sees it: supervisors, and never whether an operator looks.

An open page says so with its sign of life; without one it is over after less than a minute.
"""

from collections.abc import Mapping
from contextlib import suppress

from bot.storage.store import Store, StoreAway

SHOWN = 45  # seconds after a sign; an open page gives the next one after twenty
_KEY = "readers"


async def note(store: Store, account: str, conversation: str, now: float) -> None:
    """Note that somebody reads a conversation that a colleague has; empty: they look at none."""
    with suppress(StoreAway):  # as while Redis is full: the page must open nevertheless
        if conversation:
            await store.call("HSET", _KEY, account, f"{conversation} {int(now)}")
            await store.call("EXPIRE", _KEY, SHOWN)
        else:
            await store.call("HDEL", _KEY, account)


async def of_all(store: Store, now: float) -> Mapping[str, frozenset[str]]:
    """Return the accounts that read along, by conversation."""
    found = await store.call("HGETALL", _KEY)
    pairs = found.items() if isinstance(found, dict) else zip(found[::2], found[1::2], strict=True)
    readers: dict[str, frozenset[str]] = {}
    for account, value in pairs:
        conversation, _, since = value.decode().partition(" ")
        if now - int(since) < SHOWN:
            readers[conversation] = readers.get(conversation, frozenset()) | {account.decode()}
    return readers
