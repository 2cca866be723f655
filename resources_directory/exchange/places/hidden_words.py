"""Whether a text says that a place is hidden, in every language that the hotline speaks and some more (hidden_words.yml).

Feeds have no flag for it, and say it in many ways. So words are looked for near each other in one sentence: a place and a
word for secret, a place and "we do not tell", a house and those who fled there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import regex

from resources_directory.exchange.feeds.plain_text import spaced
from resources_directory.files.entries_folder import read_yaml

TABLE = Path(__file__).parent / "hidden_words.yml"
_UNSPACED = frozenset({"zh", "ja", "th"})
_LETTER = r"[\p{L}\p{M}\p{N}]"
_NEAR, _NEAR_UNSPACED = 50, 15  # letters between two words
_SENTENCE = regex.compile(r"[.!?;؟؛۔।。！？；\n]+")
_LISTS = ("phrases", "place", "secret", "not", "tell", "home", "survivors")
_FIRST = ("phrases", "place", "home")  # without a word of these, the others mean nothing

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class _HidingWords:
    """The words of one language, each list as one pattern."""

    patterns: dict[str, regex.Pattern[str]]
    first: tuple[str, ...]  # one of these stands in every text that means something
    near: int

    def hides(self, sentence: str) -> bool:
        # Most texts are in another language, and looking for letters is far quicker than looking for words.
        if not any(word in sentence for word in self.first):
            return False
        if self.patterns["phrases"].search(sentence):
            return True
        home = self._spans("home", sentence)
        if home and _close(home, self._spans("survivors", sentence), self.near):
            return True
        place = self._spans("place", sentence)
        if not place:
            return False
        if _close(place, self._spans("secret", sentence), self.near):
            return True
        untold = _pairs(self._spans("not", sentence), self._spans("tell", sentence), self.near)
        return _close(place, untold, self.near)

    def _spans(self, name: str, sentence: str) -> Spans:
        return [found.span() for found in self.patterns[name].finditer(sentence, overlapped=True)]


@dataclass(frozen=True)
class HiddenWords:
    """The table, folded for comparison."""

    languages: tuple[_HidingWords, ...]
    ignored: regex.Pattern[str]

    @classmethod
    def load(cls, path: Path = TABLE) -> "HiddenWords":
        """Read the table."""
        table: dict[str, Any] = read_yaml(path)
        languages = tuple(_language(name, words) for name, words in table["languages"].items())
        return cls(languages, _pattern(table["ignored"], separate=True))

    def say_hidden(self, texts: Iterable[str | None]) -> bool:
        """Whether any of the texts says that the place is not public."""
        return any(self._says(text) for text in texts if text)

    def _says(self, text: str) -> bool:
        sentences = (self.ignored.sub(" ", spaced(part)) for part in _SENTENCE.split(text))
        return any(language.hides(sentence) for sentence in sentences for language in self.languages)


@cache
def hidden_words() -> HiddenWords:
    """Return the project's own table."""
    return HiddenWords.load()


def _language(name: str, words: dict[str, list[str]]) -> _HidingWords:
    separate = name not in _UNSPACED
    patterns = {one: _pattern(words.get(one, ()), separate) for one in _LISTS}
    first = {_bare(word) for one in _FIRST for word in words.get(one, ())}
    return _HidingWords(patterns, tuple(sorted(first)), _NEAR if separate else _NEAR_UNSPACED)


def _pattern(words: Iterable[str], separate: bool) -> regex.Pattern[str]:
    """Return a pattern for any of the words; one that nothing matches for none."""
    told = sorted((_expression(word, separate) for word in words), key=len, reverse=True)
    return regex.compile("|".join(told) or r"(?!)")


def _expression(word: str, separate: bool) -> str:
    inside = regex.escape(_bare(word), special_only=True)
    if not separate:
        return inside
    front = f"{_LETTER}{{0,12}}" if word.startswith("*") else ""
    back = f"{_LETTER}*" if word.endswith("*") else ""
    return f"(?<!{_LETTER}){front}{inside}{back}(?!{_LETTER})"


def _bare(word: str) -> str:
    return spaced(word.strip("*")).strip()


def _close(some: Spans, others: Spans, near: int) -> bool:
    """Whether one of each stands near the other; one inside the other is the same word."""
    return any(_apart(one, other) <= near for one in some for other in others if not _inside(one, other))


def _pairs(some: Spans, others: Spans, near: int) -> Spans:
    """Return what lies between pairs that stand near each other."""
    pairs = ((one, other) for one in some for other in others if _apart(one, other) <= near)
    return [(min(one[0], other[0]), max(one[1], other[1])) for one, other in pairs]


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0], other[0]) - min(one[1], other[1])


def _inside(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] >= other[0] and one[1] <= other[1] and one != other
