"""Blocking an address that abuses the hotline: a keyed hash that expires. A crisis is still answered.

A block has a random id of its own, by which it is listed and lifted: nobody at the desk sees anything of the address.
"""

from dataclasses import dataclass

from bot.crypto.identity import new_id
from bot.storage.store import Store, key

LONGEST = 7 * 86_400  # seconds: phones change hands, and people change


@dataclass(frozen=True)
class Block:
    """A block of an address, without the address: only a crisis is answered."""

    id: str
    by: str  # who blocked it, a random id
    door: str
    since: float  # seconds since 1970
    left: float  # seconds


async def block(store: Store, conversation: str, seconds: int, by: str = "") -> bool:
    """Block the person of this conversation for so long, crises excepted; False if the conversation is gone."""
    keys = [key("conversation", conversation), "blocks"]
    return bool(await store.run("block_address", keys, seconds=min(seconds, LONGEST), id=new_id(), by=by))


async def in_force(store: Store) -> list[Block]:
    """Return the blocks that have not ended, newest first."""
    return sorted(await _blocks(store), key=lambda each: each.since, reverse=True)


async def lift(store: Store, id_: str) -> None:
    """End a block early."""
    await _blocks(store, id_)


async def _blocks(store: Store, lifted: str = "") -> list[Block]:
    found = await store.run_named("list_blocks", ["blocks"], lifted=lifted)
    return [
        Block(
            row["id"].decode(), row["by"].decode(), row["door"].decode(), int(row["since"]) / 1000, row["left"] / 1000
        )
        for row in found
    ]
