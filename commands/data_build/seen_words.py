"""Collects the words of our example messages: `python -m commands.data_build.seen_words`.

A name in another script, or a small town in small letters, is believed only where it is no word that people write for other
reasons (resources_directory/places/by_sound). A word counts as one if it stands there twice, or once and not where a place
would stand. Words of people who say where they are hardly count: those may be places.
"""

import gzip
import sys
from collections import Counter
from pathlib import Path

from commands.examples.example_lines import read as read_examples
from resources_directory.places.gazetteer_tables import ATLAS, rows
from resources_directory.places.reading.message_words import Word, read
from resources_directory.places.reading.role_cues import Cues
from resources_directory.places.reading.role_words import RoleWords

_EXAMPLES = Path(__file__).parents[2] / "data" / "examples"
_PLACING = frozenset({"in", "from", "to"})
_SHORTEST = 3  # letters
_LARGE = 50_000  # people
_OFTEN_LOCATED = 3  # a third of all times, by those who say where they are


def main() -> None:
    """Write the list of words."""
    words = sorted(_words())
    with (ATLAS / "seen_words.txt.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write("".join(f"{word}\n" for word in words).encode())
    sys.stdout.write(f"seen_words: {len(words)} lines\n")


def _words() -> set[str]:
    seen: Counter[str] = Counter()
    loose: Counter[str] = Counter()  # not where a place would stand
    located: Counter[str] = Counter()
    for locale, examples in read_examples(_EXAMPLES).items():
        cues = RoleWords.load(locale)
        for example in examples:
            words = read(example.text)
            counted = [word.said for word in words if _counts(word)]
            seen.update(counted)
            loose.update(_loose(words, cues))
            if example.label == "provide_location":
                located.update(counted)
    names = _city_names()
    often = {word for word, times in seen.items() if times > 1 or loose[word]}
    often -= {word for word in often if word in names and 2 * loose[word] <= seen[word]}
    return {word for word in often if _OFTEN_LOCATED * located[word] < seen[word]}


def _city_names() -> set[str]:
    """Return what large cities are called; where a place would stand, such a word is one."""
    return {name for *_, people, _, names in rows("cities") if int(people) >= _LARGE for name in names.split("|")}


def _counts(word: Word) -> bool:
    return not word.letter and len(word.said) >= _SHORTEST and not word.said.isdecimal()


def _loose(words: list[Word], roles: RoleWords) -> list[str]:
    cues = Cues(words, roles)
    return [
        word.said for at, word in enumerate(words) if _counts(word) and not word.capital and cues.placed(at, at + 1) < 2
    ]


if __name__ == "__main__":
    main()
