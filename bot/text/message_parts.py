"""Messages in parts: a cry for help must not drown in a long story, nor a second request in the same sentence."""

from functools import cache

import regex

from bot.text.cleaning import words
from bot.text.keyword_lists import every

WORDS = 40  # in one piece; the encoder was trained on texts up to about this length
PIECES = 20  # read at most: all of a message of the greatest length we keep
# Scripts without spaces have no words to count, and neither has garbage: this many letters count as one word.
_LETTERS = 12
_PAUSES = regex.compile(r"[,;:.!?…،؛؟。！？，；、।\n]+")
_CLAUSES, _CLAUSE_WORDS = 4, 3  # clauses read at most, and words in each at least: fewer say too little alone
_SENTENCE_ENDS = regex.compile(r"(?<=[.!?…。！？؟।])\s+|\n+")


def pieces(text: str) -> list[str]:
    """Split a text at sentence ends into pieces to be read one by one."""
    if weight(text) <= WORDS:
        return [text]
    found: list[str] = []
    for part in _short_parts(text):
        if found and weight(f"{found[-1]} {part}") <= WORDS:
            found[-1] += f" {part}"
        else:
            found.append(part)
    # The end is always read: what is most urgent is often said last.
    return found if len(found) <= PIECES else [*found[: PIECES - 2], *found[-2:]]


def weight(text: str) -> int:
    """Count the words, or the equivalent in a script without spaces."""
    return max(len(text.split()), len(text) // _LETTERS)


def _short_parts(text: str) -> list[str]:
    parts = []
    for sentence in _SENTENCE_ENDS.split(text):
        words = sentence.split()
        if weight(sentence) > len(words):
            size = WORDS * _LETTERS
            parts += [sentence[at : at + size] for at in range(0, len(sentence), size)]
        else:
            parts += [" ".join(words[at : at + WORDS]) for at in range(0, len(words), WORDS)]
    return parts


def clauses(text: str) -> list[str]:
    """Split a message at pauses and joining words; empty if there is only one thought, or too many to read."""
    if weight(text) > WORDS:
        return []
    found: list[list[str]] = [[]]
    for part in _PAUSES.split(text):
        for word in part.split():
            if "".join(words(word)) in _joining_words():
                found.append([])
            else:
                found[-1].append(word)
        found.append([])
    telling = [" ".join(clause) for clause in found if len(clause) >= _CLAUSE_WORDS]
    return telling if 2 <= len(telling) <= _CLAUSES else []


@cache
def _joining_words() -> frozenset[str]:
    return frozenset("".join(words(word)) for word in every("joining"))
