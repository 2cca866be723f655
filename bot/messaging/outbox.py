"""The outbox: what is said goes into the transcript and, for a platform, is queued sealed and in order until it is delivered."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bot.crypto.vault import Seal
from bot.messaging import provider_copies
from bot.messaging.provider_copies import Copy
from bot.messaging.transcript import Line
from bot.storage.store import OUTBOX, Claim, Store, key

# What became of something to be said outside a turn: said; said before under the same mark; another operator has the
# conversation by now; the conversation is erased or expired.
Written = Literal["said", "repeated", "not_yours", "gone"]


@dataclass(frozen=True)
class Outgoing:
    """One finished message to a person: its text, and the choices that a channel can show as buttons."""

    text: str
    say: str
    choices: list[dict[str, Any]] = field(default_factory=list)
    turn: str = ""

    def sealed(self, seal: Seal) -> bytes:
        """Return the sealed bytes to store."""
        return seal.seal_words(asdict(self), "outgoing")

    @classmethod
    def opened(cls, sealed: bytes, seal: Seal) -> "Outgoing":
        """Open what `sealed` returned; raises SealBroken."""
        return cls(**json.loads(seal.open(sealed, "outgoing")))

    @classmethod
    def head(cls, claim: Claim, seal: Seal) -> "Outgoing":
        """Open the head of a claimed outbox; raises SealBroken."""
        _, _, sealed = claim.head.partition(b" ")  # the id of its line comes first
        return cls.opened(sealed, seal)


@dataclass(frozen=True)
class Spoken:
    """What is said: as the transcript keeps it and, if no page fetches it, as it is sent, with the number of its line."""

    lines: Sequence[Line]
    outgoing: Sequence[tuple[int, Outgoing]] = ()  # lines count from 1

    def packed(self, seal: Seal) -> dict[str, Any]:
        """Return it as scripts read it."""
        return {
            "lines": [line.sealed(seal) for line in self.lines],
            "outgoing": [{"line": line, "sealed": message.sealed(seal)} for line, message in self.outgoing],
        }


@dataclass(frozen=True)
class OperatorMessage:
    """What an operator has written to a person."""

    operator: str  # a random id; only who has the conversation, or has joined it, can write
    alias: str  # the name by which the person knows them
    text: str
    once: str = ""  # an idempotency key: it is said once, however often it is sent
    original: str = ""  # what they wrote, where the text is a machine's translation of it, and says so


async def say(
    store: Store, conversation: str, spoken: Spoken, seal: Seal, *, operator: str = "", once: str = ""
) -> Written:
    """Say something outside a turn, all of it or nothing; for an operator, only while they have the conversation."""
    kinds = ("conversation", "handoff", "lines", "transcript", "outbox", "answering")
    keys = [key(kind, conversation) for kind in kinds]
    outcome = await store.run("say", keys, id=conversation, operator=operator, once=once, spoken=spoken.packed(seal))
    written: Written = outcome.decode()
    return written


async def mark_sent(store: Store, claim: Claim, left: Sequence[Copy] = (), pause: int = 0) -> None:
    """Take the head off the outbox: the platform has it. The next message can go in so many milliseconds."""
    await _end(store, claim, "sent", pause, left)


async def give_up(store: Store, claim: Claim, left: Sequence[Copy] = ()) -> None:
    """Take the head off the outbox: it never arrives, and whoever looks at the conversation can see that."""
    await _end(store, claim, "lost", 0, left)


async def postpone(store: Store, claim: Claim, delay: int) -> None:
    """Keep the head, and retry after so many milliseconds."""
    await _end(store, claim, "later", delay, ())


async def _end(store: Store, claim: Claim, outcome: str, delay: int, left: Sequence[Copy]) -> None:
    await store.run(
        "end_delivery",
        [key(OUTBOX.holder, claim.conversation), OUTBOX.due],
        id=claim.conversation,
        token=claim.token,
        outcome=outcome,
        delay=delay,
        copies=provider_copies.packed(store, left),
    )
