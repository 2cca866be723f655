"""The contract of a door: verify, parse, send, and what it can show."""

from dataclasses import dataclass
from typing import Protocol

from bot.outbox import Outgoing


@dataclass(frozen=True)
class Abilities:
    """What a channel can show a person."""

    buttons: bool = False  # choices as buttons; else they are written out as numbered lines
    pulls: bool = False  # the person's page fetches lines from the transcript; nothing is sent


class BadPayload(Exception):
    """A request that is not what the platform sends: answered with 400, never shown to a person."""


class DeliveryError(Exception):
    """A message could not be delivered. `permanent`: trying again is useless (blocked, number gone)."""

    def __init__(self, reason: str, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


class Adapter(Protocol):
    """A channel that delivers by sending. `reason`s of its errors are fixed words, never texts or addresses."""

    name: str
    abilities: Abilities

    async def send(self, address: str, outgoing: Outgoing) -> None:
        """Deliver one message; raises DeliveryError."""
