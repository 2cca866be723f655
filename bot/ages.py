"""How a person tells their age: a number behind "I am", with or without "years old", and never a number of anything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.word_lists import PhraseList, plain

ADULT = 18
_YOUNGEST = 5
UNDER = ADULT - 1  # stands for "a minor" said without a number


@dataclass(frozen=True)
class AgeWords:
    """The words of one language: data/age_words/<locale>.yml."""

    before: PhraseList
    after: PhraseList
    units: frozenset[str]
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, lists: Mapping[str, Any]) -> "AgeWords":
        """Read the file's form; missing parts find nothing."""
        numbers = {plain(word): int(n) for n, names in (lists.get("numbers") or {}).items() for word in names}
        units = frozenset(plain(unit).partition(" ")[0] for unit in lists.get("units") or ())

        def listed(name: str) -> PhraseList:
            return PhraseList.of({name: lists.get(name) or ()})

        return cls(listed("before"), listed("after"), units, numbers)

    def own(self, said: list[str]) -> int | None:
        """Give the age that these words tell of the writer."""
        told = [
            number for place, word in enumerate(said) if (number := self._number(word)) and self._is_age(said, place)
        ]
        return min(told, default=None)  # "he told me to say 18 but im 15"

    def _number(self, word: str) -> int | None:
        number = int(word) if word.isdecimal() and len(word) <= 2 else self.numbers.get(word)
        return number if number is not None and _YOUNGEST <= number <= ADULT else None

    def _is_age(self, said: list[str], place: int) -> bool:
        behind = said[place + 1 :]
        if not any(" ".join(said[max(0, place - size) : place]) in self.before.names for size in range(1, 5)):
            return False
        if any(" ".join(behind[:size]) in self.after.names for size in range(1, 4)):
            return True
        return not behind or behind[0] not in self.units
