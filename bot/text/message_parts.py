"""Messages in parts: a cry for help must not drown in a long story, nor a second wish in the same sentence."""

from functools import cache

import regex

from bot.text.cleaning import words
from bot.text.keyword_lists import every

WORDS = 40  # of one piece; the encoder learned from texts up to about this length
PIECES = 20  # read at most: all of a message that is as long as we keep it
# Scripts without spaces have no words to count, and so has garbage: this many letters weigh as one.
_LETTERS = 12
_PAUSES = regex.compile(r"[,;:.!?…،؛؟。！？，；、।\n]+")
_CLAUSES, _CLAUSE_WORDS = 4, 3  # read at most, and of so many words at least: less says too little alone
_SENTENCE_ENDS = regex.compile(r"(?<=[.!?…。！？؟।])\s+|\n+")


def pieces(text: str) -> list[str]:
    """Split a text at sentence ends into pieces that can be read one by one."""
    if weight(text) <= WORDS:
        return [text]
    found: list[str] = []
    for part in _short_parts(text):
        if found and weight(f"{found[-1]} {part}") <= WORDS:
            found[-1] += f" {part}"
        else:
            found.append(part)
    # The end is read in any case: what is most urgent is often said last.
    return found if len(found) <= PIECES else [*found[: PIECES - 2], *found[-2:]]


def weight(text: str) -> int:
    """Count the words, or what comes to the same in a script without spaces."""
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
    """Split a message at pauses and joining words; empty where there is one thought only, or too many to read."""
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
