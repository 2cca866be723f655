"""Blocking an address that abuses the hotline: a keyed hash with an end. A crisis is answered all the same.

A block has a random id of its own, by which it is seen and lifted: nobody at the desk is shown anything of the address.
"""

from dataclasses import dataclass

from bot.crypto.identity import new_id
from bot.storage.store import Store, key

LONGEST = 7 * 86_400  # seconds: a phone changes hands, and so does a life


@dataclass(frozen=True)
class Block:
    """An address that is answered nothing but a crisis, without the address."""

    id: str
    by: str  # who has blocked it, a random id
    door: str
    since: float  # seconds since 1970
    left: float  # seconds


async def block(store: Store, conversation: str, seconds: int, by: str = "") -> bool:
    """Answer the person of this conversation nothing but a crisis for so long; False when it is gone."""
    args = [min(seconds, LONGEST), new_id(), by]
    return bool(await store.run("block", [key("conversation", conversation), "blocks"], args))


async def in_force(store: Store) -> list[Block]:
    """Give the blocks that have not ended, the newest first."""
    return sorted(await _blocks(store), key=lambda each: each.since, reverse=True)


async def lift(store: Store, id_: str) -> None:
    """End a block early."""
    await _blocks(store, id_)


async def _blocks(store: Store, lifted: str = "") -> list[Block]:
    found = await store.run("blocks", ["blocks"], [lifted])
    rows = ((*map(bytes.decode, words), left) for *words, left in found)
    return [Block(id_, by, door, int(since) / 1000, left / 1000) for id_, by, door, since, left in rows]
