"""Conversations whose person nothing reaches any more: blocked, opted out at the carrier, a number that is gone."""

from bot.storage.store import Store


async def note(store: Store, conversation: str, reason: str) -> None:
    """Remember why, as a fixed word, for as long as the conversation lives."""
    await store.run("unreachable", [f"conversation:{{{conversation}}}"], [reason])


async def reason(store: Store, conversation: str) -> str | None:
    """Give the word, or None while messages arrive."""
    found = await store.call("HGET", f"conversation:{{{conversation}}}", "unreachable")
    return found.decode() if found else None
