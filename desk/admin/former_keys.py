"""The keys of the audit log from before the master key was changed: old lines stay as they were written, and stay readable.

They are sealed with the master key of now. A former key counts for lines up to its last one only: whoever has got hold of it can
read what they could read before, and can add nothing.
"""

import json
from dataclasses import dataclass
from typing import Any

from bot.crypto.vault import Seal, SealBroken, Vault
from bot.storage.store import Store

KEY = "audit_former_keys"
_NO_END = 10**15  # more lines than a log ever has


@dataclass(frozen=True)
class FormerAuditKeys:
    """What opens and proves the lines up to a number."""

    upto: int
    seal: Seal
    mac: bytes


async def former_keys(store: Store) -> list[FormerAuditKeys]:
    """Return the former keys, oldest first; none that were sealed with a master key that is gone. Raises StoreAway."""
    found = [
        FormerAuditKeys(row["upto"], Seal.lent(row["desk"], "desk"), bytes.fromhex(row["mac"]))
        for row in _rows(store, await store.call("GET", KEY))
    ]
    if store.vault.before:
        found.append(_of(store.vault.before))
    return found


async def keep(store: Store, before: Vault, upto: int) -> None:
    """Keep the keys of the master key of before, for the lines up to this one. Raises StoreAway."""
    one = _of(before)
    kept = {"upto": upto, "desk": one.seal.lend(), "mac": one.mac.hex()}
    rows = [row for row in _rows(store, await store.call("GET", KEY)) if row["mac"] != kept["mac"]]
    await store.call("SET", KEY, store.vault.desk.seal(json.dumps([*rows, kept]).encode(), KEY))


def _of(before: Vault) -> FormerAuditKeys:
    # While both are in use, another gateway may still write lines with the one of before.
    return FormerAuditKeys(_NO_END, before.desk, before.hashing_key("audit"))


def _rows(store: Store, sealed: bytes | None) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = json.loads(store.vault.desk.open(sealed, KEY)) if sealed else []
    except SealBroken:
        return []
    return rows
