"""Text messages as carriers count them: letters, parts, spelling that saves a part, and where a long text may be cut.

One message has 160 letters of GSM-7 or 70 of anything else; in several parts 153 or 67 each (3GPP TS 23.038 and 23.040).
One letter outside GSM-7 turns the whole message to UCS-2, so "ê" can cost a person's phone company two parts more.
"""

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import ceil

import gsm0338
import regex

_GSM7 = gsm0338.Codec()
_MOST_GSM7, _MOST_UCS2 = 2, 3  # parts of one message; longer ones are sent as several
# Typographic signs that every phone also writes plainly.
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...",
     "\u00a0": " ", "\u202f": " ", "\u2009": " ", "•": "-", "·": "-", "′": "'", "″": '"', "ş": "ș", "ţ": "ț"}
)  # fmt: skip
# In Vietnamese a mark is another word, not an accent.
_VIETNAMESE = regex.compile(r"[đơưĐƠƯ\u1ea0-\u1ef9]")
_LATIN_ONLY = regex.compile(r"[\p{Latin}\p{Common}\p{Inherited}]*")
_SENTENCES = regex.compile(r"\S(?:.*?(?:[。！？]|[.!?…؟।۔](?=\s|$))|[^\n]*)")
# A telephone number is one word, whatever stands between its digits; scripts without spaces are cut somewhere, but
# never between a letter and its marks.
_WORDS = regex.compile(r"[+(（]?\d[\d ().-]*\d|(?:(?![\d+(（\s])\X){1,60}|\S")


def letters(text: str) -> tuple[int, bool]:
    """Count what a text takes, and tell whether it is in GSM-7 (else in UCS-2, where an emoji counts two)."""
    costs = list(map(_septets, text))
    if 0 in costs:
        return len(text.encode("utf-16-be", "replace")) // 2, False
    return sum(costs), True


@lru_cache(maxsize=4_096)
def _septets(letter: str) -> int:
    """Return what one letter takes in GSM-7, or 0 where it is not in it."""
    try:
        return len(_GSM7.encode(letter)[0])
    except UnicodeEncodeError:
        return 0


def parts(text: str) -> int:
    """Count the parts that a text is sent and paid in, as it stands."""
    count, gsm7 = letters(text)
    alone, each = (160, 153) if gsm7 else (70, 67)
    return 1 if count <= alone else ceil(count / each)


def fits(text: str) -> bool:
    """Tell whether a text, spelled sparingly, is short enough for one message."""
    spare = sparing(text)
    return parts(spare) <= (_MOST_GSM7 if letters(spare)[1] else _MOST_UCS2)


def sparing(text: str) -> str:
    """Give the text in letters that cost less, where that saves a part and it still reads the same.

    Typographic quotes and dashes are written plainly. Accents go only if the whole text then is GSM-7 and takes
    fewer parts: so people text in French, Portuguese, Romanian and Spanish. Vietnamese keeps its marks.
    """
    plain = text.translate(_PLAIN)
    if letters(plain)[1] or _VIETNAMESE.search(plain) or not _LATIN_ONLY.fullmatch(plain):
        return plain if parts(plain) < parts(text) or letters(plain)[1] else text
    bare = "".join(letter if letters(letter)[1] else _without_mark(letter) for letter in plain)
    return bare if letters(bare)[1] and parts(bare) < parts(text) else text


def messages(text: str) -> list[str]:
    """Cut a text into messages that each fit: at line and sentence ends, else between words; never inside a number."""
    return _cut(text, fits)


def within(text: str, most: int) -> list[str]:
    """Cut a text in the same way into messages of so many letters at most."""
    return _cut(text, lambda piece: len(piece) <= most)


def _cut(text: str, short: Callable[[str], bool]) -> list[str]:
    if short(text):
        return [text]
    found: list[str] = []
    for space, piece in _pieces(text, short):
        if found and short(f"{found[-1]}{space}{piece}"):
            found[-1] += f"{space}{piece}"
        else:
            found.append(piece)
    return found


def _pieces(text: str, short: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Give sentences, each with what stands in front of it; a sentence that is too long by itself in words."""
    for space, sentence in _between(_SENTENCES, text):
        if short(sentence):
            yield space, sentence
        else:
            yield from _between(_WORDS, sentence, space)


def _between(pieces: "regex.Pattern[str]", text: str, space: str = "") -> Iterator[tuple[str, str]]:
    at = 0
    for found in pieces.finditer(text):
        yield text[at : found.start()] or (space if not at else ""), found[0]
        at = found.end()


def _without_mark(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
