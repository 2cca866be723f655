"""Keeping a conversation longer than its channel does: a supervisor's decision, with a reason and an end."""

from typing import Literal

from bot.storage.store import Store, key

LONGEST = 72 * 3600  # seconds
# The person asked for it. No other reason: everybody was told when their conversation is deleted.
HoldReason = Literal["asked"]


async def hold(store: Store, conversation: str, why: HoldReason, seconds: int = LONGEST) -> bool:
    """Keep a conversation for so long from the first hold on; False if it is gone. Every word that erases still does."""
    keys = [key("conversation", conversation)]
    return bool(await store.run("hold_conversation", keys, id=conversation, seconds=min(seconds, LONGEST), reason=why))
