"""How people state their age: a number after "I am", with or without "years old", and never a number of anything else."""

import re
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.text.word_lists import SPACELESS, PhraseList, plain

ADULT = 18
YOUNGEST = 5
UNDER = ADULT - 1  # stands for "a minor" said without a number
_FOLDER = Path(__file__).parents[3] / "data" / "age_words"
CUT = "|"  # stands where words about somebody else were cut out: no phrase contains it
# Thai and Chinese write "หนู15ปี" and "我15岁" without a space. Latin letters keep their digits: "15t", "3omri".
_BESIDE_LETTERS = re.compile(rf"(?<={SPACELESS})(?=\d)|(?<=\d)(?={SPACELESS})")


@cache
def age_words() -> Mapping[str, Mapping[str, Any]]:
    """Return the lists of data/age_words/ by locale."""
    files = sorted(_FOLDER.glob("*.yml"))
    return {file.stem: yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader) for file in files}


@dataclass(frozen=True)
class AgeWords:
    """The words of one language: data/age_words/<locale>.yml."""

    before: PhraseList
    nearly: PhraseList
    alone: PhraseList
    after: PhraseList
    own_after: PhraseList
    was: PhraseList
    units: frozenset[str]
    numbers: Mapping[str, int]
    spaceless: re.Pattern[str] | None  # number words in a script without spaces

    @classmethod
    def of(cls, lists: Mapping[str, Any]) -> "AgeWords":
        """Parse the file's form; missing parts match nothing."""
        numbers = {plain(word): int(n) for n, names in (lists.get("numbers") or {}).items() for word in names}
        units = frozenset(plain(unit).partition(" ")[0] for unit in lists.get("units") or ())
        spaceless = number_words([word for word in numbers if re.match(SPACELESS, word)])

        def listed(name: str) -> PhraseList:
            return PhraseList.of({name: lists.get(name) or ()})

        return cls(
            listed("before"),
            listed("nearly"),
            listed("alone"),
            listed("after"),
            listed("own_after"),
            listed("was"),
            units,
            numbers,
            spaceless,
        )

    def own(self, said: list[str]) -> int | None:
        """Return the age that these words state for the writer."""
        apart = apart_from_digits(self._in_digits(said))
        told = [age for place, word in enumerate(apart) if (age := self._age(apart, place, word)) is not None]
        return min(told, default=None)  # "he told me to say 18 but im 15"

    def _age(self, said: list[str], place: int, word: str) -> int | None:
        number = self._number(word)
        if number is None:
            return None
        behind = said[place + 1 :]
        # "I turn 15" is an age, "i turn 15 tricks" is not; "almost 18" is no adult, whatever follows.
        alone = number == ADULT or not behind or begins_with(behind, self.after)
        if alone and ends_with(said[:place], self.nearly) and self._may_be_age(behind):
            return number - 1
        told = ends_with(said[:place], self.before) and self._may_be_age(behind)
        # "Я 15 лет" is an age, "я 15 лет здесь" is not.
        short = ends_with(said[:place], self.alone) and " ".join(behind) in self.after.names
        return number if told or short or begins_with(behind, self.own_after) else None

    def _in_digits(self, said: list[str]) -> list[str]:
        if self.spaceless is None:
            return said
        return self.spaceless.sub(lambda found: f" {self.numbers[found[0]]} ", " ".join(said)).split()

    def _number(self, word: str) -> int | None:
        number = int(word) if word.isdecimal() and len(word) <= 2 else self.numbers.get(word)
        return number if number is not None and YOUNGEST <= number <= ADULT else None

    def _may_be_age(self, behind: list[str]) -> bool:
        """Whether what follows a number leaves it an age, and today's: not "15 hours", not "16 I was"."""
        after = begins_with(behind, self.after)
        rest = " ".join(behind)[len(after) :].split()
        if begins_with(rest, self.was):
            return False
        return bool(after) or not behind or not is_unit(behind[0], self.units)


def number_words(names: Collection[str]) -> re.Pattern[str] | None:
    """Return a pattern of these number words, longest first, or None if there are none."""
    spaceless = [name for name in names if re.match(SPACELESS, name)]
    spaced = [rf"(?<!\S){re.escape(name)}(?!\S)" for name in _longest_first(set(names).difference(spaceless))]
    either = "|".join([*spaced, *map(re.escape, _longest_first(spaceless))])
    return re.compile(either) if either else None


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=len, reverse=True)


def apart_from_digits(said: list[str]) -> list[str]:
    """Return words with each number as a word of its own, also where the script has no spaces."""
    return _BESIDE_LETTERS.sub(" ", " ".join(said)).split()


def cut_out(said: list[str], phrases: PhraseList) -> list[str]:
    """Return words with a mark in place of these phrases: "my daughter", "when I was"."""
    text = f" {' '.join(said)} "
    for phrase in phrases.names:
        bounded = phrase if re.search(SPACELESS, phrase) else f" {phrase} "
        text = text.replace(bounded, f" {CUT} ")
    return text.split()


def is_unit(word: str, units: Set[str]) -> bool:
    """Whether a word counts something other than years of age; without spaces, the unit may be the start of it."""
    return word in units or any(word.startswith(unit) for unit in units if re.match(SPACELESS, unit))


def begins_with(said: list[str], phrases: PhraseList) -> str:
    """Return the longest phrase that words begin with, or ""; without spaces, a phrase may end within a word."""
    for size in range(min(phrases.longest, len(said)), 0, -1):
        if (run := " ".join(said[:size])) in phrases.names:
            return run
    first = said[0] if said else ""
    return max((phrase for phrase in phrases.spaceless if first.startswith(phrase)), key=len, default="")


def ends_with(said: list[str], phrases: PhraseList) -> bool:
    """Whether words end with one of these phrases."""
    return any(" ".join(said[-size:]) in phrases.names for size in range(1, phrases.longest + 1))
