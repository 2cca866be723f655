"""What is remembered of a conversation, read outside of a turn."""

from bot.record import Record
from bot.store import Store, key
from bot.vault import SealBroken


async def recall(store: Store, conversation: str) -> Record:
    """Give the record; an empty one where there is none, or none that can be read."""
    try:
        seal = await store.seal_of(conversation)
        sealed = await store.call("GET", key("record", conversation))
        return Record.load(seal.open(sealed, "record")) if seal and sealed else Record()
    except (SealBroken, TypeError, ValueError):
        return Record()  # erased in this moment
