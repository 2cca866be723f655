"""A way back to a conversation of the page, made only where somebody asks for it: four words, for some hours, once.

What is kept is what the computer has noted: no line that was written. Until the words come its key opens with these words only,
beside the master key and the present epoch, and nothing leads from the page or from anybody to it (docs/privacy.md).
"""

import re
import secrets
import unicodedata
from asyncio import to_thread
from dataclasses import asdict
from functools import cache
from pathlib import Path

from bot.conversation.record import Record
from bot.crypto.vault import SealBroken
from bot.messaging.farewell import FETCHED
from bot.messaging.transcript import Line
from bot.phrases.phrases import Phrasebook
from bot.storage.store import Claim, Store, key

WORDS = 4
_FILE = Path(__file__).parents[2] / "data" / "way_back" / "words.txt"
_LONGEST = 200  # letters that are looked at
_BETWEEN = re.compile(r"[^a-z]+")
_TRIES = "way_back_tries"
_MINUTE, _TRIES_OF_ALL = 60, 30  # seconds; words that are tried in them, right or wrong, wherever they come from
_MOST = 20_000  # ways back at once: each is kept for a day, and whoever makes many must not fill the memory with them
_AGAIN = 3  # looks where the key was wrapped anew at the same moment
_CHECK = "utter_safe_again"


@cache
def words() -> tuple[str, ...]:
    """Return the list of words."""
    return tuple(line for line in _FILE.read_text("utf-8").splitlines() if line and not line.startswith("#"))


def new_words() -> str:
    """Draw four words."""
    return " ".join(secrets.choice(words()) for _ in range(WORDS))


def typed(text: str) -> str | None:
    """Return the words as they were drawn, however they were typed; None for what can be none."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    found = [word for word in _BETWEEN.split(plain) if word]
    return " ".join(found) if len(found) == WORDS and set(found) <= set(words()) else None


async def leave(store: Store, claim: Claim, drawn: str, farewell: bytes, hours: int) -> bool:
    """Put a conversation away behind its words and end its page, in one step; False where that cannot be now: nothing is done.

    `farewell`: what the page shows in its place, sealed for it.
    """
    names = [key(kind, claim.conversation) for kind in ("holder", "conversation", "inbox")]
    wrapped = await store.call("HGET", names[1], "key")
    if not wrapped:
        return False
    done = await store.run(
        "leave_way_back",
        names,
        id=claim.conversation,
        token=claim.token,
        before=wrapped,
        key=await to_thread(store.vault.closed_by, claim.conversation, wrapped, drawn),
        words=_hashes(store, drawn)[0],
        most=_MOST,
        seconds=hours * 3_600,
        farewell=farewell,
        farewell_seconds=FETCHED,
    )
    return bool(done)


async def may_try(store: Store) -> bool:
    """Count a try, and return whether it is looked at: guessing is as slow from everywhere as from one place."""
    wait = await store.run("count_sign_in", [_TRIES], seconds=_MINUTE, free=[_TRIES_OF_ALL])
    return not wait


async def come_back(store: Store, drawn: str, token: str, book: Phrasebook, keep: int) -> bool:
    """Let the page of a token go on with the conversation of these words, and ask first whether it is safe to write.

    False for words that are wrong, used or expired. Of two pages with the same words, one goes on.
    """
    pointer = await store.pointer("web", token)
    for name in _hashes(store, drawn):
        for _ in range(_AGAIN):
            done = await _came_back(store, name, drawn, (pointer, token), book, keep)
            if done is not None:
                if done:
                    return True
                break
    return False


async def _came_back(
    store: Store, name: str, drawn: str, page: tuple[str, str], book: Phrasebook, keep: int
) -> bool | None:
    """Open one; None if its key was wrapped anew at this moment."""
    found = await store.call("GET", f"way_back:{name}")
    if not found:
        return False
    id_, (pointer, token) = found.decode(), page
    fields = await store.call("HMGET", key("conversation", id_), "key", "locale")
    sealed = await store.call("GET", key("record", id_))
    try:
        wrapped, seal = await to_thread(store.vault.opened_by, id_, fields[0] or b"", drawn)
        record = Record.load(seal.shared.open(sealed, "record")) if sealed else Record()
    except (SealBroken, TypeError, ValueError):
        return False  # lost with what was in memory, or damaged: as good as expired
    line = _check(record, book, (fields[1] or b"en").decode())
    outcome = await store.run(
        "come_back",
        [
            f"address:{pointer}",
            f"way_back:{name}",
            *(key(kind, id_) for kind in ("conversation", "record", "transcript")),
        ],
        id=id_,
        before=fields[0],
        key=wrapped,
        record=seal.shared.seal(record.dump(), "record"),
        line=line.sealed(seal),
        pointer=pointer,
        sealed_address=seal.seal(token.encode(), "address"),
        keep_seconds=keep,
    )
    return None if outcome < 0 else bool(outcome)


def _check(record: Record, book: Phrasebook, locale: str) -> Line:
    """Put the record as it stands after a long silence, and return the question that comes first."""
    reply = book.reply(_CHECK)
    record.comes_back([asdict(choice) for choice in reply.choices])
    numbered = enumerate(reply.choices, 1)
    shown = [{"number": number, "text": book.render(choice.say, {}, locale)} for number, choice in numbered]
    return Line("us", book.render(_CHECK, {}, locale), say=_CHECK, choices=shown, locale=locale)


def _hashes(store: Store, drawn: str) -> list[str]:
    """Return where words lead: under this master key, and under the one of before while it is being changed."""
    vaults = filter(None, (store.vault, store.vault.before))
    return [vault.keyed("way back", drawn) for vault in vaults]


def shown(drawn: str) -> str:
    """Return the words as they are shown: from left to right, in whatever script the sentence around them is."""
    return f"\u2066{drawn}\u2069"
