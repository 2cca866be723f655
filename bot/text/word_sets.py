"""Sets of words that mean one thing, found in a text with the places where they stand: "suitcase, bag, luggage*"."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from itertools import accumulate

from bot.text.word_lists import SPACELESS_LETTER, beginnings_of, plain_all, runs

_ANY_ENDING = "*"


@dataclass(frozen=True)
class WordSets:
    """Words and runs of words, each with the names of the sets it is in; a star stands for any ending."""

    whole: Mapping[str, tuple[str, ...]]
    begun: Mapping[str, tuple[str, ...]]  # of which the last word only begins so
    beginnings: Set[str] = frozenset()  # what runs of several words begin with
    spaceless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # parts of a text without spaces

    @classmethod
    def of(cls, sets: Mapping[str, Iterable[str]]) -> "WordSets":
        """Build them from {name: words}."""
        whole: dict[str, tuple[str, ...]] = {}
        begun: dict[str, tuple[str, ...]] = {}
        written = [(name, str(phrase)) for name, phrases in sets.items() for phrase in phrases]
        plain = plain_all(phrase.rstrip(_ANY_ENDING) for _, phrase in written)
        for (name, phrase), folded in zip(written, plain, strict=True):
            into = begun if phrase.endswith(_ANY_ENDING) else whole
            into[folded] = (*into.get(folded, ()), name)
        for into in (whole, begun):
            into.pop("", None)
        every = {**begun, **whole}
        spaceless = {
            "".join(phrase.split()): names for phrase, names in every.items() if SPACELESS_LETTER.search(phrase)
        }
        return cls(whole, begun, frozenset(beginnings_of(every)), spaceless)

    def find(self, said: list[str]) -> dict[str, list[int]]:
        """Return {name: where its words begin}, in letters from the beginning of a text, of which `said` are the folded words."""
        places = [0, *accumulate(map(len, said))]
        found: dict[str, list[int]] = {}
        for start, run in runs(said, self.beginnings):
            for name in (*self.whole.get(run, ()), *self._begins(run)):
                found.setdefault(name, []).append(places[start])
        joined = "".join(said)
        if self.spaceless and SPACELESS_LETTER.search(joined):
            for phrase, names in self.spaceless.items():
                at = joined.find(phrase)
                while at >= 0:
                    for name in names:
                        found.setdefault(name, []).append(at)
                    at = joined.find(phrase, at + 1)
        return found

    def _begins(self, run: str) -> Iterable[str]:
        last = run.rfind(" ") + 1
        for end in range(last + 1, len(run) + 1):
            yield from self.begun.get(run[:end], ())


def stand_together(places: Iterable[Iterable[int]], within: int) -> bool:
    """Tell whether one place of each group can be chosen so that all are within so many letters of one of the first group."""
    first, *others = [list(group) for group in places]
    return any(all(any(abs(one - start) <= within for one in group) for group in others) for start in first)
