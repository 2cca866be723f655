"""Collects the everyday words of each language that are names of places too: `python -m commands.data_build.everyday_words PLACES`.

"Escada" is stairs, and a town in Brazil; "linen" is Lünen in a list of names. Counted in our example messages, in languages
with capitals: what people write there twice, and hardly ever with a capital, is a word (resources_directory/places/reading).
PLACES is the SQLite file with the places of the world.
"""

import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from commands.examples.example_lines import read as read_examples
from resources_directory.places.gazetteer_tables import ATLAS
from resources_directory.places.place_names import PlaceNames
from resources_directory.places.place_words import PlaceWords
from resources_directory.places.reading.message_words import Word, joined, read
from resources_directory.places.reading.names_said import forms, look_up
from resources_directory.places.reading.role_words import COUNTED, RoleWords

_EXAMPLES = Path(__file__).parents[2] / "data" / "examples"
_SHORTEST, _LONGEST_NAME = 4, 3  # letters, words
_TWICE = 2
_CYRILLIC = ("ru", "uk")
_LOOKED_UP = 50  # words at once, each in all its forms
_CAPITALS = 0.15  # of a word; names have more of them
_LOCATED = 0.1


def main() -> None:
    """Write the list of words."""
    with sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True) as connection:
        names = PlaceNames(connection)
        lines = [f"{locale}\t{'|'.join(sorted(_words(locale, names)))}\n" for locale in _locales()]
    (ATLAS / COUNTED).write_text("".join(lines), "utf-8")
    sys.stdout.write("".join(f"{line.partition(chr(9))[0]}: {line.count('|') + 1} words\n" for line in lines))


def _locales() -> list[str]:
    return sorted(
        path.name for path in _EXAMPLES.iterdir() if RoleWords.load(path.name).latin or path.name in _CYRILLIC
    )


def _words(locale: str, names: PlaceNames) -> set[str]:
    seen: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    located: Counter[str] = Counter()
    examples = {example.text: example.label for example in read_examples(_EXAMPLES)[locale]}
    for text, label in examples.items():
        for name, capital in _names(read(text)):
            seen[name] += 1
            capitals[name] += capital
            located[name] += label == "provide_location"
    often = [name for name, times in seen.items() if times >= _TWICE and capitals[name] <= _CAPITALS * times]
    kept = [
        name for name in often if located[name] <= _LOCATED * seen[name] and name not in PlaceWords.load().names_first
    ]
    roles = RoleWords.load(locale)
    parts = (kept[at : at + _LOOKED_UP] for at in range(0, len(kept), _LOOKED_UP))
    return {name for part in parts for name in _named(part, roles, names)}


def _named(words: list[str], roles: RoleWords, names: PlaceNames) -> set[str]:
    """Return those that name a place, or do so without their ending: "теплиці" is Teplyk."""
    of = {form: word for word in words for form, _, _ in forms(word, roles) if form in names.filter}
    return {of[form] for at in range(0, len(of), 300) for form in look_up(list(of)[at : at + 300], names.connection)}


def _names(words: list[Word]) -> Iterator[tuple[str, bool]]:
    """Yield each run of a few words, and whether it begins with a capital that no sentence explains."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1):
            if words[end - 1].clause != words[start].clause:
                break
            name = joined(words[start:end])
            if len(name) >= _SHORTEST:
                yield name, words[start].capital


if __name__ == "__main__":
    main()
