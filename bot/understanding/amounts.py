"""Sums of money and spans of time that a text names, in any digits or in words: "400 dollars", "3 meses", "ثلاثة أشهر".

For an operator who reads a case: how much, since when. The words come from data/amount_words/: no library reads sums and
spans offline in our languages (price-parser knows symbols only, Recognizers-Text four of the sixteen, Babel's units seven).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import regex
import yaml

from bot.text.cleaning import clean, folded

_Value = TypeVar("_Value")
FOLDER = Path(__file__).parents[2] / "data" / "amount_words"
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_SYMBOLS = {"$": "dollar", "€": "EUR", "£": "pound", "₹": "INR", "¥": "CNY", "฿": "THB", "₽": "RUB", "₴": "UAH", "₫": "VND",
            "৳": "BDT", "₱": "PHP", "₦": "NGN", "元": "CNY"}  # fmt: skip
# A number with its separators, a currency symbol, or a word; digits and letters are separate in "3mois".
_PARTS = regex.compile(r"\p{Nd}+(?:[.,٬٫'’]\p{Nd}+)*|\p{Sc}|[\p{L}\p{M}]+")
_DECIMALS = regex.compile(r"[.,٫]\p{Nd}{1,2}$")
_SPACELESS = regex.compile(r"[\p{Han}\p{Thai}]")
_MOST_UNITS, _AGES = 1000, 8
_MOST = 1e12  # a larger number is that of a telephone or an account


@dataclass(frozen=True)
class Money:
    """A sum and its words: "400 USD", or the plain name if several countries have such a currency ("400 peso")."""

    value: str
    words: str


@dataclass(frozen=True)
class TimeSpan:
    """A span of time in days, and its words."""

    days: int
    words: str


@dataclass(frozen=True)
class _Part:
    start: int
    end: int
    number: float | None
    word: str


def money(text: str) -> list[Money]:
    """Return the sums of money that a text names."""
    cleaned, words = clean(text), _words()
    found, parts = [], _parts(cleaned)
    for place, part in enumerate(parts):
        if part.number is None:
            continue
        first, last, value = part, part, part.number
        if (scale := _at(parts, place + 1, words.scales)) is not None:
            last, value = parts[place + 1], value * scale
        after = parts.index(last) + 1
        currency = _at(parts, after, words.money)
        if currency is not None:
            last = parts[after]
        elif not part.word and (currency := _at(parts, place - 1, words.money)) is not None:
            first = parts[place - 1]  # "$400", "rs 2000"
        if currency is not None and value < _MOST:
            found.append(
                Money(f"{value:g} {currency}" if value < 1e6 else f"{value:.0f} {currency}", _run(cleaned, first, last))
            )
    return found


def spans(text: str) -> list[TimeSpan]:
    """Return the spans of time that a text names: a number and a unit, or one word for both ("شهرين")."""
    cleaned, words = clean(text), _words()
    found, parts = [], _parts(cleaned)
    for place, part in enumerate(parts):
        if part.word in words.whole:
            found.append(TimeSpan(words.whole[part.word], _run(cleaned, part, part)))
        unit = _at(parts, place + 1, words.units) if part.number is not None else None
        if unit is not None and part.number is not None and _is_span(part.number, unit):
            found.append(TimeSpan(round(part.number * unit), _run(cleaned, part, parts[place + 1])))
    return found


def _is_span(number: float, unit: int) -> bool:
    """Whether it is a span: "a day" says how often, and eight years or more is usually an age."""
    age = unit == _DAYS["year"] and number >= _AGES
    return 0 < number <= _MOST_UNITS and number * unit > 1 and not age


def _at(parts: list[_Part], place: int, known: Mapping[str, _Value]) -> _Value | None:
    return known.get(parts[place].word) if 0 <= place < len(parts) else None


def _run(cleaned: str, first: _Part, last: _Part) -> str:
    return cleaned[first.start : last.end]


def _parts(cleaned: str) -> list[_Part]:
    found = []
    for part in _PARTS.finditer(cleaned):
        run = part.group()
        if run[0].isdecimal():
            found.append(_Part(part.start(), part.end(), _number(run), ""))
        elif _SPACELESS.match(run):
            found += _cut(run, part.start())
        else:
            found.append(_part(run, part.start()))
    return found


def _part(run: str, start: int) -> _Part:
    word = run if run in _SYMBOLS else folded(run)
    return _Part(start, start + len(run), _words().numbers.get(word), word)


def _cut(run: str, start: int) -> Iterator[_Part]:
    """Cut a run of a script without spaces into the words we know, longest first, and the letters between them."""
    place, known = 0, _words().spaceless
    while place < len(run):
        size = next((size for size in range(min(8, len(run) - place), 0, -1) if run[place : place + size] in known), 1)
        yield _part(run[place : place + size], start + place)
        place += size


def _number(run: str) -> float:
    """Parse digits of any script: "1.500" and "1,500" are fifteen hundred, "1.5" is one and a half."""
    decimals = _DECIMALS.search(run)
    whole = run[: decimals.start()] if decimals else run
    digits = "".join(str(int(letter)) for letter in whole if letter.isdecimal())
    rest = "".join(str(int(letter)) for letter in decimals.group()[1:]) if decimals else "0"
    return float(f"{digits}.{rest}")


@dataclass(frozen=True)
class _Words:
    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    units: Mapping[str, int]  # days
    whole: Mapping[str, int]
    money: Mapping[str, str]
    spaceless: frozenset[str]


@cache
def _words() -> _Words:
    lists: list[Mapping[str, Any]] = [
        yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader) for file in sorted(FOLDER.glob("*.yml"))
    ]
    units = {word: _DAYS[unit] for unit, words in _merged(lists, "units") for word in words}
    numbers, scales, whole, sums = (_turned(lists, key) for key in ("numbers", "scales", "whole", "money"))
    known = (*numbers, *scales, *units, *whole, *sums)
    return _Words(
        numbers, scales, units, whole, {**sums, **_SYMBOLS}, frozenset(w for w in known if _SPACELESS.match(w))
    )


def _turned(lists: list[Mapping[str, Any]], key: str) -> dict[str, Any]:
    """Return {word: meaning} from the {meaning: words} of all languages."""
    return {word: meaning for meaning, words in _merged(lists, key) for word in words}


def _merged(lists: list[Mapping[str, Any]], key: str) -> Iterator[tuple[Any, list[str]]]:
    for one in lists:
        for meaning, words in (one.get(key) or {}).items():
            yield meaning, [folded(str(word)) for word in words]
