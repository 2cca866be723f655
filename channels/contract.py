"""The contract of a door: verify, parse, answer, send, delete, and what it can show.

An adapter knows its platform and nothing of our server: requests come to it as plain values, and plain values
go back. What it raises are fixed words, never texts, addresses or tokens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.messaging.message import Message
from bot.messaging.outbox import Outgoing
from bot.messaging.provider_copies import Copy

# What became of a request at the door: all of it is kept; the store is away; too many messages of this person wait.
IntakeOutcome = Literal["kept", "away", "full"]


@dataclass(frozen=True)
class Abilities:
    """What a channel can show a person, and how its platform wants to be used."""

    buttons: bool = False  # choices as buttons; else they are written out as numbered lines
    pulls: bool = False  # the person's page fetches lines from the transcript; nothing is sent
    pause: int = 0  # milliseconds between two messages to one person
    longest: int = 0  # letters of one message, where there are buttons; 0: no limit


@dataclass(frozen=True)
class Payload:
    """A request of a platform, before anything in it is believed."""

    path: str
    url: str  # as the platform called it, behind whatever proxy: signatures are made over it
    headers: Mapping[str, str]  # names in lower case
    body: bytes


@dataclass(frozen=True)
class WebhookAnswer:
    """What the platform gets back."""

    status: int = 200
    body: str = ""
    content_type: str = "text/plain"


@dataclass(frozen=True)
class Receipt:
    """News of a message that we sent. `failed` is a fixed word; None: it has arrived."""

    copy: str  # the platform's id of that message
    failed: str | None = None


@dataclass(frozen=True)
class Gone:
    """The person has shut this door behind them: the bot was blocked, or deleted."""

    address: str
    id: str  # of this news


# A copy by itself is of a message that is not taken in, and is to be deleted all the same.
Event = Message | Receipt | Gone | Copy


class BadPayload(Exception):
    """A request that is not what the platform sends: answered with 400, never shown to a person."""


class NotGenuine(Exception):
    """A request without the platform's signature: answered with 403, and nothing in it is looked at."""


class DeliveryError(Exception):
    """A platform did not do what it was asked. `permanent`: trying again is useless (blocked, number gone).

    `after`: seconds that the platform wants to be left alone.
    """

    def __init__(self, reason: str, permanent: bool, after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.after = after


class Sends(Protocol):
    """A channel that delivers by sending; all that the sender needs of a door."""

    name: str
    abilities: Abilities

    async def send(self, address: str, outgoing: Outgoing) -> list[Copy]:
        """Deliver one message, and give the copies of it that the platform now has; raises DeliveryError."""

    async def delete(self, copy: Copy) -> None:
        """Delete one message at the platform; raises DeliveryError. What is gone already is no error."""


class Adapter(Sends, Protocol):
    """A door that a platform knocks at."""

    paths: tuple[str, ...]

    def verify(self, payload: Payload) -> None:
        """Raise NotGenuine unless the platform sent it."""

    def parse(self, payload: Payload) -> Sequence[Event]:
        """Give what a genuine request tells; nothing for what we do not understand. Raises BadPayload."""

    def answer(self, outcome: IntakeOutcome, payload: Payload) -> WebhookAnswer:
        """Give what the platform gets back."""

    async def start(self) -> None:
        """Tell the platform where we are; tried again until it has worked."""

    async def introduce(self) -> None:
        """Tell the platform what to show beside the talk, in each language; tried again until it has worked."""

    async def stop(self) -> None:
        """Let connections go."""
