"""What the engine keeps of a conversation between turns: record, tracker and last answer, sealed, in Redis."""

import json
import logging
from dataclasses import dataclass, field
from typing import Any

from bot import logs
from bot.conversation.record import Record
from bot.crypto.vault import Seal, SealBroken
from bot.organisation import Organisation
from bot.reporting import complaints
from bot.storage.store import Store, key

AWAKE = 2 * 3_600  # seconds after which another person may hold the phone: "safe to write?" is asked again


@dataclass
class RememberedConversation:
    """One conversation as it stood after its last turn."""

    seal: Seal
    record: Record
    tracker: bytes | None
    answer: dict[str, Any]  # {"turn": id, "decision": {...}} of the last turn
    returning: bool = False  # nothing was heard for AWAKE, and something was before
    suspended: frozenset[str] = frozenset()  # ids of services that are not given for now
    organisation: Organisation = field(default_factory=Organisation)


class Memory:
    """Reads at the begin of a turn and writes once, at its end."""

    def __init__(self, store: Store, home_country: str = "") -> None:
        self._store = store
        self._home_country = home_country  # while none is saved

    async def open(self, conversation: str, seal: Seal, organisation: str = "") -> RememberedConversation | None:
        """Read a conversation in one round trip; None when it is erased or expired. Raises StoreAway.

        `organisation`: what it has set, in JSON; empty: nothing.
        """
        keys = [key(kind, conversation) for kind in ("conversation", "record", "tracker", "answer", "awake")]
        found = await self._store.run_named("load_conversation", keys, suspended=complaints.suspended_now())
        if not found["lives"]:
            return None
        return RememberedConversation(
            seal,
            Record.load(plain) if (plain := _opened(seal, found.get("record"), "record")) else Record(),
            _opened(seal, found.get("tracker"), "tracker"),
            json.loads(plain) if (plain := _opened(seal, found.get("answer"), "answer")) else {},
            returning="record" in found and "awake" not in found,
            suspended=complaints.ids_of(found["suspended"]),
            organisation=self._organisation(organisation),
        )

    def _organisation(self, saved: str) -> Organisation:
        found = Organisation.model_validate_json(saved) if saved else Organisation()
        return found if found.home_country else found.model_copy(update={"home_country": self._home_country})

    async def keep(self, conversation: str, kept: RememberedConversation) -> bool:
        """Write all of it in one step; False when the conversation was erased meanwhile. Raises StoreAway."""
        answer = json.dumps(kept.answer, ensure_ascii=False, separators=(",", ":")).encode()
        parts = {"record": kept.record.dump(), "tracker": kept.tracker or b"", "answer": answer}
        keys = [key(kind, conversation) for kind in ("conversation", *parts, "awake")]
        sealed = {kind: kept.seal.shared.seal(plain, kind) for kind, plain in parts.items()}
        return bool(await self._store.run("save_decision", keys, awake_seconds=AWAKE, **sealed))


def _opened(seal: Seal, sealed: bytes | None, purpose: str) -> bytes | None:
    if not sealed:
        return None
    try:
        return seal.shared.open(sealed, purpose)
    except SealBroken:
        # Better to begin anew with this person than to answer nothing ever again.
        logs.event("seal_broken", logging.WARNING, reason=purpose)
        return None
