"""Which of the shown choices a message means: its number in any script, a number word, or the words of the choice."""

import re
import unicodedata
from typing import Any

from bot.phrases import Phrasebook

_ASIDE = re.compile(r"[^\w\s]+")


def chosen(text: str, choices: list[dict[str, Any]], locale: str, book: Phrasebook) -> dict[str, Any] | None:
    """Give the choice that the whole message names, or None."""
    said = _plain(text)
    if not said or not choices:
        return None
    number = _number(said, locale, book)
    if number is not None:
        return choices[number - 1] if 1 <= number <= len(choices) else None
    for choice in choices:
        if said == _plain(book.render(choice["say"], choice.get("arguments") or {}, locale)):
            return choice
    return None


def _number(said: str, locale: str, book: Phrasebook) -> int | None:
    # isdecimal is true for the digits of every script, and int() reads them: "2", "２", "٢", "२".
    if said.isdecimal() and len(said) <= 2:
        return int(said)
    for number in range(1, 10):
        words = book.render(f"word_{number}", {}, locale).split("|")
        if said in (_plain(word) for word in words):
            return number
    return None


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_ASIDE.sub(" ", bare).split())
