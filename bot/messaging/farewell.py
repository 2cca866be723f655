"""The farewell: the one neutral line that can be said after a conversation is erased, kept without any text of the person.

What is kept of it names a phrase, a locale and where to say it; it is sealed with a key of its own
and lives for at most 48 hours (see the data map in docs/privacy.md).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.crypto import identity
from bot.crypto.vault import Seal, SealBroken, Vault
from bot.messaging import provider_copies
from bot.messaging.provider_copies import Copy
from bot.storage.store import OUTBOX, Store, key

_DUE = "farewells_due"
FETCHED = 120  # seconds in which a page fetches it, and in which what is still on its way to it is refused
_LEASE = 60_000  # milliseconds that one gateway has to send it
_STOPPED = 365 * 86_400  # seconds that a STOP is remembered; change the master key yearly too (docs/privacy.md)


@dataclass(frozen=True)
class Farewell:
    """The last neutral line of an erased conversation."""

    say: str
    locale: str
    channel: str
    address: str = ""  # empty if the person's web page fetches it
    arguments: Mapping[str, Any] = field(default_factory=dict)  # what is filled in: the words of a way back


@dataclass(frozen=True)
class Ending:
    """How a conversation ends, besides its farewell."""

    stop: bool = False  # nothing more is sent to this address until the person writes
    waiting: int | None = None  # messages its inbox must hold: if more came in meanwhile, it does not end
    successor: Mapping[str, Any] | None = None  # a new conversation with what was written after the word that ended it


async def forget(
    store: Store, conversation: str, farewell: Farewell | None = None, ending: Ending = Ending()
) -> bool | None:
    """Erase a conversation at once, and leave at most one neutral line to say.

    Returns whether there was something to erase; None if a message came in meanwhile, and nothing was done.
    """
    sealed = b""
    if farewell:
        sealed = store.vault.duties.seal(json.dumps(asdict(farewell)).encode(), "farewell")
    outcome = await store.run(
        "erase",
        [key("conversation", conversation), OUTBOX.due, _DUE],
        id=conversation,
        farewell=sealed,
        farewell_seconds=FETCHED,
        farewell_id=identity.new_id() if farewell and farewell.address else "",
        stop_seconds=_STOPPED if ending.stop else 0,
        waiting=ending.waiting,
        successor=ending.successor,
    )
    return None if outcome < 0 else bool(outcome)


async def close_page(store: Store, pointer: str) -> None:
    """Erase the conversation behind a lookup key, and for two minutes refuse messages still on their way to it."""
    await store.run("close_page", [f"left:{pointer}"], seconds=FETCHED)
    conversation = await store.find(pointer)
    if conversation:
        await forget(store, conversation)


def for_page(store: Store, farewell: Farewell, token: str) -> bytes:
    """Return a farewell sealed so that it opens with the page's token only: free blocks of a disk keep it long after."""
    return _of_page(store.vault, token).seal(json.dumps(asdict(farewell)).encode(), "farewell")


async def fetched_by_page(store: Store, pointer: str, token: str) -> Farewell | None:
    """Return the farewell that the page of a token still has to show."""
    sealed = await store.call("GET", f"farewell:{pointer}")
    vaults = filter(None, (store.vault, store.vault.before))
    seals = (store.vault.duties, *(_of_page(vault, token) for vault in vaults))
    return next(filter(None, (_opened(seal, sealed) for seal in seals)), None)


async def claim(store: Store) -> tuple[str, Farewell | None] | None:
    """Lease a farewell that is still to be sent, and return its id and content; no other gateway takes it meanwhile."""
    found = await store.run("claim_farewell", [_DUE], lease=_LEASE)
    return (found[0].decode(), _opened(store.vault.duties, found[1])) if found else None


async def end(store: Store, id_: str, left: Iterable[Copy] = ()) -> None:
    """Record that a farewell was sent, with the copies that the provider now has, or that it never can be."""
    await store.run("end_farewell", [_DUE], id=id_, copies=provider_copies.packed(store, left))


async def drop_all(store: Store) -> None:
    """Drop every farewell that has not been said yet."""
    for id_ in await store.call("ZRANGE", _DUE, 0, -1):
        await end(store, id_.decode())


def _of_page(vault: Vault, token: str) -> Seal:
    return Seal(bytes.fromhex(vault.keyed("farewell of a page", token)), "farewell")


def _opened(seal: Seal, sealed: bytes | None) -> Farewell | None:
    if sealed is None:
        return None
    try:
        return Farewell(**json.loads(seal.open(sealed, "farewell")))
    except SealBroken:
        return None
