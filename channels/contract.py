"""The contract of a channel adapter: verify, parse, answer, send, delete, and what its channel can show.

An adapter knows its platform and nothing about our server: it takes requests as plain values and returns plain
values. Its errors carry fixed words, never texts, addresses or tokens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.messaging.message import Message
from bot.messaging.outbox import Outgoing
from bot.messaging.provider_copies import Copy

# The outcome of a request: all of it is stored; the store is down; too many messages from this person are waiting.
IntakeOutcome = Literal["kept", "away", "full"]


@dataclass(frozen=True)
class Abilities:
    """What a channel can show, and the limits its platform sets."""

    buttons: bool = False  # choices as buttons; otherwise they become numbered lines
    pulls: bool = False  # the person's page fetches lines from the transcript; nothing is sent to it
    pause: int = 0  # milliseconds between two messages to one person
    longest: int = 0  # maximum characters per message on a channel with buttons; 0: no limit


@dataclass(frozen=True)
class Payload:
    """A request from a platform, before anything in it is trusted."""

    path: str
    url: str  # as the platform called it, whatever proxy lies in between: signatures cover it
    headers: Mapping[str, str]  # names in lower case
    body: bytes


@dataclass(frozen=True)
class WebhookAnswer:
    """The HTTP response to the platform."""

    status: int = 200
    body: str = ""
    content_type: str = "text/plain"


@dataclass(frozen=True)
class Receipt:
    """A delivery report on a message we sent. `failed` is a fixed word, or None if it arrived."""

    copy: str  # the platform's id of that message
    failed: str | None = None


@dataclass(frozen=True)
class PersonGone:
    """The person has left the channel: they blocked the bot or deleted it."""

    address: str
    id: str  # of this event


@dataclass(frozen=True)
class NotTaken:
    """A message that we neither keep nor answer. What the platform has of it must still be deleted."""

    reason: str  # a fixed word
    copies: tuple[Copy, ...]
    message: Message | None = None  # of somebody who may have a conversation from before: they can still erase it


Event = Message | Receipt | PersonGone | NotTaken


class BadPayload(Exception):
    """A request that the platform would not send: answered with 400, never shown to a person."""


class NotGenuine(Exception):
    """A request without the platform's signature: answered with 403 and not read any further."""


class DeliveryError(Exception):
    """A platform refused or failed a call. `permanent`: retrying is useless (blocked, number gone).

    `after`: seconds to wait before the next call, as the platform asks.
    """

    def __init__(self, reason: str, permanent: bool, after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.after = after


class HeldBack(DeliveryError):
    """We hold a message back ourselves, since it would cost too much. The person can still be reached.

    `instead`: the copies of what was sent in its place.
    """

    def __init__(self, reason: str, instead: Sequence[Copy] = ()) -> None:
        super().__init__(reason, permanent=True)
        self.instead = instead


class Sends(Protocol):
    """A channel that pushes messages; all that the sender needs of an adapter."""

    name: str
    abilities: Abilities

    async def send(self, address: str, outgoing: Outgoing) -> list[Copy]:
        """Deliver one message and return the copies that the platform now holds. Raises DeliveryError."""

    async def delete(self, copy: Copy) -> None:
        """Delete one message at the platform. Raises DeliveryError, but not if the message is already gone."""


class Adapter(Sends, Protocol):
    """A channel whose platform calls our webhooks."""

    paths: tuple[str, ...]

    def verify(self, payload: Payload) -> None:
        """Raise NotGenuine unless the platform sent this request."""

    def parse(self, payload: Payload) -> Sequence[Event]:
        """Return the events in a genuine request; none for a request we do not understand. Raises BadPayload."""

    def answer(self, outcome: IntakeOutcome, payload: Payload) -> WebhookAnswer:
        """Return the response to the platform."""

    async def start(self) -> None:
        """Tell the platform where to reach us; retried until it works."""

    async def introduce(self) -> None:
        """Tell the platform what to show around the conversation, in each language; retried until it works."""

    async def stop(self) -> None:
        """Close the connections."""
