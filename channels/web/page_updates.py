"""The updates for an open page, read in one round trip: new lines, who is answering now, and the language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.conversation.recall import unsealed
from bot.crypto.vault import SealBroken
from bot.messaging.transcript import NEWEST, Line, ends_in_crisis, opened
from bot.messaging.typing_state import set_typing
from bot.storage.store import Store, key

# Who answers: the bot; an operator who has not come yet; one who has the conversation and has written nothing yet; one who has;
# one who is typing right now. In all but the first, the page is not cleared after a silence.
Answering = Literal["", "waiting", "taken", "person", "typing"]


@dataclass(frozen=True)
class News:
    """The state of a conversation, for its page."""

    lines: list[Line]  # after the last line that the page has
    locale: str  # of the conversation; empty until it is settled
    answering: Answering
    crisis: bool  # there are new lines, and the last reply was to a crisis


NOTHING = News([], "", "", False)


async def news(store: Store, pointer: str, keep: int, after: str) -> News | None:
    """Extend the life of the page's conversation and return its news; None if there is no conversation. Raises StoreAway."""
    found = await store.run_named("poll_page", [f"address:{pointer}"], keep_seconds=keep, after=after, newest=NEWEST)
    if not found:
        return None
    try:
        seal = store.vault.unwrap(found["id"].decode(), found["key"]) if "key" in found else None
    except SealBroken:
        return None
    # The new lines may be only the tail of the last reply; only the newest lines together show whether it was to a crisis.
    crisis = seal is not None and ends_in_crisis(opened(reversed(found["newest"]), seal))
    lines = opened(found["lines"], seal) if seal else []
    hushed = unsealed(found["record"], seal).hushed
    return News(lines, found["locale"].decode(), _answering(found, hushed), crisis)


async def person_types(store: Store, pointer: str) -> None:
    """Note that the person is typing, if an operator is there to see it; the bot has no use for it."""
    conversation = await store.find(pointer)
    if conversation and await store.call("HGET", key("handoff", conversation), "state") == b"operator":
        await set_typing(store, conversation, "person")


async def page_closed(store: Store, pointer: str) -> None:
    """Note that the page was closed or loaded again: nobody will read there what is said from now on."""
    conversation = await store.find(pointer)
    if conversation:
        await store.run("note_page_closed", [key("conversation", conversation)])


def _answering(found: Mapping[str, Any], hushed: bool) -> Answering:
    if found["state"] not in (b"waiting", b"operator"):
        return ""
    # Whoever else holds the phone must not learn that a person is there; what is erased by silence stays the same.
    if found["state"] == b"waiting" or hushed:
        return "waiting"
    return "typing" if found["typing"] else "taken" if found["silent"] else "person"
