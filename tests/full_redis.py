"""A Redis whose memory is full, and has room again."""

from bot.storage.store import Store

_MOST = 8 * 1024 * 1024  # bytes


async def fill(store: Store) -> None:
    """Let something lie in it that is as large as all that it may use."""
    await store.call("SETRANGE", "ballast", _MOST, "x")
    await store.call("CONFIG", "SET", "maxmemory", _MOST)


async def make_room(store: Store) -> None:
    """Take that away again."""
    await store.call("DEL", "ballast")
