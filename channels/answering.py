"""Who answers on the web page: the bot, somebody who is waited for, a person, a person who is writing at this moment."""

from typing import Literal

from bot.store import Store, key
from bot.typing import is_typing, set_typing

# waiting: a person was asked for. In all but the first the page is not cleared by silence.
Answering = Literal["", "waiting", "person", "typing"]


async def answering(store: Store, conversation: str) -> Answering:
    """Tell who answers now."""
    state = await store.call("HGET", key("handoff", conversation), "state")
    if state == b"waiting":
        return "waiting"
    if state != b"operator":
        return ""
    return "typing" if await is_typing(store, conversation, "operator") else "person"


async def person_types(store: Store, pointer: str) -> None:
    """Note that the person writes, where an operator could see it; the bot has no use for that."""
    conversation = await store.find(pointer)
    if conversation and await answering(store, conversation) in ("person", "typing"):
        await set_typing(store, conversation, "person")
