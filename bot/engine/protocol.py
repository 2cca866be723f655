"""What gateway and engine say to each other: one question a turn, one decision back, over HTTP on a private network.

Both ends import this module, so a field, a path or a status is written down once.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from bot.messaging.message import TEXT_KEPT, Reply
from bot.text.cleaning import unfolded

PATH = "/webhooks/quietline"
TURN, HEALTH = "/turn", "/health"  # below PATH
# Statuses of an answer that is no decision. The body is {"error": one word}, and never a text of anybody.
BAD_QUESTION, NOT_GENUINE, ERASED, FAILED, STORE_AWAY = 400, 401, 404, 500, 503
_NAME_LENGTH = 64  # letters of a name that becomes part of a key


def authorization(token: str) -> str:
    """Return the value of the Authorization header that the two share."""
    return f"Bearer {token}"


def counts_against_turn(status: int) -> bool:
    """Whether the engine was there and could not answer this turn; else it would fail at any turn just now."""
    return status not in (NOT_GENUINE, STORE_AWAY)


class BadQuestion(Exception):
    """A question that the gateway would not ask; the text is one word."""


@dataclass(frozen=True)
class Question:
    """What the engine is told of a turn: never an address, and of keys only that of this conversation."""

    conversation: str
    turn: str
    text: str
    data_key: str  # in base64: Seal.lend
    locale: str = "en"
    channel: str = "web"
    kind: str = "text"
    country: str = ""  # ISO 3166-1 alpha-2, from the phone's prefix: for numbers to call in this turn
    region: str = ""  # ISO 3166-1 alpha-2, from the language of the app or browser ("pt-PT"): never enough by itself
    unsure: str = ""  # BCP 47 tags, with commas: the reply comes in these languages, and a choice between them is due
    place: str = ""  # of a location: the number of its city in GeoNames
    organisation: str = ""  # what the organisation has set, in JSON; empty: nothing
    way_back: str = ""  # for how many hours a way back can be made; empty: none can
    urgent: str = ""  # "1": it does not wait behind what others wrote

    @classmethod
    def of(cls, plain: Any) -> "Question":
        """Read the JSON form; raises BadQuestion. Rasa itself would put nameless messages into one conversation."""
        if not isinstance(plain, Mapping):
            raise BadQuestion("json")
        known = {field.name: plain[field.name] for field in fields(cls) if plain.get(field.name) is not None}
        for name in ("conversation", "turn", "text", "data_key"):
            if not isinstance(known.get(name), str) or not (known[name] or name == "text"):
                raise BadQuestion(name)
        for name in ("conversation", "turn"):
            # These become names of keys.
            if len(known[name]) > _NAME_LENGTH or not known[name].replace("-", "").replace("_", "").isalnum():
                raise BadQuestion(name)
        if not all(isinstance(value, str) for value in known.values()):
            raise BadQuestion("type")
        return cls(**{**known, "text": unfolded(known["text"][:TEXT_KEPT])})

    def plain(self) -> dict[str, str]:
        """Return the JSON form."""
        return asdict(self)


@dataclass(frozen=True)
class Decision:
    """What the engine decided for one turn."""

    replies: tuple[Reply, ...]
    forget: bool = False  # erase the conversation once the replies are said
    locale: str | None = None  # the person asked for this language
    intent: str | None = None
    crisis: bool = False
    complaints: tuple[str, ...] = ()  # ids of services that do not work, as the person said
    unmet: tuple[dict[str, str], ...] = ()  # need, country, region, locale of what was not found
    answers: str = ""  # who answered this turn, bot or operator, as the engine saw it; empty where it did not look
    hush: bool = False  # somebody else may hold the phone from now on: what waits to be sent is taken back
    way_back: bool = False  # put the conversation away behind four words, instead of all replies
    helped: str = ""  # the answer to "did this help?", to be counted

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Decision":
        """Read the JSON form; raises KeyError, TypeError or ValueError on anything else."""
        locale, intent, answers = plain.get("locale"), plain.get("intent"), plain.get("answers") or ""
        if not all(isinstance(word, str | None) for word in (locale, intent, answers)):
            raise TypeError("locale, intent and answers are words")
        return cls(
            replies=tuple(Reply.of(reply) for reply in plain["replies"]),
            forget=bool(plain.get("forget")),
            locale=locale,
            intent=intent,
            crisis=bool(plain.get("crisis")),
            complaints=_words(plain.get("complaints")),
            unmet=tuple(_named(unmet) for unmet in plain.get("unmet") or ()),
            answers=answers,
            hush=bool(plain.get("hush")),
            way_back=bool(plain.get("way_back")),
            helped=str(plain.get("helped") or ""),
        )

    def plain(self) -> dict[str, Any]:
        """Return the JSON form."""
        return asdict(self)


def _words(plain: Any) -> tuple[str, ...]:
    words = tuple(plain or ())
    if not all(isinstance(word, str) for word in words):
        raise TypeError("only words are expected")
    return words


def _named(plain: Mapping[str, Any]) -> dict[str, str]:
    return dict(zip(plain, _words(plain.values()), strict=True))
