"""Who is typing in a conversation right now, which expires after a few seconds without a sign; a page is open a little longer."""

from typing import Literal

from bot.storage.store import Store, key

Writer = Literal["person", "operator"]
PAGE_SILENT = 60  # seconds without a question of an open page, which asks at least every 25
SHOWN = 6  # seconds after a sign; a page sends the next sign after three


async def set_typing(store: Store, conversation: str, who: Writer) -> None:
    """Record that somebody is typing, if the conversation still lives."""
    page = conversation if who == "operator" else ""  # a person's own page has no need to know
    keys = [key("conversation", conversation), key(_KIND[who], conversation)]
    await store.run("mark_typing", keys, seconds=SHOWN, wake=page)


async def is_typing(store: Store, conversation: str, who: Writer) -> bool:
    """Whether somebody is typing."""
    return bool(await store.call("EXISTS", key(_KIND[who], conversation)))


_KIND = {"person": "typing", "operator": "answering"}
