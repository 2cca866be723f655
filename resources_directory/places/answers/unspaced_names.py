"""Names inside longer words: in scripts without spaces ("我在北京"), and in Korean with attached particles ("서울에")."""

from collections.abc import Iterator

import regex

from resources_directory.places.answers.exact_names import ExactNames, FoundPlaces
from resources_directory.places.place_words import PlaceWords

_LONGEST_WORD, _LONGEST_NAME = 24, 14  # letters
_KNOWN = 1_000_000  # people: two Chinese characters mean a city this large; those of a small city are mostly words
_IN_FRONT = 100_000  # people: at the beginning, or after "in"
_WHOLE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Hangul}\p{M}]+")


def names_inside(word: str, exact: ExactNames) -> Iterator[FoundPlaces]:
    """Yield what the names inside a word mean, from start to end."""
    if not _WHOLE.fullmatch(word):
        return
    at, letters = 0, word[:_LONGEST_WORD]
    while at < len(letters) - 1:
        found, size = _longest_at(letters, at, exact)
        if found:
            yield found
        at += size


def _longest_at(letters: str, at: int, exact: ExactNames) -> tuple[FoundPlaces, int]:
    placed = not at or letters[:at].endswith(PlaceWords.load().joined)
    for size in range(min(_LONGEST_NAME, len(letters) - at), 1, -1):
        found = exact.named([letters[at : at + size]], placed)
        if found and max(one.population for one in found) >= (_IN_FRONT if placed else _KNOWN):
            return found, size
    return [], 1
