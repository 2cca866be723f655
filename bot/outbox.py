"""Replies on their way to a platform: sealed, in order, kept until the platform has taken them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bot import copies
from bot.copies import Copy
from bot.store import Claim, Store, key
from bot.vault import Seal


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


async def sent(store: Store, claim: Claim, left: Sequence[Copy] = (), pause: int = 0) -> None:
    """Take the head of the outbox off: the platform has it, or never will. The next one may go in so many milliseconds."""
    await _end(store, claim, 1, pause, left)


async def later(store: Store, claim: Claim, delay: int) -> None:
    """Keep the head, and try again after so many milliseconds."""
    await _end(store, claim, 0, delay, ())


async def _end(store: Store, claim: Claim, gone: int, delay: int, left: Sequence[Copy]) -> None:
    keys = [key("sender", claim.conversation), "postbox"]
    args = [claim.conversation, claim.token, gone, delay, *copies.arguments(store, left)]
    await store.run("sent", keys, args)
