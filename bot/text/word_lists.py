"""Reviewed phrases, looked up in a text as runs of whole words: signs, topics and crises share this."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from bot.text.cleaning import clean, words

_BETWEEN = "\ua66e"  # a letter that is in no phrase: it keeps phrases apart while they are folded together
_AND = "و"  # Arabic writes "and" as a letter joined to the next word
# Thai, Lao, Khmer, Burmese, Chinese and Japanese put no spaces between words: their phrases are substrings of a text.
SPACELESS = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
SPACELESS_LETTER = re.compile(SPACELESS)


def plain(phrase: str) -> str:
    """Return a phrase in the form used for comparison: folded, without marks and extra spaces."""
    return " ".join(words(clean(phrase)))


def plain_all(phrases: Iterable[str]) -> list[str]:
    """Return many phrases in the form of `plain`, in order: folded in one go, since there are two hundred thousand of them.

    They are ours and clean already (a test checks that): cleaning them again would cost every start a few seconds.
    """
    texts = list(phrases)
    if not texts:
        return []
    found: list[list[str]] = [[]]
    for word in words(f" {_BETWEEN} ".join(texts)):
        if word == _BETWEEN:
            found.append([])
        else:
            found[-1].append(word)
    return [" ".join(phrase) for phrase in found]


def runs(said: list[str], beginnings: Set[str]) -> Iterator[tuple[int, str]]:
    """Yield every run of words that could be a phrase, with the index of its first word: it goes on while a phrase does."""
    for start, word in enumerate(said):
        for first in (word, word[1:]) if word.startswith(_AND) else (word,):
            run = first
            yield start, run
            for after in range(start + 1, len(said)):
                if run not in beginnings:
                    break
                run = f"{run} {said[after]}"
                yield start, run


def beginnings_of(phrases: Iterable[str]) -> Iterator[str]:
    """Yield what phrases of several words begin with, without their last words."""
    for phrase in phrases:
        for at, letter in enumerate(phrase):
            if letter == " ":
                yield phrase[:at]


@dataclass(frozen=True)
class PhraseList:
    """Phrases, each with the names it stands for."""

    names: Mapping[str, tuple[str, ...]]
    longest: int = 0  # words of a phrase
    beginnings: Set[str] = frozenset()  # what phrases of several words begin with
    spaceless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, lists: Mapping[str, Iterable[str]]) -> "PhraseList":
        """Build the list from {name: phrases}."""
        names: dict[str, tuple[str, ...]] = {}
        for name, phrases in lists.items():
            for folded in plain_all(map(str, phrases)):
                names[folded] = (*names.get(folded, ()), name)
        names.pop("", None)
        within = {"".join(phrase.split()): found for phrase, found in names.items() if SPACELESS_LETTER.search(phrase)}
        longest = max((len(phrase.split()) for phrase in names), default=0)
        return cls(names, longest, frozenset(beginnings_of(names)), within)

    def find(self, said: list[str], negations: Set[str] = frozenset()) -> dict[str, str]:
        """Return {name: the words that stand for it}, in the order they were said; a phrase right after a "no" does not count."""
        found: dict[str, str] = {}
        for start, run in runs(said, self.beginnings):
            names = self.names.get(run)
            if names and (start == 0 or said[start - 1] not in negations):
                for name in names:
                    found.setdefault(name, run)
        joined = "".join(said)
        if self.spaceless and SPACELESS_LETTER.search(joined):
            for phrase, names in self.spaceless.items():
                if phrase in joined:
                    found.update({name: phrase for name in names if name not in found})
        return found
