"""The words of a message as names are compared, with where each stands; of Chinese, Thai and the like, the letters."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from resources_directory.places.spelling import folded

_SPACELESS = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_WORD = regex.compile(rf"(?P<letters>{_SPACELESS}+)|(?:(?!{_SPACELESS})[\p{{L}}\p{{N}}\p{{M}}\u200c\u200d])+")
_APOSTROPHES = frozenset(["", *"'’‘`´ʼʻʿʾ"])
_ENDS = regex.compile(r"[.!?;:\n…。！？；：؛؟।,،、，()«»\"]|\s[-–—]\s")
_COMMAS = frozenset(",，、،:：")
# A period behind so short a word abbreviates it: "St. Louis", "г. Казань".
_ABBREVIATED = 2


class Word(NamedTuple):
    """One word, folded, or one letter of a script without spaces."""

    said: str
    start: int  # in the message
    end: int
    clause: int  # words between two signs of punctuation have one number
    sentence: int
    capital: bool  # begins with a capital, and begins no sentence
    capitals: bool  # all of it
    joined: bool  # no space parts it from the word before: "d'Abidjan", "在北京"
    written: str
    letter: bool  # it is a letter of a script without spaces


def read(text: str) -> list[Word]:
    """Return the words of a text, in order."""
    words: list[Word] = []
    end = clause = sentence = 0
    for found in _WORD.finditer(text):
        between = text[end : found.start()]
        mark = _ENDS.search(between)
        ends = mark is not None and bool(words) and not _abbreviates(mark[0], words[-1])
        clause += ends
        sentence += ends and mark is not None and mark[0] not in _COMMAS
        first = not words or words[-1].sentence != sentence
        words += _words(found, (clause, sentence), between in _APOSTROPHES, first)
        end = found.end()
    return words


def joined(words: Sequence[Word]) -> str:
    """Return words as one name: an apostrophe vanishes, all else is a space."""
    parts = [words[0].said]
    for word in words[1:]:
        parts += ["" if word.joined else " ", word.said]
    return "".join(parts)


def _words(found: regex.Match[str], where: tuple[int, int], follows: bool, first: bool) -> Iterator[Word]:
    said, start = _folded(found[0]), found.start()
    if found["letters"]:
        for at, written in enumerate(found[0], start):
            for letter in _folded(written):  # one sign of Thai is two letters
                yield Word(letter, at, at + 1, *where, False, False, follows if at == start else True, written, True)
    elif said:
        capital = found[0][0].isupper()
        capitals = len(found[0]) > 1 and found[0].isupper()
        yield Word(said, start, found.end(), *where, capital and not first, capitals, follows, found[0], False)


@lru_cache(maxsize=8192)
def _folded(written: str) -> str:
    return folded(written)


def _abbreviates(mark: str, word: Word) -> bool:
    return mark == "." and len(word.said) <= _ABBREVIATED and not word.said.isdigit() and not word.letter
