"""What an open page asks for, in one look: lines that it does not have yet, who answers now, and in which language."""

from dataclasses import dataclass
from typing import Literal

from bot.messaging.transcript import NEWEST, Line, ends_in_crisis, opened
from bot.messaging.typing_state import set_typing
from bot.storage.store import Store, key

# Who answers: the bot, somebody who is waited for, a person, a person who is writing at this moment. In all but the first the
# page is not cleared by silence.
Answering = Literal["", "waiting", "person", "typing"]


@dataclass(frozen=True)
class News:
    """How a conversation stands for its page."""

    lines: list[Line]  # after the last one that the page has
    locale: str  # of the conversation; empty while it is not settled
    answering: Answering
    crisis: bool  # new lines have come, and a crisis was answered last


async def news(store: Store, pointer: str, keep: int, after: str) -> News | None:
    """Let the conversation of a page live on, and give what is new; None where there is none. Raises StoreAway."""
    found = await store.run("news", [f"address:{pointer}"], [keep, after, NEWEST])
    if not found:
        return None
    id_, wrapped, locale, state, typing, lines, newest = found
    seal = store.vault.unwrap(id_.decode(), wrapped) if wrapped else None
    # Of what is new the last may be the end only: whether it is a crisis is told by all that was said last.
    crisis = seal is not None and ends_in_crisis(opened(reversed(newest), seal))
    return News(opened(lines, seal) if seal else [], locale.decode(), _answering(state, bool(typing)), crisis)


async def person_types(store: Store, pointer: str) -> None:
    """Note that the person writes, where an operator could see it; the bot has no use for that."""
    conversation = await store.find(pointer)
    if conversation and await store.call("HGET", key("handoff", conversation), "state") == b"operator":
        await set_typing(store, conversation, "person")


def _answering(state: bytes, typing: bool) -> Answering:
    if state == b"waiting":
        return "waiting"
    if state != b"operator":
        return ""
    return "typing" if typing else "person"
