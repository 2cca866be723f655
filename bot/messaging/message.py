"""Messages from people, and the replies that answer them.

A reply names a phrase and never carries a sentence, so the same words are used when Rasa is
away, and Rasa's tracker holds none of our prose.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.messaging.provider_copies import Copy
from bot.text.cleaning import shortened

TEXT_KEPT = 4_000  # characters of one message that are kept and understood


def kept(text: str) -> str:
    """Return text from outside in a form fit to be stored, with at most TEXT_KEPT characters."""
    return storable(shortened(text, TEXT_KEPT))


def storable(text: str) -> str:
    """Return a text without lone surrogates and null bytes."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


@dataclass(frozen=True)
class Hints:
    """What a channel knows about a person's language besides the text. Kept sealed until the message is answered."""

    telegram: str | None = None  # BCP 47 tag of the app's language
    country: str | None = None  # ISO 3166-1 alpha-2 code behind the phone's prefix
    accept: str | None = None  # the browser's Accept-Language header, unparsed

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Hints":
        """Take the hints from a mapping, ignoring everything else in it."""
        known = {name: plain.get(name) for name in ("telegram", "country", "accept")}
        return cls(**{name: value for name, value in known.items() if isinstance(value, str)})


UNREAD = (
    "captioned",
    "picture",
    "voice",
    "video",
    "file",
    "sticker",
    "contact",
)  # kinds with something that is dropped unopened


@dataclass(frozen=True)
class Message:
    """What one person sent, as a channel's adapter parsed it."""

    channel: str
    address: str
    provider_id: str
    text: str
    # text; captioned: text with a picture or a file that is dropped; choice: the words of one of our buttons, which say
    # nothing about the person's language; command: an entry of the messenger's menu;
    # or what came instead of text, dropped unread: picture, voice, video, location, sticker, contact, file, edit.
    kind: str = "text"
    hints: Hints = Hints()
    copies: tuple[Copy, ...] = ()  # what the provider keeps of it
    place: int | None = None  # of a location: the number of the nearest city in GeoNames, and nothing finer (P03)
    undated: bool = False  # what its platform signs has no time: whoever keeps the request can bring it again in a year


@dataclass(frozen=True)
class Urgency:
    """What of a message must never wait or be refused because of others before it."""

    quick: str = ""  # the quick word that it is: cover, erase, stop
    cry: bool = False  # it has a reviewed phrase for a crisis

    def __bool__(self) -> bool:
        return bool(self.quick) or self.cry


@dataclass(frozen=True)
class Choice:
    """One numbered answer: the phrase on the button, and the label it stands for."""

    say: str
    value: str  # a label of the domain, with entities after it: "provide_location country=MX"
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """What we say: a phrase by name. An argument is a string, a number, a reply, or a list of replies."""

    say: str
    arguments: dict[str, Any] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    always: bool = False  # also said while an operator answers, and in neutral mode

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Reply":
        """Parse the engine's JSON form `{say, arguments, choices, always}`."""
        choices = tuple(Choice(**choice) for choice in plain.get("choices") or ())
        return cls(str(plain["say"]), dict(plain.get("arguments") or {}), choices, bool(plain.get("always")))

    def plain(self) -> dict[str, Any]:
        """Return the JSON form of this reply."""
        return asdict(self)
