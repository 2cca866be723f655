"""Who makes which call: so that two stewards do not ring the same number. It lapses, and nothing of a person is in it."""

from collections.abc import Mapping, Sequence

from bot.storage.store import Store

_KEY = "call_assignments"
_LASTS = 14 * 86_400  # seconds after the last call was assigned


async def assigned(store: Store) -> Mapping[str, str]:
    """Return desk names by the number of a call. Raises StoreAway."""
    found = await store.call("HGETALL", _KEY)
    pairs = found.items() if isinstance(found, dict) else zip(found[::2], found[1::2], strict=True)
    return {number.decode(): name.decode() for number, name in pairs}


async def assign(store: Store, calls: Sequence[str], name: str) -> None:
    """Give calls to somebody, whoever had them. Raises StoreAway."""
    for call in calls:
        await store.call("HSET", _KEY, call, name)
    await store.call("EXPIRE", _KEY, _LASTS)


async def take(store: Store, call: str, name: str) -> bool:
    """Take a call that nobody has; False if somebody else was quicker. Raises StoreAway."""
    taken = await store.call("HSETNX", _KEY, call, name)
    await store.call("EXPIRE", _KEY, _LASTS)
    return bool(taken) or (await store.call("HGET", _KEY, call) or b"").decode() == name


async def give_back(store: Store, *calls: str) -> None:
    """Free calls, because they were made or somebody else can make them. Raises StoreAway."""
    if calls:
        await store.call("HDEL", _KEY, *calls)
