"""Text messages as carriers count them: characters, parts, spelling that saves a part, and where a long text can be cut.

One message has 160 characters of GSM-7 or 70 of anything else; in several parts 153 or 67 each (3GPP TS 23.038 and 23.040).
One character outside GSM-7 turns the whole message into UCS-2, so a single "ê" can cost two more parts.
"""

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import ceil

import gsm0338
import regex

_GSM7 = gsm0338.Codec()
_MOST_GSM7, _MOST_UCS2 = 2, 3  # parts of one message; a longer text is sent as several messages
# Typographic characters that every phone also has in a plain form.
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...",
     "\u00a0": " ", "\u202f": " ", "\u2009": " ", "•": "-", "·": "-", "′": "'", "″": '"', "ş": "ș", "ţ": "ț"}
)  # fmt: skip
# In Vietnamese a mark makes another word; it is not an accent.
_VIETNAMESE = regex.compile(r"[đơưĐƠƯ\u1ea0-\u1ef9]")
_LATIN_ONLY = regex.compile(r"[\p{Latin}\p{Common}\p{Inherited}]*")
_SENTENCES = regex.compile(r"\S(?:.*?(?:[。！？]|[.!?…؟।۔](?=\s|$))|[^\n]*)")
# A telephone number is one word, whatever separates its digits; scripts without spaces can be cut anywhere except
# between a letter and its marks.
_WORDS = regex.compile(r"[+(（]?\d[\d ().-]*\d|(?:(?![\d+(（\s])\X){1,60}|\S")


def letters(text: str) -> tuple[int, bool]:
    """Return the length of a text, and whether it is in GSM-7 (otherwise in UCS-2, where an emoji counts as two)."""
    costs = list(map(_septets, text))
    if 0 in costs:
        return len(text.encode("utf-16-be", "replace")) // 2, False
    return sum(costs), True


@lru_cache(maxsize=4_096)
def _septets(letter: str) -> int:
    """Return the length of one letter in GSM-7, or 0 if GSM-7 lacks it."""
    try:
        return len(_GSM7.encode(letter)[0])
    except UnicodeEncodeError:
        return 0


def parts(text: str) -> int:
    """Count the parts in which a text, as it stands, is sent and billed."""
    count, gsm7 = letters(text)
    alone, each = (160, 153) if gsm7 else (70, 67)
    return 1 if count <= alone else ceil(count / each)


def fits(text: str) -> bool:
    """Whether a text, spelled sparingly, fits in one message."""
    spare = sparing(text)
    return parts(spare) <= (_MOST_GSM7 if letters(spare)[1] else _MOST_UCS2)


def sparing(text: str) -> str:
    """Return the text in cheaper characters, if that saves a part and it still reads the same.

    Typographic quotes and dashes become plain ones. Accents are dropped only if the whole text is then GSM-7 and takes
    fewer parts, which is how people text in French, Portuguese, Romanian and Spanish. Vietnamese keeps its marks.
    """
    plain = text.translate(_PLAIN)
    if letters(plain)[1] or _VIETNAMESE.search(plain) or not _LATIN_ONLY.fullmatch(plain):
        return plain if parts(plain) < parts(text) or letters(plain)[1] else text
    bare = "".join(letter if letters(letter)[1] else _without_mark(letter) for letter in plain)
    return bare if letters(bare)[1] and parts(bare) < parts(text) else text


def messages(text: str) -> list[str]:
    """Cut a text into messages that each fit: at line and sentence ends, otherwise between words; never inside a number."""
    return _cut(text, fits)


def within(text: str, most: int) -> list[str]:
    """Cut a text in the same way into messages of at most so many characters."""
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
    """Yield sentences, each with the white space before it; a sentence that is too long is yielded word by word."""
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
