"""Copies of messages that a provider keeps, and that we have to delete there: a duty that outlives the conversation.

A duty names a message by the provider's id and holds no text. It is sealed with a key of its own, ends after 48
hours whatever happens, and is due at once when its conversation is erased (docs/privacy.md).
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from bot.crypto import identity
from bot.crypto.vault import SealBroken
from bot.storage.store import Store

_LEASE = 30_000  # milliseconds that one gateway has to delete a copy
_LATE = 3_600_000  # milliseconds after which a copy that still exists is a broken promise, if it was due at once
_FIRST_DELAY, _LONGEST_DELAY = 2_000, 600_000  # milliseconds between retries


@dataclass(frozen=True)
class Copy:
    """One message at a provider."""

    channel: str
    id: str  # the provider's; for Telegram "chat:message"
    keep: int  # seconds until it is due

    def key(self, store: Store) -> str:
        """Return the key of the duty: a keyed hash, so that a receipt finds it and nobody else does."""
        return f"{self.channel}:{identity.copy_key(self.channel, self.id, store.vault.pepper)}"

    def sealed(self, store: Store) -> bytes:
        """Return the sealed bytes to store."""
        return store.vault.duties.seal(json.dumps(asdict(self)).encode(), "copy")


@dataclass(frozen=True)
class DueCopy:
    """A copy that is due. `copy` is None if its record expired before it was deleted, or does not open."""

    key: str
    tries: int
    copy: Copy | None
    closed: bool = False  # sealed with a master key that this gateway does not have: another one may


def packed(store: Store, copies: Iterable[Copy]) -> list[dict[str, Any]]:
    """Return these duties as scripts read them."""
    return [{"key": copy.key(store), "delay": copy.keep * 1000, "sealed": copy.sealed(store)} for copy in copies]


async def schedule(store: Store, copies: Iterable[Copy]) -> None:
    """Record duties that belong to no living conversation."""
    await store.run("schedule_deletion", copies=packed(store, copies))


async def claim(store: Store) -> DueCopy | None:
    """Lease the copy that is due first; no other gateway takes it meanwhile."""
    found = await store.run("claim_deletion", ["copies"], lease=_LEASE)
    if not found:
        return None
    key, tries, sealed = found
    copy = _opened(store, sealed)
    return DueCopy(key.decode(), int(tries), copy, closed=bool(sealed) and copy is None)


async def cancel(store: Store, due: DueCopy) -> None:
    """Remove a duty: it is done, or never can be."""
    await store.run("cancel_deletion", key=due.key)


async def postpone(store: Store, due: DueCopy, after: float = 0.0) -> None:
    """Retry after a while, longer each time, or after the seconds that the provider asks for."""
    delay = max(min(_FIRST_DELAY * 2**due.tries, _LONGEST_DELAY), int(after * 1000))
    await store.run("postpone_deletion", ["copies"], key=due.key, delay=delay)


async def count_late(store: Store, channel: str) -> int:
    """Count a channel's copies that are older than an hour."""
    return int(await store.run("count_late_deletions", [f"copies_since:{channel}"], milliseconds=_LATE))


def _opened(store: Store, sealed: bytes | None) -> Copy | None:
    try:
        return Copy(**json.loads(store.vault.duties.open(sealed, "copy"))) if sealed else None
    except SealBroken:
        return None
