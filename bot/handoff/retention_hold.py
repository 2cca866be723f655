"""Keeping a conversation longer than its channel does: a supervisor's decision, with a reason and an end."""

from typing import Literal

from bot.storage.store import Store, key

LONGEST = 72 * 3600  # seconds
# The person has asked for it. Nothing else: all of them were told when their talk is deleted.
HoldReason = Literal["asked"]


async def hold(store: Store, conversation: str, why: HoldReason, seconds: int = LONGEST) -> bool:
    """Let it live on for so long from the first time on; False when it is gone. Every word that erases still does."""
    keys = [key("conversation", conversation)]
    return bool(await store.run("hold_talk", keys, [conversation, min(seconds, LONGEST), why]))
