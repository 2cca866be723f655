"""Who is writing in a talk at this moment; it ends by itself after a few seconds without a sign."""

from typing import Literal

from bot.storage.store import Store, key

Writer = Literal["person", "operator"]
SHOWN = 6  # seconds after a sign; a page sends the next one after three


async def set_typing(store: Store, conversation: str, who: Writer) -> None:
    """Note that somebody writes, in a talk that lives."""
    page = conversation if who == "operator" else ""  # a person's own page has no need to know
    await store.run("typing", [key("conversation", conversation), key(_KIND[who], conversation)], [SHOWN, page])


async def is_typing(store: Store, conversation: str, who: Writer) -> bool:
    """Tell whether somebody writes."""
    return bool(await store.call("EXISTS", key(_KIND[who], conversation)))


_KIND = {"person": "typing", "operator": "answering"}
