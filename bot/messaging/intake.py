"""The intake of a message: from here on it is durable, and it will be answered once.

The channel has verified and parsed it; the platform gets its 200 after `accept` returns. What must not wait is found here, once.
"""

import asyncio
import json
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from enum import Enum
from typing import Any

from bot.crypto import identity
from bot.crypto.vault import Seal
from bot.messaging import provider_copies, taken_messages
from bot.messaging.message import TEXT_KEPT, Message, Urgency, kept
from bot.settings import Settings
from bot.storage.store import INBOX, Store, StoreAway, key

MOST_WAITING = 100  # messages of one conversation that can wait; a person never types that many ahead
_MOST_BYTES = 256 * 1024  # of the messages of one conversation that wait
_TRIES = 5
_NOT_TAKEN = ("moved", "busy")
_MARK = 100  # letters of a mark of what must not wait
_AT_ONCE = (
    200  # characters that are looked through in no time; a longer text would hold up everybody else in this process
)


class Accepted(Enum):
    """What became of an incoming message."""

    ACCEPTED = "accepted"
    REPEATED = "repeated"  # accepted before: return 200 again, answer nothing
    FULL = "full"  # too many are waiting
    LEFT = "left"  # the person has left by the exit: what was still on its way opens no new conversation


class Intake:
    """The intake: it seals a message with its conversation's key and queues it, in one atomic step."""

    def __init__(
        self, store: Store, settings: Settings, urgency: Callable[[str, str], Urgency] = lambda text, channel: Urgency()
    ) -> None:
        self._store = store
        self._settings = settings
        self._urgency = urgency
        self._thread = ThreadPoolExecutor(1, "intake")

    async def accept(self, message: Message, most_due: int | None = None) -> Accepted:
        """Accept a message; raises StoreAway if nothing could be stored.

        `most_due`: how many conversations may wait for an answer where this message opens a new one and can wait.
        """
        urgency = await self._urgency_of(kept(message.text), message.channel)
        pointer = await self._store.pointer(message.channel, message.address)
        if await self._is_known_by_former_key(message):
            return Accepted.REPEATED
        for _ in range(_TRIES):
            outcome = await self._try(message, pointer, urgency, most_due)
            if outcome not in _NOT_TAKEN:
                return Accepted(outcome)
            if outcome == "busy":
                break
        raise StoreAway(outcome)

    async def _urgency_of(self, text: str, channel: str) -> Urgency:
        if len(text) <= _AT_ONCE:
            return self._urgency(text, channel)
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._urgency, text, channel)

    async def _is_known_by_former_key(self, message: Message) -> bool:
        """Whether it was accepted before the master key was changed."""
        before = self._store.vault.before
        if before is None:
            return False
        former = identity.message_key(message.channel, message.provider_id, before.pepper)
        return bool(await self._store.call("EXISTS", f"seen:{former}"))

    async def _try(self, message: Message, pointer: str, urgency: Urgency, most_due: int | None = None) -> str:
        seen = identity.message_key(message.channel, message.provider_id, self._store.vault.pepper)
        conversation, seal = await self._store.find_with_seal(pointer) or ("", None)
        wrapped, fresh = b"", seal is None
        if seal is None:
            conversation = identity.new_id()
            wrapped, seal = self._store.vault.new_key(conversation)
        kinds = ("conversation", "inbox", "holder", "urgent")
        outcome = await self._store.run(
            "intake",
            [f"seen:{seen}", f"address:{pointer}", *(key(kind, conversation) for kind in kinds), INBOX.due],
            id=conversation,
            fresh=fresh,
            wrapped_key=wrapped,
            channel=message.channel,
            sealed_address=_sealed_address(message.address, seal),
            pointer=pointer,
            keep_seconds=self._settings.keep(message.channel),
            seen_seconds=self._settings.keep_seen,
            most_waiting=MOST_WAITING * 2 if urgency else MOST_WAITING,
            most_bytes=_MOST_BYTES * 2 if urgency else _MOST_BYTES,
            most_due=most_due,
            copies=provider_copies.packed(self._store, message.copies),
            remembered=taken_messages.packed(seen, time.time()) if message.undated else None,
            **envelope(message, urgency, seal),
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
        "turns": [_sealed({**message, "turn": identity.new_id()}, seal) for message in messages],
    }


def envelope(message: Message, urgency: Urgency, seal: Seal) -> dict[str, bytes]:
    """Seal what the dispatcher needs of a message, with a new turn id; and a mark of it if it must not wait, else nothing."""
    plain = {
        "turn": identity.new_id(),
        "text": kept(message.text),
        "cut": len(message.text) > TEXT_KEPT,
        "kind": message.kind,
        "hints": asdict(message.hints),
        "place": message.place,
        **asdict(urgency),
    }
    return _sealed(plain, seal)


def _sealed_address(address: str, seal: Seal) -> bytes:
    return seal.seal(address.encode("utf-8", "replace"), "address")


def _sealed(plain: Mapping[str, Any], seal: Seal) -> dict[str, bytes]:
    # What the version before queued was not looked through: it has no mark, and the dispatcher sees that.
    urgency = Urgency(plain.get("quick", ""), plain.get("cry", False))
    # All of one length: a crisis looks like a cover word.
    mark = json.dumps({"turn": plain["turn"], **asdict(urgency)}).ljust(_MARK)
    return {
        "sealed_turn": seal.seal_words(plain, "inbox"),
        "sealed_mark": seal.seal(mark.encode(), "urgent") if urgency else b"",
    }
