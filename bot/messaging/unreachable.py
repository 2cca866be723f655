"""Conversations whose person can no longer be reached: blocked, opted out at the carrier, a number that is gone."""

from bot.storage.store import Store


async def mark(store: Store, conversation: str, reason: str) -> None:
    """Record why, as a fixed word, until the person writes again or the conversation ends."""
    await store.run("mark_unreachable", [f"conversation:{{{conversation}}}"], reason=reason)


async def reason(store: Store, conversation: str) -> str | None:
    """Return that word, or None while messages arrive."""
    found = await store.call("HGET", f"conversation:{{{conversation}}}", "unreachable")
    return found.decode() if found else None
