"""The record of a conversation, read and corrected outside a turn."""

from collections.abc import Callable

from bot.conversation.record import Record
from bot.crypto.vault import Seal, SealBroken
from bot.storage.store import Store, key


async def recall(store: Store, conversation: str) -> Record:
    """Return the record; an empty record if there is none, or none that can be read."""
    seal = await store.seal_of(conversation)
    return unsealed(await store.call("GET", key("record", conversation)), seal)


def unsealed(sealed: bytes | None, seal: Seal | None) -> Record:
    """Return the record from what the store keeps; an empty record if there is none, or none that can be read."""
    try:
        return Record.load(seal.shared.open(sealed, "record")) if seal and sealed else Record()
    except (SealBroken, TypeError, ValueError):
        return Record()  # erased just now


async def correct(store: Store, conversation: str, change: Callable[[Record], None]) -> bool:
    """Change the record; False if a turn has just written it, or it is gone: what a turn has heard takes precedence."""
    seal = await store.seal_of(conversation)
    sealed = await store.call("GET", key("record", conversation))
    if not seal or not sealed:
        return False
    record = Record.load(seal.shared.open(sealed, "record"))
    change(record)
    after = seal.shared.seal(record.dump(), "record")
    return bool(await store.run("replace_record", [key("record", conversation)], before=sealed, after=after))
