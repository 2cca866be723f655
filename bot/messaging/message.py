"""What travels: a message from a person, the reply that answers it, and the engine's decision between the two.

A reply names a phrase and never carries a sentence, so the same words are used when Rasa is
away, and Rasa's tracker holds no prose of ours.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.messaging.provider_copies import Copy

TEXT_KEPT = 4_000  # letters of one message that are kept and understood
_END_KEPT = 1_000  # of a longer one: what is most urgent is often said last


def kept(text: str) -> str:
    """Make text from outside fit to be stored, with at most TEXT_KEPT letters."""
    if len(text) > TEXT_KEPT:
        text = f"{text[: TEXT_KEPT - _END_KEPT - 1]}\n{text[-_END_KEPT:]}"
    return storable(text)


def storable(text: str) -> str:
    """Give a text without lone surrogates and null bytes."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


@dataclass(frozen=True)
class Hints:
    """What a channel knows about the language of a person besides the text. Kept sealed until the message is answered."""

    telegram: str | None = None  # BCP 47 tag of the app's language
    country: str | None = None  # ISO 3166-1 alpha-2 code behind the phone's prefix
    accept: str | None = None  # the browser's Accept-Language header, as it came

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Hints":
        """Take the hints that we know from a mapping, ignoring all else in it."""
        known = {name: plain.get(name) for name in ("telegram", "country", "accept")}
        return cls(**{name: value for name, value in known.items() if isinstance(value, str)})


@dataclass(frozen=True)
class Message:
    """What one person sent, as a door parsed it."""

    channel: str
    address: str
    provider_id: str
    text: str
    # text; captioned: words beside a picture or a file that is dropped; choice: the words of a button of ours, which tell
    # nothing about the person's language; command: a word of the messenger's menu;
    # or what came instead of text, dropped unread: picture, voice, video, location, sticker, contact, file, edit.
    kind: str = "text"
    hints: Hints = Hints()
    copies: tuple[Copy, ...] = ()  # what the provider keeps of it
    place: int | None = None  # of a location: the number of the nearest city in GeoNames, and nothing finer (P03)


@dataclass(frozen=True)
class Choice:
    """One numbered answer: the phrase on the button, and the label that it stands for."""

    say: str
    value: str  # a label of the domain, with entities behind it: "provide_location country=MX"
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
        """Read the engine's JSON form `{say, arguments, choices, always}`."""
        choices = tuple(Choice(**choice) for choice in plain.get("choices") or ())
        return cls(str(plain["say"]), dict(plain.get("arguments") or {}), choices, bool(plain.get("always")))

    def plain(self) -> dict[str, Any]:
        """Give the JSON form of this reply."""
        return asdict(self)
