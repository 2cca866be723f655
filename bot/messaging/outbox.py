"""What is said on its way to the person: into the transcript, and to a platform sealed, in order, until it has been taken."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bot.crypto.vault import Seal
from bot.messaging import provider_copies
from bot.messaging.provider_copies import Copy
from bot.messaging.transcript import Line
from bot.storage.store import Claim, Store, key

# What became of something that is to be said outside of a turn: said; said before under the same mark; another has the
# talk by now; the conversation is erased or expired.
Written = Literal["said", "repeated", "not_yours", "gone"]


@dataclass(frozen=True)
class Outgoing:
    """One finished message to a person: text for the eye, and the choices that a channel may show as buttons."""

    text: str
    say: str
    choices: list[dict[str, Any]] = field(default_factory=list)
    turn: str = ""

    def sealed(self, seal: Seal) -> bytes:
        """Give the bytes that are stored."""
        return seal.seal(json.dumps(asdict(self), ensure_ascii=False).encode(), "outgoing")

    @classmethod
    def opened(cls, sealed: bytes, seal: Seal) -> "Outgoing":
        """Read what `sealed` gave; raises SealBroken."""
        return cls(**json.loads(seal.open(sealed, "outgoing")))

    @classmethod
    def head(cls, claim: Claim, seal: Seal) -> "Outgoing":
        """Read the head of a claimed outbox; raises SealBroken."""
        _, _, sealed = claim.head.partition(b" ")  # in front stands the id of its line
        return cls.opened(sealed, seal)


@dataclass(frozen=True)
class Spoken:
    """What is said: as the transcript keeps it, and as it is sent where no page fetches it, with the number of its line."""

    lines: Sequence[Line]
    outgoing: Sequence[tuple[int, Outgoing]] = ()  # lines count from 1

    def arguments(self, seal: Seal) -> list[Any]:
        """Give it as the scripts read it."""
        sent = [part for line, message in self.outgoing for part in (line, message.sealed(seal))]
        return [len(self.lines), *(line.sealed(seal) for line in self.lines), len(self.outgoing), *sent]


@dataclass(frozen=True)
class Words:
    """What an operator has written to a person."""

    operator: str  # a random id; only who has the talk can write
    alias: str  # as which the person knows them
    text: str
    once: str = ""  # a mark under which it is said once, however often it is sent


async def tell(
    store: Store, conversation: str, spoken: Spoken, seal: Seal, *, operator: str = "", once: str = ""
) -> Written:
    """Say something outside of a turn, all of it or nothing; by an operator: only while this one has the talk."""
    kinds = ("conversation", "handoff", "lines", "transcript", "outbox")
    args = [conversation, operator, once, *spoken.arguments(seal)]
    outcome = await store.run("tell", [key(kind, conversation) for kind in kinds], args)
    written: Written = outcome.decode()
    return written


async def sent(store: Store, claim: Claim, left: Sequence[Copy] = (), pause: int = 0) -> None:
    """Take the head of the outbox off: the platform has it. The next one may go in so many milliseconds."""
    await _end(store, claim, "sent", pause, left)


async def given_up(store: Store, claim: Claim) -> None:
    """Take the head of the outbox off: it never arrives, and who looks at the talk can see that."""
    await _end(store, claim, "lost", 0, ())


async def later(store: Store, claim: Claim, delay: int) -> None:
    """Keep the head, and try again after so many milliseconds."""
    await _end(store, claim, "later", delay, ())


async def _end(store: Store, claim: Claim, outcome: str, delay: int, left: Sequence[Copy]) -> None:
    keys = [key("sender", claim.conversation), "postbox"]
    args = [claim.conversation, claim.token, outcome, delay, *provider_copies.arguments(store, left)]
    await store.run("sent", keys, args)
