"""What a message says of the line that is wanted: for whose people, which office, "not that one", "the first again".

Reviewed words of data/wanted_words/. Nobody is asked where they are from: what they say of it is used for the lines that
are given and not kept (actions/referral/fitting/told_of_people.py).
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from babel import Locale

from bot.text.cleaning import clean, words
from bot.text.word_lists import PhraseList

_FOLDER = Path(__file__).parents[2] / "data" / "wanted_words"
_SHARED = {"hi": "ur", "ur": "hi"}  # one language in Latin letters
_SOURCE = "en"  # written beside any other
_SELF, _OF, _DENIED, _OFFICE, _GROUP = "self", "of", "denied", "office", "group"
_NOT_SELF = "self_denied"
_PLAIN = ("asks", "rescue", "not_mine", "not_mine_beside", "line", "first", "speaks", "bought", "wages", "man", "woman")


class WantedWords(NamedTuple):
    """What the words say. Countries are ISO 3166-1 alpha-2."""

    people: frozenset[str] = frozenset()  # where the writer, or whom they write for, is from
    of: frozenset[str] = frozenset()  # whose embassy or number is wanted
    denied: frozenset[str] = frozenset()  # where they say that they are not from
    # The same, said of the writer: "the boss is not Indian" says nothing of them.
    not_self: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()  # for whom a line is that they speak of, in the words of `for` in an entry
    offices: tuple[str, ...] = ()  # by the names of data/named_offices.yml
    asks: bool = False  # a number, or a way to reach somebody, is asked for
    rescue: bool = False  # somebody who gets them, or another, out is asked for
    not_mine: bool = False  # a line that was given is not for them
    # The same, in words of stories too: only beside a word for a line, or right after one.
    not_mine_beside: bool = False
    line: bool = False  # a word for a line or an office stands there
    first: bool = False  # the line that was given first, or before, is wanted again
    speaks: bool = False  # a line is wanted on which a language is spoken
    bought: bool = False  # the police side with those who hold somebody
    wages: bool = False  # of pay
    man: bool = False  # as words of politeness tell
    woman: bool = False

    @property
    def whose(self) -> frozenset[str]:
        """Whose lines are for them: said of themselves, else by the embassy that they ask for."""
        return (self.people - self.denied) or (self.of - self.denied)


def wanted_words(text: str, locale: str) -> WantedWords:
    """Return what a message says of the line that is wanted."""
    found = _words(locale).find(words(clean(text)))
    named = [name.partition(" ") for name in found]

    def of(kind: str) -> frozenset[str]:
        return frozenset(what for name, _, what in named if name == kind)

    offices = tuple(what for name, _, what in named if name == _OFFICE)
    plain = {name: name in found for name in _PLAIN}
    not_self = of(_NOT_SELF) | (of(_SELF) & of(_DENIED))
    return WantedWords(of(_SELF), of(_OF), of(_DENIED), not_self, of(_GROUP), offices, **plain)


@cache
def _words(locale: str) -> PhraseList:
    lists: dict[str, list[str]] = {}
    for language in dict.fromkeys((locale, _SHARED.get(locale, locale), _SOURCE)):
        for name, phrase in _phrases(language):
            lists.setdefault(name, []).append(phrase)
    return PhraseList.of(lists)


def _phrases(language: str) -> Iterator[tuple[str, str]]:
    """Yield each phrase of a language with what it says."""
    plain = _read(language)
    for name in _PLAIN:
        yield from ((name, phrase) for phrase in plain[name])
    for office, phrases in plain["offices"].items():
        yield from ((f"{_OFFICE} {office}", phrase) for phrase in phrases)
    for group, phrases in plain["groups"].items():
        yield from ((f"{_GROUP} {group}", phrase) for phrase in phrases)
    for country, names in _people(language).items():
        yield from ((f"{_SELF} {country}", one) for one in _beside(names, plain["self"], plain["self_after"]))
        yield from ((f"{_OF} {country}", one) for one in _beside(names, plain["office_of"], plain["office_after"]))
        yield from ((f"{_DENIED} {country}", one) for one in _beside(names, plain["denied"], plain["denied_after"]))
        yield from (
            (f"{_NOT_SELF} {country}", one) for one in _beside(names, plain["self_denied"], plain["self_denied_after"])
        )


def _beside(names: Iterable[str], before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    behind = list(after)
    for name in names:
        yield from (f"{word} {name}" for word in before)
        yield from (f"{name} {word}" for word in behind)


def _people(language: str) -> Mapping[str, list[str]]:
    """Return the words for people of each country that any list names, and its name in the language."""
    own, names = _read(language)["people"], Locale.parse(language, sep="-").territories
    return {country: [*own.get(country, ()), *filter(None, [names.get(country)])] for country in _countries()}


@cache
def _countries() -> frozenset[str]:
    return frozenset(country for file in _FOLDER.glob("*.yml") for country in _read(file.stem)["people"])


@cache
def _read(language: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.load((_FOLDER / f"{language}.yml").read_bytes(), Loader=yaml.CSafeLoader)
    return found
