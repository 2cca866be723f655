"""Blocking an address that abuses the hotline: a keyed hash with an end. A crisis is answered all the same."""

from bot.store import Store, key

LONGEST = 7 * 86_400  # seconds: a phone changes hands, and so does a life


async def block(store: Store, conversation: str, seconds: int) -> bool:
    """Answer the person of this conversation nothing but a crisis for so long; False when it is gone."""
    pointer = await store.call("HGET", key("conversation", conversation), "pointer")
    if not pointer:
        return False
    await store.call("SET", f"blocked:{pointer.decode()}", "1", "EX", min(seconds, LONGEST))
    return True


async def unblock(store: Store, conversation: str) -> None:
    """Take it back."""
    pointer = await store.call("HGET", key("conversation", conversation), "pointer")
    if pointer:
        await store.call("DEL", f"blocked:{pointer.decode()}")
