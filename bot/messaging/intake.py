"""The intake of a message: from here on it is durable, and it will be answered once.

The channel has verified and parsed it; the platform gets its 200 after `accept` returns.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from enum import Enum
from typing import Any

from bot.crypto import identity
from bot.crypto.vault import Seal
from bot.messaging import provider_copies, taken_messages
from bot.messaging.message import TEXT_KEPT, Message, kept
from bot.settings import Settings
from bot.storage.store import INBOX, Store, StoreAway, key

MOST_WAITING = 100  # messages of one conversation that can wait; a person never types that many ahead
_TRIES = 5


class Accepted(Enum):
    """What became of an incoming message."""

    ACCEPTED = "accepted"
    REPEATED = "repeated"  # accepted before: return 200 again, answer nothing
    FULL = "full"  # too many are waiting
    LEFT = "left"  # the person has left by the exit: what was still on its way opens no new conversation


class Intake:
    """The intake: it seals a message with its conversation's key and queues it, in one atomic step."""

    def __init__(self, store: Store, settings: Settings, urgent: Callable[[str], bool] = lambda text: False) -> None:
        self._store = store
        self._settings = settings
        self._urgent = urgent  # whether a text must not be refused even if its sender has too many waiting

    async def accept(self, message: Message) -> Accepted:
        """Accept a message; raises StoreAway if nothing could be stored."""
        vault = self._store.vault
        pointer = await self._store.pointer(message.channel, message.address)
        seen = identity.message_key(message.channel, message.provider_id, vault.pepper)
        if vault.before:
            former = identity.message_key(message.channel, message.provider_id, vault.before.pepper)
            if await self._store.call("EXISTS", f"seen:{former}"):
                return Accepted.REPEATED
        most = MOST_WAITING
        for _ in range(_TRIES):
            outcome = await self._try(message, pointer, seen, most)
            if outcome == "full" and most == MOST_WAITING and self._urgent(message.text):
                most *= 2
            elif outcome != "moved":
                return Accepted(outcome)
        raise StoreAway("moved")

    async def _try(self, message: Message, pointer: str, seen: str, most: int) -> str:
        conversation, seal = await self._store.find_with_seal(pointer) or ("", None)
        wrapped, fresh = b"", seal is None
        if seal is None:
            conversation = identity.new_id()
            wrapped, seal = self._store.vault.new_key(conversation)
        kinds = ("conversation", "inbox", "holder")
        outcome = await self._store.run(
            "intake",
            [f"seen:{seen}", f"address:{pointer}", *(key(kind, conversation) for kind in kinds), INBOX.due],
            id=conversation,
            fresh=fresh,
            wrapped_key=wrapped,
            channel=message.channel,
            sealed_address=_sealed_address(message.address, seal),
            pointer=pointer,
            sealed_turn=envelope(message, seal),
            keep_seconds=self._settings.keep(message.channel),
            seen_seconds=self._settings.keep_seen,
            most_waiting=most,
            copies=provider_copies.packed(self._store, message.copies),
            remembered=taken_messages.packed(seen, time.time()) if message.undated else None,
        )
        return str(outcome.decode())


def new_conversation(
    store: Store, channel: str, address: str, messages: Sequence[Mapping[str, Any]], keep: int
) -> dict[str, Any] | None:
    """Return a new conversation with these messages, written after the word that ended the last; None without any."""
    if not messages:
        return None
    conversation = identity.new_id()
    wrapped, seal = store.vault.new_key(conversation)
    return {
        "id": conversation,
        "wrapped_key": wrapped,
        "channel": channel,
        "sealed_address": _sealed_address(address, seal),
        "keep_seconds": keep,
        "turns": [_sealed(dict(message), seal) for message in messages],
    }


def envelope(message: Message, seal: Seal) -> bytes:
    """Seal what the dispatcher needs of a message, with a new turn id."""
    plain = {
        "text": kept(message.text),
        "cut": len(message.text) > TEXT_KEPT,
        "kind": message.kind,
        "hints": asdict(message.hints),
        "place": message.place,
    }
    return _sealed(plain, seal)


def _sealed_address(address: str, seal: Seal) -> bytes:
    return seal.seal(address.encode("utf-8", "replace"), "address")


def _sealed(plain: dict[str, Any], seal: Seal) -> bytes:
    return seal.seal(json.dumps({**plain, "turn": identity.new_id()}).encode(), "inbox")
