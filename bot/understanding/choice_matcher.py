"""Which of the shown choices a message means: its number in any script, a number word, or the words of the choice."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import product
from typing import Any

from bot.phrases.phrases import Phrasebook

_ASIDE = re.compile(r"[^\w\s]+")
# What people say before a number: "number two", "la 2", "الخيار الثاني".
_BEFORE = frozenset(
    {"number", "option", "choice", "answer", "the", "numero", "opcion", "respuesta", "la", "el"}
    | {"رقم", "الرقم", "خيار", "الخيار", "الاختيار"}
)
_AFTER = frozenset({"option", "choice", "opcion"})
# One word stands for a choice if it has at least this many letters, unless people say it alone to mean something else.
_TELLING = 4
_NOT_TELLING = frozenset(
    {"help", "what", "when", "where", "this", "that", "here", "with", "sure", "safe", "danger", "want", "need", "know"}
    | {
        "como",
        "para",
        "esto",
        "aqui",
        "donde",
        "cuando",
        "quien",
        "puede",
        "quiero",
        "seguro",
        "segura",
        "algo",
        "ayuda",
    }
    | {"متاكد", "متاكدة", "اعرف", "اريد", "مساعدة", "يمكن", "يمكنه", "هذا", "لست", "امان", "الذي", "احدهم"}
)


def chosen(
    text: str,
    choices: list[dict[str, Any]],
    locale: str,
    book: Phrasebook,
    channel: str = "web",
    also: Sequence[str] = (),  # other languages in which the choices were shown, while it was unknown which is read
) -> dict[str, Any] | None:
    """Return the choice that the whole message names, or None; in the words of the channel, or the fuller words of the page."""
    said = _plain(text)
    if not said or not choices:
        return None
    number = number_in(said, locale, book)
    if number is not None:
        return choices[number - 1] if 1 <= number <= len(choices) else None
    for tag, door in product(dict.fromkeys((locale, *also)), dict.fromkeys((channel, "web"))):
        shown = [_plain(book.render(choice["say"], choice.get("arguments") or {}, tag, door)) for choice in choices]
        place = shown.index(said) if said in shown else _by_one_word(said, shown)
        if place is not None:
            return choices[place]
    return None


def number_in(text: str, locale: str, book: Phrasebook) -> int | None:
    """Return the number that the whole text is, in digits of any script or as a word: "2", "٢", "la 2", "dos"."""
    said = _plain(text)
    bare = _without_aside(said)
    # isdecimal is true for the digits of every script, and int() reads them: "2", "２", "٢", "२".
    if bare.isdecimal() and len(bare) <= 2:
        return int(bare)
    for number in range(1, 10):
        words = {_plain(word) for word in book.render(f"word_{number}", {}, locale).split("|")}
        if not words.isdisjoint((said, bare)):
            return number
    return None


def _without_aside(said: str) -> str:
    words = said.split()
    while len(words) > 1 and words[0] in _BEFORE:
        words = words[1:]
    return " ".join(words[:-1] if len(words) > 1 and words[-1] in _AFTER else words)


def _by_one_word(said: str, shown: list[str]) -> int | None:
    having = [place for place, words in enumerate(shown) if said in words.split()]
    telling = len(said) >= _TELLING and said not in _NOT_TELLING
    return having[0] if telling and len(having) == 1 else None


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_ASIDE.sub(" ", bare).split())
