"""ISO 639 codes for the languages of a feed, given by code or by name."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from babel import Locale
from babel.core import get_global

from resources_directory.exchange.feeds.feed_row import LanguageRow
from resources_directory.exchange.feeds.plain_text import spaced

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")
_MORE = frozenset({"mul", "multiple languages", "interpreters", "interpreter", "all languages", "other", "many"})


def codes_of(rows: Iterable[LanguageRow]) -> tuple[str, ...]:
    """Return the codes of the languages that are known, without duplicates."""
    return tuple(dict.fromkeys(code for row in rows for code in _code(row)))


def _code(row: LanguageRow) -> Iterator[str]:
    if {(row.code or "").casefold(), (row.name or "").casefold()} & _MORE:
        yield "mul"
        return
    # If only one word is given, a name takes precedence over a code: "Any" is not Anyin.
    found = _by_code(row.code) or _names().get(spaced(row.name or "")) or _by_code(row.name, sure=True)
    if found:
        yield found


def _by_code(told: str | None, sure: bool = False) -> str | None:
    """Return a code in its short form; `sure`: only a code that CLDR has a name for."""
    head, dash, script = (told or "").strip().replace("_", "-").partition("-")
    head = head.lower()
    alias = str(get_global("language_aliases").get(head, head)) if len(head) == 3 else head
    # To CLDR, Dari is Persian of Afghanistan; people who speak it look for Dari.
    short = head if "_" in alias else alias
    code = f"{short}{dash}{script}"
    if _CODE.fullmatch(code) and (short in _codes() or (len(short) == 3 and not sure)):
        return code
    return None


def name_of(code: str) -> str:
    """Return the English name of a language, for an export."""
    if code == "mul":
        return "Multiple languages"
    return str(Locale("en").languages.get(code.replace("-", "_")) or code)


@cache
def _codes() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages if "_" not in str(code))


@cache
def _names() -> dict[str, str]:
    """Return codes by name, in English and in the language itself."""
    english = {spaced(name): str(code) for code, name in Locale("en").languages.items() if "_" not in str(code)}
    own = {}
    for code in ("es", "fr", "pt", "ro", "uk", "ru", "ar", "fa", "hi", "ur", "bn", "zh", "vi", "th", "de", "it", "pl"):
        own[spaced(str(Locale(code).languages.get(code)))] = code
    return own | english
