"""Notes and drafts that people at the desk write in a conversation: sealed with its key, and gone when it is gone."""

import json
from dataclasses import asdict, dataclass

from bot.crypto.vault import SealBroken
from bot.storage.store import Store, key
from desk.auth.roles import Standing

LONGEST = 2_000  # letters


@dataclass(frozen=True)
class Note:
    """A note for whoever comes next, or writes now. The person never sees it."""

    who: str  # the author's name at the desk
    text: str
    when: float  # seconds since 1970


class Notes:
    """Notes and drafts in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add(self, conversation: str, note: Note) -> bool:
        """Save a note; False if the conversation is gone."""
        seal = await self._store.seal_of(conversation)
        if seal is None:
            return False
        sealed = seal.seal_words(asdict(note), "note")
        keys = [key("conversation", conversation), key("notes", conversation)]
        return bool(await self._store.run("add_note", keys, sealed=sealed))

    async def of(self, conversation: str) -> list[Note]:
        """Return the notes of a conversation, oldest first."""
        seal = await self._store.seal_of(conversation)
        sealed = await self._store.call("LRANGE", key("notes", conversation), 0, -1)
        try:
            return [Note(**json.loads(seal.open(one, "note"))) for one in sealed] if seal else []
        except SealBroken:  # erased at this moment
            return []

    async def draft(self, conversation: str, stands: Standing = "own") -> str:
        """Return the draft in a conversation; empty if there is none."""
        seal = await self._store.seal_of(conversation)
        sealed = await self._store.call("GET", _kept(conversation, stands))
        try:
            return seal.open(sealed, "draft").decode() if seal and sealed else ""
        except SealBroken:
            return ""

    async def keep_draft(self, conversation: str, text: str, stands: Standing = "own") -> None:
        """Save a draft, so neither a reload nor a dead browser loses it; an empty text deletes it.

        stands: how the conversation relates to the writer; whoever has joined it has a draft of their own.
        """
        seal = await self._store.seal_of(conversation)
        if seal is None:
            return
        sealed = seal.seal(text.encode("utf-8", "replace"), "draft") if text.strip() else b""
        keys = [key("conversation", conversation), _kept(conversation, stands)]
        await self._store.run("save_draft", keys, sealed=sealed)


def _kept(conversation: str, stands: Standing) -> str:
    return key("beside" if stands == "joined" else "draft", conversation)
