"""What a message says besides its label: signs of exploitation, topics, an age, by reviewed word lists of every language.

People mix languages, so all lists are read, whatever language we answer in.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.text.cleaning import clean, words
from bot.text.word_lists import PhraseList, plain
from bot.understanding.age.ages import ADULT, UNDER, AgeWords, age_words, cut_out
from bot.understanding.indicators import When

_DATA = Path(__file__).parents[2] / "data"
_LONG_UNIT = 4  # letters of a unit that is one in every language: "m" and "to" may be other words elsewhere
_OVER_18 = re.compile(r"(?<!\d)(?:19|[2-8]\d)(?!\d)")  # years, as somebody writes them


@dataclass(frozen=True)
class HeardSign:
    """One sign in a message, and the words that reveal it."""

    indicator: str
    when: When = "open"
    words: str = ""


@dataclass(frozen=True)
class _Lists:
    """The lists of all languages as one, so that a text is searched once."""

    indicators: PhraseList
    negations: frozenset[str]
    past: PhraseList
    unless: PhraseList
    topics: PhraseList
    about_age: PhraseList
    not_own: PhraseList
    ages: tuple[AgeWords, ...]


def indicators(text: str) -> list[HeardSign]:
    """Return the signs in a text, in the order they were mentioned. Talk about a rule or a film has none."""
    said, lists = words(clean(text)), _lists()
    found = lists.indicators.find(said, lists.negations)
    if not found or lists.unless.find(said):
        return []
    when: When = "past" if lists.past.find(said) else "open"
    return [HeardSign(indicator, when, run) for indicator, run in found.items()]


def topics(text: str) -> list[str]:
    """Return the topics that a text names."""
    return list(_lists().topics.find(words(clean(text))))


def age(text: str) -> int | None:
    """Return the age in years that the writer states as their own, up to 18; 17 stands for "under 18"."""
    said = cut_out(words(clean(text)), _lists().not_own)
    told = [found for language in _lists().ages if (found := language.own(said)) is not None]
    return min(told) if told else UNDER if "under_18" in _lists().about_age.find(said) else None


def says_grown(text: str) -> bool:
    """Whether the writer states an age over 18 as their own: "I am 29", said as a child says "I am 15"."""
    return _OVER_18.search(text) is not None and age(text) is None and age(_OVER_18.sub("18", text)) == ADULT


def hints_at_child(text: str) -> bool:
    """Whether the words suggest that the writer may be a child."""
    return "child_hints" in _lists().about_age.find(words(clean(text)))


def other_is_child(text: str) -> bool:
    """Whether the words say that somebody else is under 18."""
    return "other_under_18" in _lists().about_age.find(words(clean(text)))


@cache
def _lists() -> _Lists:
    heard, ages = _read("indicator_words"), list(age_words().values())
    return _Lists(
        _merged(one.get("words") or {} for one in heard),
        frozenset(plain(word) for one in heard for word in one.get("not") or ()),
        _merged({"past": one.get("past") or ()} for one in heard),
        _merged({"unless": one.get("unless") or ()} for one in heard),
        _merged(one.get("words") or {} for one in _read("topic_words")),
        _merged({name: one.get(name) or () for name in _ABOUT_AGE} for one in ages),
        _merged({"not_own": one.get("not_own") or ()} for one in ages),
        _with_units_of_all([AgeWords.of(one) for one in ages]),
    )


def _with_units_of_all(ages: Sequence[AgeWords]) -> tuple[AgeWords, ...]:
    """Return them with each other's units: "I am" stands in the lists of several languages, "days" in one."""
    years = {word for one in ages for phrase in one.after.names for word in phrase.split()}
    units = frozenset(unit for one in ages for unit in one.units if len(unit) >= _LONG_UNIT and unit not in years)
    return tuple(replace(one, units=one.units | units) for one in ages)


_ABOUT_AGE = ("under_18", "child_hints", "other_under_18")


def _merged(languages: Iterable[Mapping[str, Iterable[str]]]) -> PhraseList:
    lists: dict[str, list[str]] = {}
    for language in languages:
        for name, phrases in language.items():
            lists.setdefault(name, []).extend(phrases)
    return PhraseList.of(lists)


def _read(kind: str) -> list[Mapping[str, Any]]:
    files = sorted((_DATA / kind).glob("*.yml"))
    return [yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader) for file in files]
