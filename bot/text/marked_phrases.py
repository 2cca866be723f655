"""The spellings in which a listed phrase counts, for lists that decide something at once.

Marks that somebody writes must be the phrase's: "xấu" (bad) is no "xau" (bye). Who writes none is understood too; but where the
bare letters are an ordinary word, a sign before the phrase says that it counts with its marks only: "=xóa" (delete), "xoa" (rub).
"""

from collections.abc import Iterable, Iterator
from itertools import product

from bot.text.cleaning import clean, marked_words, without_marks

_ONLY_MARKED = "="
_MOST = 3  # marked words of a phrase of which some may be typed without their marks; else all of them or none


def spelled(text: str) -> str:
    """Return a message in the form in which it is compared with `spellings`."""
    return " ".join(marked_words(clean(text)))


def spellings(phrases: Iterable[object]) -> Iterator[str]:
    """Yield each phrase of a list as messages spell it; they are ours and clean already."""
    for phrase in map(str, phrases):
        words = marked_words(phrase)
        whole, bare = " ".join(words), " ".join(map(without_marks, words))
        yield whole
        if phrase.startswith(_ONLY_MARKED) or whole == bare:
            continue
        choices = [sorted({word, without_marks(word)}) for word in words]
        some = sum(len(choice) > 1 for choice in choices) <= _MOST
        yield from map(" ".join, product(*choices)) if some else [bare]
