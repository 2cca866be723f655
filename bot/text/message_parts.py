"""Messages in parts: a long text is read part by part, so that a short one of somebody else is read between two of them.

Of what is in no language only a little is read. All of a letter is read, the end too: what is most urgent is often said last.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

import regex

# Read at once: it takes as long as five messages of usual length. Of a thousand messages one is longer; they would be understood
# worse in parts, since what belongs together is torn apart.
WHOLE = 176
TOKENS = 120  # in a part of a longer message
_END = 40  # tokens of its last sentence, which is a part by itself: among other things a cry is not heard
_SHORT = 100  # letters, blanks included
_A_LITTLE, _LEAST = 200, 32  # letters
PARTS = 48  # read at most: all of a letter of the greatest length we keep, in any script
# A word with what follows it; a run of letters without a blank is taken in handfuls, and in Chinese up to a sign.
WORD = regex.compile(r"[^\s。！？，、；]{1,24}[。！？，、；]*\s*|\s+|[。！？，、；]+\s*")
_SENTENCE_END = regex.compile(r"[.!?…。！？؟।]\s*$|\n")


class Gauge(Protocol):
    """What the reader knows of a text without reading it."""

    def measured(self, text: str) -> tuple[int, float]:
        """Return how many tokens a text has, and how likely they are together: reading takes as long as these are many."""

    def is_garbage(self, text: str, measured: tuple[int, float]) -> bool:
        """Whether a cleaned text of some length is in no language."""


def parts(text: str, gauge: Gauge, cries: Callable[[str], bool]) -> list[str]:
    """Split a cleaned text into what is read of it, part after part. `cries`: whether reviewed words tell of a crisis."""
    if len(text) <= WHOLE:
        return [text]
    split = [*_split(text, gauge)]
    if len(split) > 1 and gauge.is_garbage(text, _together(measured for _, measured in split)):
        # The last part with reviewed words for a crisis; else a little of one that looks like a language, else of the end.
        named = [part for part, _ in split if cries(part)]
        like = [part[-_A_LITTLE:] for part, told in split if len(part) >= _SHORT and not gauge.is_garbage(part, told)]
        return (named or like or [split[-1][0][-_LEAST:]])[-1:]
    found = with_news([part for part, _ in split])
    return found if len(found) <= PARTS else [*found[: PARTS - 2], *found[-2:]]


def with_news(parts: list[str]) -> list[str]:
    """Return the parts with a word that no later part has: a few words over and over are read once, where they end."""
    found, said = list[str](), set[str]()
    for part in reversed(parts):
        words = {word.strip() for word in WORD.findall(part)}
        if not words <= said:
            found.insert(0, part)
        said |= words
    return found


def _split(text: str, gauge: Gauge) -> Iterator[tuple[str, tuple[int, float]]]:
    words = [(word, gauge.measured(word.rstrip())) for word in WORD.findall(text)]
    whole, likely = _together(measured for _, measured in words)
    if whole <= WHOLE:
        yield text, (whole, likely)
        return
    end, begin = _last_sentence(words), 0
    before, _ = _together(measured for _, measured in words[:end])
    # In parts of about the same length: a few words alone would be read without what they belong to.
    most = -(-before // -(-before // TOKENS))
    while begin < len(words):
        part = words[begin : begin + _size(words[:end], begin, most)] or words[end:]
        begin += len(part)
        yield "".join(word for word, _ in part).strip(), _together(measured for _, measured in part)


def _last_sentence(words: Sequence[tuple[str, tuple[int, float]]]) -> int:
    """Return where the last sentence begins; behind the last word, if it is long."""
    taken = 0
    for place in range(len(words) - 1, 0, -1):
        taken += words[place][1][0]
        if taken > _END:
            break
        if _SENTENCE_END.search(words[place - 1][0]):
            return place
    return len(words)


def _together(measured: Iterable[tuple[int, float]]) -> tuple[int, float]:
    both = [*measured]
    return sum(tokens for tokens, _ in both), sum(likely for _, likely in both)


def _size(words: Sequence[tuple[str, tuple[int, float]]], begin: int, most: int) -> int:
    """Return how many of these words are the next part: up to the end of a sentence, if one ends in the second half of it."""
    taken = size = ends = 0
    for word, (tokens, _) in islice(words, begin, None):
        if size and (taken >= most or taken + tokens > TOKENS):
            return ends or size
        taken, size = taken + tokens, size + 1
        if 2 * taken >= most and _SENTENCE_END.search(word):
            ends = size
    return size
