"""Cities that a text names, in any script, with the country each is in (GeoNames).

Precise rather than complete: a wrong city is a wrong country, and that gives wrong numbers to call. A city counts after
a word that places somebody, or as the whole message if it is large; never if several countries have a city of that name.
"""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import regex
import yaml

from bot.text.cleaning import clean, folded

DATA = Path(__file__).parents[2] / "data"
TABLE = DATA / "cities.tsv.gz"  # made by `python -m commands.data_build.city_tables`
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_BENGALI = "\u0980"  # where its script begins in Unicode
_WORDS = 4  # in one name, at most
_LETTERS = 14  # in one name in a script without spaces, at most
_ARABIC_IN = "ب"  # "in", written as a letter joined to the name
_SHORT_ARABIC = 5  # letters; Persian and Urdu words begin with that letter too


@dataclass(frozen=True)
class NamedCity:
    """One city: the words that name it, and its country (ISO 3166-1 alpha-2)."""

    words: str
    country: str


def places(text: str) -> list[NamedCity]:
    """Return the cities that a text names, in order."""
    cleaned = clean(text)
    found = [*_among_words(cleaned), *_without_blanks(cleaned)]
    return list({place.words: place for place in found}.values())


def denied(said: list[str], at: int) -> bool:
    """Whether the word at this place comes after "not in"."""
    return any(" ".join(said[max(0, at - size) : at]) in _not_there() for size in (2, 3))


def behind_marks(cleaned: str) -> Iterator[str]:
    """Yield what follows a word that places somebody, in scripts without spaces, longest first."""
    for mark in _joined().finditer(cleaned):
        rest = cleaned[mark.end() : mark.end() + _LETTERS]
        yield from (rest[:size] for size in range(len(rest), 1, -1))


def base_forms(name: str, before: str) -> Iterator[str]:
    """Yield a name as it is and, after a place word or in Bengali, without its case ending."""
    yield name
    if before not in _before() and name < _BENGALI:
        return
    for end, others in _ends():
        if name.endswith(end) and len(name) > len(end) + 2:
            yield from (name[: -len(end)] + other for other in others)


def _among_words(cleaned: str) -> Iterator[NamedCity]:
    said = list(_WORD.finditer(cleaned))
    plain = [folded(word.group()) for word in said]
    raw = [word.group().casefold() for word in said]
    for start in (start for start in range(len(said)) if raw[start] not in _before() and not denied(raw, start)):
        for size in range(min(_WORDS, len(said) - start), 0, -1):
            end = start + size
            before = " ".join(raw[max(0, start - 1) : start])
            whole = size == len(said)
            placed = before in _before() or (raw[end] if end < len(raw) else "") in _after()
            country = _country(" ".join(plain[start:end]), before, placed, whole)
            if country:
                yield NamedCity(cleaned[said[start].start() : said[end - 1].end()], country)
                break


def _country(name: str, before: str, placed: bool, whole: bool) -> str | None:
    if name in _never():
        return None
    names = _names()
    forms = list(base_forms(name, before))
    if name.startswith(_ARABIC_IN) and len(name) > _SHORT_ARABIC and name[1:] in names:
        return names[name[1:]][0]
    found = next((names[form] for form in forms if form in names), None)
    # Bengali attaches "in" to the name, so the ending itself places somebody.
    hung = found is not None and name not in names
    return found[0] if found and (placed or hung or (whole and found[1])) else None


def _without_blanks(cleaned: str) -> Iterator[NamedCity]:
    taken = ""
    for run in behind_marks(cleaned):
        if run in _names() and run not in taken:
            taken = run
            yield NamedCity(run, _names()[run][0])


@cache
def _names() -> Mapping[str, tuple[str, bool]]:
    """Return {folded name: (country, whether it is so large that it counts alone)}."""
    with gzip.open(TABLE, "rt", encoding="utf-8") as lines:
        parts = (line.rstrip("\n").split("\t") for line in lines)
        return {name: (country, large == "1") for name, country, large in parts}


@cache
def _marks() -> Mapping[str, Any]:
    plain: Mapping[str, Any] = yaml.load((DATA / "place_words.yml").read_bytes(), Loader=yaml.CSafeLoader)
    return plain


@cache
def _before() -> frozenset[str]:
    return frozenset(word.split()[-1].casefold() for words in _marks()["before"].values() for word in words)


@cache
def _after() -> frozenset[str]:
    return frozenset(word for words in _marks()["after"].values() for word in words)


@cache
def _not_there() -> frozenset[str]:
    plain = [str(run) for run in _marks()["not_there"]]
    return frozenset([run.casefold() for run in plain] + [folded(run) for run in plain])


@cache
def _ends() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((folded(end), tuple(folded(other) for other in others)) for end, others in _marks()["ends"].items())


@cache
def _never() -> frozenset[str]:
    return frozenset(folded(str(word)) for word in _marks()["never"])


@cache
def _joined() -> regex.Pattern[str]:
    return regex.compile("|".join(map(regex.escape, sorted(_marks()["joined"], key=len, reverse=True))))
