"""Notes from one shift to the next: sealed, for three days, shown to whoever comes on duty until they have read them.

They are about the shift, and never about what somebody said: a conversation has its own notes, which end with it.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bot.crypto.identity import new_id
from bot.crypto.vault import SealBroken
from bot.storage.store import Store, key
from bot.text.contact_details import without_contact_details
from desk.auth.people import Clock

KEPT = 72 * 3600  # seconds
LONGEST = 1_000  # letters
_MOST = 20  # notes at once
_INDEX = "handovers"
# Looks like a phone number, and is none if there is such a day.
_DATE = re.compile(r"(?<![\d-])20\d{2}-\d{2}-\d{2}(?![\d-])")
# An address that is spelled out: "ana at gmail dot com", "ana (arroba) gmail.com".
# No end of a sentence, and no sign that a word has: taken whole, so that nothing typed can make the search slow.
_BETWEEN = r"[\s()\[\]{}<>*_'\"-]++"
_SPELLED = re.compile(
    rf"\b(?:at|arroba)\b{_BETWEEN}(?:(?:[^\W_]++{_BETWEEN}){{1,3}}?(?:dot|punto)\b{_BETWEEN}\w|[a-z][\w-]*\.[a-z]{{2,6}}\b)",
    re.IGNORECASE,
)


class NotForAShift(ValueError):
    """What was typed is no such note; the text is a word of sentences.html."""


@dataclass(frozen=True)
class HandoverNote:
    """A note for the next shift."""

    id: str
    by: str  # an account
    text: str
    when: float  # seconds since 1970
    read_by: Collection[str] = ()  # accounts


class HandoverNotes:
    """The notes in the store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    async def check(self, text: str) -> None:
        """Raise NotForAShift if a note cannot be added."""
        checked(text)
        if len(await self.all()) >= _MOST:
            raise NotForAShift("notes_full")

    async def add(self, by: str, text: str, id_: str = "") -> HandoverNote:
        """Save a note; raises NotForAShift for nothing, too much, a number or address, or where there are twenty."""
        note = HandoverNote(id_ or new_id(), by, checked(text), self._clock())
        sealed = self._store.vault.desk.seal_words({"by": by, "text": note.text, "when": note.when}, _purpose(note.id))
        ends = int((note.when + KEPT) * 1000)
        given = {"id": note.id, "sealed": sealed, "now": int(note.when * 1000), "ends": ends}
        if not await self._store.run("add_handover", [_INDEX], **given, seconds=KEPT, most=_MOST):
            raise NotForAShift("notes_full")
        return note

    async def all(self) -> list[HandoverNote]:
        """Return the notes, latest first, without those sealed with another master key."""
        now = int(self._clock() * 1000)
        ids = [id_.decode() for id_ in await self._store.call("ZRANGEBYSCORE", _INDEX, f"({now}", "+inf")]
        found = [await self._note(id_) for id_ in reversed(ids)]
        return [note for note in found if note]

    async def unread(self, account: str) -> list[HandoverNote]:
        """Return the notes that somebody has not read yet, their own excepted, oldest first."""
        return [note for note in reversed(await self.all()) if account not in (note.by, *note.read_by)]

    async def read(self, note: str, account: str) -> None:
        """Note that somebody has read a note."""
        left = int(await self._store.call("TTL", key("handover", note)))
        if left > 0:
            await self._store.call("SADD", key("handover_read", note), account)
            await self._store.call("EXPIRE", key("handover_read", note), left)

    async def remove(self, note: str) -> None:
        """Remove a note."""
        await self._store.call("DEL", key("handover", note), key("handover_read", note))
        await self._store.call("ZREM", _INDEX, note)

    async def _note(self, id_: str) -> HandoverNote | None:
        sealed = await self._store.call("GET", key("handover", id_))
        try:
            plain = json.loads(self._store.vault.desk.open(sealed, _purpose(id_))) if sealed else None
        except SealBroken:
            return None
        readers = await self._store.call("SMEMBERS", key("handover_read", id_))
        return HandoverNote(id_, **plain, read_by=frozenset(each.decode() for each in readers)) if plain else None


def checked(text: str) -> str:
    """Return a note as it is kept; raises NotForAShift."""
    text = text.strip().replace("\r\n", "\n")
    if not text:
        raise NotForAShift("note_empty")
    if len(text) > LONGEST:
        raise NotForAShift("note_too_long")
    dateless = _DATE.sub(_unless_a_day, text)
    if without_contact_details(dateless) != dateless or _SPELLED.search(text):
        raise NotForAShift("note_with_contact")
    return text


def _unless_a_day(found: re.Match[str]) -> str:
    try:
        date.fromisoformat(found[0])
    except ValueError:
        return found[0]
    return ""


async def reseal(store: Store) -> None:
    """Seal all notes with the master key of now."""
    for id_, sealed in (await sealed_notes(store)).items():
        if store.vault.is_of_before(sealed, _purpose(id_)):
            again = store.vault.desk.seal(store.vault.desk.open(sealed, _purpose(id_)), _purpose(id_))
            await store.call("SET", key("handover", id_), again, "XX", "KEEPTTL")


async def sealed_notes(store: Store) -> dict[str, bytes]:
    """Return all notes by id, as they are sealed."""
    ids = [id_.decode() for id_ in await store.call("ZRANGE", _INDEX, 0, -1)]
    return {id_: sealed for id_ in ids if (sealed := await store.call("GET", key("handover", id_)))}


def _purpose(id_: str) -> str:
    return f"handover {id_}"
