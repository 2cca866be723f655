"""What a message tells beside its label: signs of exploitation, topics, an age. Reviewed word lists of every language.

People mix languages, so all lists are read, whatever language is answered in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.ages import AgeWords
from bot.cleaning import clean, words
from bot.indicators import When
from bot.word_lists import PhraseList, plain

_DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Heard:
    """One sign in a message, and the words that tell it."""

    indicator: str
    when: When = "open"
    words: str = ""


@dataclass(frozen=True)
class _Language:
    indicators: PhraseList
    past: PhraseList
    unless: PhraseList
    negations: frozenset[str]
    topics: PhraseList
    ages: AgeWords


def indicators(text: str) -> list[Heard]:
    """Give the signs that a text tells, in the order of the lists. A rule or a film told about tells none."""
    said = words(clean(text))
    if any(language.unless.find(said) for language in _languages()):
        return []
    when: When = "past" if any(language.past.find(said) for language in _languages()) else "open"
    found: dict[str, str] = {}
    for language in _languages():
        found = {**language.indicators.find(said, language.negations), **found}
    return [Heard(indicator, when, run) for indicator, run in found.items()]


def topics(text: str) -> list[str]:
    """Give the topics that a text names."""
    said = words(clean(text))
    return list(dict.fromkeys(name for language in _languages() for name in language.topics.find(said)))


def age(text: str) -> int | None:
    """Give the age in years that the writer tells of themselves, up to 18; 17 stands for "under 18"."""
    said = words(clean(text))
    return next((found for language in _languages() if (found := language.ages.own(said)) is not None), None)


def hints_at_child(text: str) -> bool:
    """Tell whether the words let one think that the writer may be a child."""
    said = words(clean(text))
    return any(language.ages.child_hints.find(said) for language in _languages())


def other_is_child(text: str) -> bool:
    """Tell whether the words say that somebody else is under 18."""
    said = words(clean(text))
    return any(language.ages.other_under_18.find(said) for language in _languages())


@cache
def _languages() -> tuple[_Language, ...]:
    found = sorted({path.stem for path in (_DATA / "indicator_words").glob("*.yml")})
    return tuple(_language(locale) for locale in found)


def _language(locale: str) -> _Language:
    heard, named = _read("indicator_words", locale), _read("topic_words", locale)
    return _Language(
        PhraseList.of(heard.get("words") or {}),
        PhraseList.of({"past": heard.get("past") or ()}),
        PhraseList.of({"unless": heard.get("unless") or ()}),
        frozenset(plain(word) for word in heard.get("not") or ()),
        PhraseList.of(named.get("words") or {}),
        AgeWords.of(_read("age_words", locale)),
    )


def _read(kind: str, locale: str) -> Mapping[str, Any]:
    path = _DATA / kind / f"{locale}.yml"
    if not path.exists():
        return {}
    lists: Mapping[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return lists
