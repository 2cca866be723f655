"""A claimed conversation with its key applied, and the message at the head of its inbox."""

import json
from asyncio import to_thread
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.crypto.vault import Seal, Vault
from bot.engine.protocol import Decision
from bot.language.locale import WORDS_TO_CHANGE, detect, served, settle
from bot.language.scripts_of_text import count_words
from bot.messaging.message import Hints, Reply, Urgency
from bot.messaging.transcript import Line, record
from bot.phrases.phrases import SHARED
from bot.storage.store import Claim, Store, key

_TYPED = ("text", "captioned")  # kinds that hold words of the person
_PAIR = 2
_WORDS = (*_TYPED, "command", "choice")
A_MINUTE = 30  # turns of one conversation after which only a crisis is answered; nobody types that fast for long


@dataclass(frozen=True)
class OpenTurn:
    """One message, and what decides which of the replies to it are said."""

    claim: Claim
    seal: Seal
    channel: str
    pointer: str
    settled: str | None
    who: str  # who answers the person: bot or operator
    turn: str
    text: str
    cut: bool  # it was longer than what is kept
    kind: str
    hints: Hints
    looked_at: bool = True  # the version before took messages in without looking for what must not wait
    urgent: Mapping[str, Urgency] = field(
        default_factory=dict
    )  # the messages that must not wait, by turn, this one included
    mark: bytes = b""  # of this message, as it is kept; empty if it can wait
    place: int | None = None  # of a location: the number of its city in GeoNames
    pair: str = ""  # two locales, with a blank: what somebody whose language is not served is answered in
    this_minute: int = 1  # turns of this conversation in this minute

    @classmethod
    def of(cls, claim: Claim, vault: Vault) -> "OpenTurn":
        """Open the head of a claimed conversation; raises SealBroken."""
        fields = claim.fields
        seal = vault.unwrap(claim.conversation, fields["key"])
        message = json.loads(seal.open(claim.head, "inbox"))
        settled, who = fields.get("locale", b"").decode() or None, fields.get("who", b"bot").decode()
        about = (fields["channel"].decode(), fields["pointer"].decode(), settled, who)
        said = (message["turn"], message["text"], bool(message.get("cut")), message["kind"])
        marks = {sealed: json.loads(seal.open(sealed, "urgent")) for sealed in claim.marks}
        urgent = {plain["turn"]: Urgency(plain["quick"], plain["cry"]) for plain in marks.values()}
        mark = next((sealed for sealed, plain in marks.items() if plain["turn"] == message["turn"]), b"")
        looked_at, place, pair = "cry" in message, message.get("place"), fields.get("pair", b"").decode()
        return cls(claim, seal, *about, *said, Hints.of(message["hints"]), looked_at, urgent, mark, place, pair)

    @property
    def id(self) -> str:
        """Return the conversation's id."""
        return self.claim.conversation

    @property
    def address(self) -> str:
        """Return the address of the person."""
        return self.seal.open(self.claim.fields["address"], "address").decode()

    @property
    def hurried(self) -> bool:
        """Whether messages come faster than anybody types."""
        return self.this_minute > A_MINUTE

    @property
    def cries(self) -> bool:
        """Whether this message, or one that waits behind it, has a reviewed phrase for a crisis."""
        return any(one.cry for one in self.urgent.values())

    def counted(self, this_minute: int) -> "OpenTurn":
        """Return this turn with the count of its minute."""
        return replace(self, this_minute=this_minute)

    async def looked_through(self, store: Store, urgency: Callable[[str, str], Urgency]) -> "OpenTurn":
        """Return this turn with what must not wait in the inbox of somebody who wrote to the version before."""
        waiting = await self.waiting(store)
        found = await to_thread(
            lambda: {message["turn"]: urgency(message["text"], self.channel) for message in waiting}
        )
        return replace(self, urgent={turn: one for turn, one in found.items() if one}, looked_at=True)

    def quick_word(self) -> tuple[str, str]:
        """Return a quick word and its turn, also of a message behind this one: it must not wait for an engine that is away.

        It is the last one, which does not apply to what was written after it. STOP counts wherever it stands.
        """
        found = {turn: one.quick for turn, one in self.urgent.items() if one.quick}
        last = next(reversed(found), "")
        return ("stop" if "stop" in found.values() else found.get(last, "")), last

    def line(self) -> Line:
        """Return what the transcript keeps of it. What came instead of text was not read, and a place is not kept here."""
        return Line("you", self.text if self.kind in _WORDS else "", kind=self.kind)

    def locales(self) -> list[str]:
        """Settle the language of the replies; two or more while it is not known which one is read."""
        written = self.text if self.kind in _TYPED else ""
        found = settle(written, self.hints, self.settled)
        if self.pair and not self.settled and not served(detect(written)):
            return self.pair.split()
        if not self.settled and (shared := _shared(found.locale, written)):
            return shared
        return [found.locale] if found.locale and not found.asked else list(found.candidates)

    def pair_to_keep(self, locales: Sequence[str]) -> str:
        """Return the two languages of an answer to words of some length: others may not take their place."""
        tells = self.kind in _TYPED and count_words(self.text) >= WORDS_TO_CHANGE
        return " ".join(locales) if len(locales) == _PAIR and tells and not self.settled else ""

    async def waiting(self, store: Store) -> list[dict[str, Any]]:
        """Return this message and those that wait behind it now, as they were queued."""
        queued = await store.call("LRANGE", key("inbox", self.id), 0, -1)
        found: list[dict[str, Any]] = [json.loads(self.seal.open(sealed, "inbox")) for sealed in queued]
        return found

    async def record_waiting(self, store: Store) -> None:
        """Add everything that waits to the transcript now, for the operator. Its own turn adds nothing to it later."""
        for message in await self.waiting(store):
            one = replace(self, turn=message["turn"], text=message["text"], kind=message["kind"])
            await record(store, self.claim, one.turn, one.line(), self.seal)

    def replies(self, decision: Decision, slower: Reply) -> list[Reply]:
        """Return the replies to say. Somebody who is blocked, too fast or with an operator gets only those marked `always`."""
        # The engine looked later than we did: between the two an operator may have come, or gone.
        answers = decision.answers or self.who
        quiet = answers != "bot" or self.claim.blocked or self.hurried
        said = [reply for reply in decision.replies if reply.always or not quiet]
        if self.this_minute == A_MINUTE + 1 and not self.claim.blocked:
            said.append(slower)
        if self.cut and not quiet:
            said.append(Reply("utter_too_long"))
        if self.kind == "captioned" and not quiet:
            said.append(Reply("utter_no_files"))
        return said


def _shared(locale: str | None, written: str) -> list[str]:
    """Return the languages that are read as one in Latin letters, where somebody writes so: the answer comes in these letters.

    Whoever has chosen a language by hand is answered in its own.
    """
    plain = "".join(letter for letter in written if letter.isalpha())
    pair = next((two for two in SHARED if locale in two), None)
    return [str(locale), *(pair - {locale})] if pair and plain and plain.isascii() else []
