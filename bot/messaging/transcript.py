"""The transcript: what was said in a conversation, line by line, and how much of it has arrived.

Lines are sealed. The web page and the desk read from here.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import dropwhile, takewhile
from typing import Any, Literal

from bot.crypto.vault import Seal, SealBroken
from bot.messaging.typing_state import PAGE_SILENT
from bot.storage.store import Claim, Store, key

NEWEST = 16  # lines that hold the last turn, however long the conversation is
Who = Literal["you", "us"]  # the person, or us: bot and operator
# How the names of all phrases that answer a crisis begin.
_CRISIS = ("utter_danger", "utter_number_", "utter_medical", "utter_self_harm", "utter_cannot_talk")


@dataclass(frozen=True)
class Line:
    """One line as the person sees it. The id orders lines and is assigned by the store."""

    who: Who
    text: str
    say: str | None = None  # the phrase behind it
    choices: list[dict[str, Any]] = field(default_factory=list)  # {"number": 1, "text": "Yes"}
    kind: str = "text"  # what came instead of text, unread: picture, voice, location …
    id: str = ""
    locale: str = ""  # of what we said, if it is in one language; the page around it may be in another
    pieces: list[dict[str, Any]] = field(default_factory=list)  # the text again, for the page: sentences and cards
    by: str = ""  # the alias of the operator who wrote it; empty: the person, or the bot
    original: str = ""  # what the operator wrote, where the text is a machine's translation of it, and says so
    glosses: list[str] = field(default_factory=list)  # the choices in English, for the desk; empty: they are in English
    # The whole text in English, for the desk, where phrases are filled into the phrase; empty: as the phrase is.
    english: str = ""

    def sealed(self, seal: Seal) -> bytes:
        """Return the sealed bytes to store."""
        plain = asdict(self)
        del plain["id"]
        for seldom in ("pieces", "english"):
            if not plain[seldom]:
                del plain[seldom]
        return seal.shared.seal_words(plain, "line")


@dataclass(frozen=True)
class Delivery:
    """How much of a conversation has arrived. A line up to `upto` is sent unless it is lost; a later line is on its way."""

    upto: str = ""  # id of the last line that has arrived, like all before it; empty: none yet
    failed: bool = False  # nothing reaches this person any more, as far as the platform says
    lost: frozenset[str] = frozenset()  # ids of lines that will never arrive
    page_closed: float | None = None  # when their page was closed, seconds since 1970
    page_seen: float | None = None  # when their page last asked for news while an operator had the conversation

    def page_open(self, now: float) -> bool | None:
        """Whether the page still asks for news; None where nothing is known of it, as on a channel that tells nothing."""
        return None if self.page_seen is None else not self.page_closed and now - self.page_seen < PAGE_SILENT

    def of(self, line: str) -> str:
        """Return the state of one of our lines: sent, waiting or failed."""
        if line in self.lost:
            return "failed"
        return "sent" if order(line) <= order(self.upto) else "failed" if self.failed else "waiting"


async def record(store: Store, claim: Claim, turn: str, line: Line, seal: Seal) -> int:
    """Add what the person wrote, once per turn, and return their number of messages in this minute; 0 if the claim is lost."""
    keys = [
        key(kind, claim.conversation) for kind in ("holder", "lines", "transcript", "conversation", "pace", "typing")
    ]
    return int(await store.run("record_line", keys, token=claim.token, turn=turn, line=line.sealed(seal)))


async def read(store: Store, conversation: str, after: str = "") -> list[Line]:
    """Return the lines after an id, or all lines without an id; none if the conversation is gone."""
    seal = await store.seal_of(conversation)
    if seal is None:
        return []
    start = f"({after}" if after else "-"
    return opened(await store.call("XRANGE", key("transcript", conversation), start, "+"), seal)


async def newest(store: Store, conversation: str, seal: Seal, most: int = NEWEST) -> list[Line]:
    """Return the last lines in order: enough for the last turn, however long the conversation is."""
    found = await store.call("XREVRANGE", key("transcript", conversation), "+", "-", "COUNT", most)
    return opened(reversed(found), seal)


def opened(entries: Iterable[tuple[bytes, Any]], seal: Seal) -> list[Line]:
    """Open entries as Redis returns them."""
    return [line for id_, fields in entries if (line := _open(id_, _line_field(fields), seal))]


async def delivered(store: Store, conversation: str) -> Delivery:
    """Return how much of a conversation has arrived: what a page has fetched, or what a platform has taken."""
    fields = ("channel", "fetched", "unreachable", "lost", "page_closed", "page_seen")
    asked = await store.call("HMGET", key("conversation", conversation), *fields)
    channel, fetched, unreachable, lost, closed, seen = (field.decode() if field else "" for field in asked)
    upto = fetched if channel == "web" else await _taken(store, conversation)
    moments = (int(moment) / 1000 if moment else None for moment in (closed, seen))
    return Delivery(upto, bool(unreachable), frozenset(lost.split()), *moments)


def order(line: str) -> tuple[int, int]:
    """Return the sort key of a line id: ids are milliseconds and a number, and do not sort as text."""
    milliseconds, _, number = line.partition("-")
    return int(milliseconds or 0), int(number or 0)


def ends_in_crisis(lines: Sequence[Line]) -> bool:
    """Whether what we said last answers a crisis; messages after it that still wait for an answer change nothing."""
    answered = dropwhile(lambda line: line.who == "you", reversed(lines))
    last = takewhile(lambda line: line.who == "us", answered)
    return any((line.say or "").startswith(_CRISIS) for line in last)


def _line_field(fields: Any) -> bytes:
    # redis-py returns a dict or a flat list, depending on the protocol version.
    return bytes(fields[b"line"] if isinstance(fields, dict) else fields[1])


def _open(id_: bytes, sealed: bytes, seal: Seal) -> Line | None:
    # A line sealed under the key of an erased conversation belongs to nobody any more.
    try:
        return Line(**json.loads(seal.shared.open(sealed, "line")), id=id_.decode())
    except SealBroken:
        return None


async def _taken(store: Store, conversation: str) -> str:
    """Return the id of the last line before all that waits: an answer to a crisis may be sent out of order."""
    # Read in this order: what is said between the two reads is on its way, and must not be taken for sent.
    last = await store.call("XREVRANGE", key("transcript", conversation), "+", "-", "COUNT", 1)
    waiting = await store.call("LRANGE", key("outbox", conversation), 0, -1)
    first = min((entry.partition(b" ")[0].decode() for entry in waiting), key=order, default="")
    if not first:
        return last[0][0].decode() if last else ""
    before = await store.call("XREVRANGE", key("transcript", conversation), f"({first}", "-", "COUNT", 1)
    return before[0][0].decode() if before else ""
