"""Finds names inside of words that hold more: scripts without blanks ("我在北京"), and Korean with what is hung on ("서울에")."""

from collections.abc import Iterator

import regex

from resources_directory.places.exact_names import ExactNames, Found
from resources_directory.places.place_words import PlaceWords

_LONGEST_WORD, _LONGEST_NAME = 24, 14  # letters
_KNOWN = 1_000_000  # people: two Chinese letters mean such a city, those of a small one are mostly words
_IN_FRONT = 100_000  # people: at the beginning, or behind "in"
_WHOLE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Hangul}\p{M}]+")


def names_inside(word: str, exact: ExactNames) -> Iterator[Found]:
    """Give what the names inside of a word mean, from its beginning to its end."""
    if not _WHOLE.fullmatch(word):
        return
    at, letters = 0, word[:_LONGEST_WORD]
    while at < len(letters) - 1:
        found, size = _longest_at(letters, at, exact)
        if found:
            yield found
        at += size


def _longest_at(letters: str, at: int, exact: ExactNames) -> tuple[Found, int]:
    placed = not at or letters[:at].endswith(PlaceWords.load().joined)
    for size in range(min(_LONGEST_NAME, len(letters) - at), 1, -1):
        found = exact.named([letters[at : at + size]], placed)
        if found and max(one.population for one in found) >= (_IN_FRONT if placed else _KNOWN):
            return found, size
    return [], 1
