"""Turns the languages of a feed, by code or by name, into ISO 639."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from babel import Locale
from babel.core import get_global

from resources_directory.exchange.feeds.feed_row import LanguageRow
from resources_directory.exchange.feeds.plain_text import folded

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")
_MORE = frozenset({"mul", "multiple languages", "interpreters", "interpreter", "all languages", "other", "many"})


def codes_of(rows: Iterable[LanguageRow]) -> tuple[str, ...]:
    """Give the codes of the languages that are known, each once."""
    return tuple(dict.fromkeys(code for row in rows for code in _code(row)))


def _code(row: LanguageRow) -> Iterator[str]:
    if {(row.code or "").casefold(), (row.name or "").casefold()} & _MORE:
        yield "mul"
        return
    # A name comes before a code where only one word is given: "Any" is no Anyin.
    found = _by_code(row.code) or _names().get(folded(row.name or "")) or _by_code(row.name, sure=True)
    if found:
        yield found


def _by_code(told: str | None, sure: bool = False) -> str | None:
    """Give a code in the short form; `sure`: only one that CLDR has a name for."""
    head, dash, script = (told or "").strip().replace("_", "-").partition("-")
    head = head.lower()
    alias = str(get_global("language_aliases").get(head, head)) if len(head) == 3 else head
    # Dari is Persian of Afghanistan to CLDR; who speaks it looks for Dari.
    short = head if "_" in alias else alias
    code = f"{short}{dash}{script}"
    if _CODE.fullmatch(code) and (short in _codes() or (len(short) == 3 and not sure)):
        return code
    return None


def name_of(code: str) -> str:
    """Give the English name of a language, for an export."""
    if code == "mul":
        return "Multiple languages"
    return str(Locale("en").languages.get(code.replace("-", "_")) or code)


@cache
def _codes() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages if "_" not in str(code))


@cache
def _names() -> dict[str, str]:
    """Names in English and in the language itself."""
    english = {folded(name): str(code) for code, name in Locale("en").languages.items() if "_" not in str(code)}
    own = {}
    for code in ("es", "fr", "pt", "ro", "uk", "ru", "ar", "fa", "hi", "ur", "bn", "zh", "vi", "th", "de", "it", "pl"):
        own[folded(str(Locale(code).languages.get(code)))] = code
    return own | english
