"""The tables of names by sound in the directory's SQLite file: which places share a key (sounds.py), and which words are no
names."""

import gzip
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from resources_directory.places.by_sound.sounds import keys_of, skeleton, skeletons, sound, word_stems
from resources_directory.places.name_filter import NameFilter

_SOUNDS = """CREATE TABLE place_sound (key INTEGER NOT NULL, sound TEXT NOT NULL, place INTEGER NOT NULL,
    PRIMARY KEY (key, sound, place)) WITHOUT ROWID"""
_SEEN = "CREATE TABLE seen_filter (bits BLOB NOT NULL)"
# Made by `python -m commands.data_build.seen_words`.
_WORDS = Path(__file__).parents[2] / "atlas" / "seen_words.txt.gz"
# People: what a smaller place is called elsewhere is not how its name sounds there.
_ALL_NAMES_FROM = 100_000
_SHORTEST, _LONGEST = 3, 24  # letters
_OTHER_LENGTH = 3  # consonants

# A place: its number, name, country, people, and its other names, folded.
SoundingPlace = tuple[int, str, str, int, list[str]]


def fill_sounds(connection: sqlite3.Connection, places: Iterable[SoundingPlace]) -> None:
    """Create and fill the tables; the caller commits."""
    connection.execute(_SOUNDS)
    connection.executemany(
        "INSERT INTO place_sound VALUES (?, ?, ?)", sorted({row for place in places for row in _rows(place)})
    )
    connection.execute(_SEEN)
    seen = gzip.decompress(_WORDS.read_bytes()).decode().splitlines()
    words = NameFilter.of({form for word in seen for form in word_stems(word)})
    connection.execute("INSERT INTO seen_filter VALUES (?)", (words.bits,))


def _rows(place: SoundingPlace) -> Iterator[tuple[int, str, int]]:
    id_, name, country, people, others = place
    # As it is said there, and as somebody reads it who only knows how it is written.
    said = [sound(name, country, others[0]), sound(others[0])]
    if people >= _ALL_NAMES_FROM:
        short = name.partition("-")[0]  # "Cluj" for Cluj-Napoca
        said += [sound(short, country)] if short != name and len(short) > _SHORTEST else []
        said += (sound(other, country) for other in others[1:] if other.isascii())
    first = skeleton(said[0])
    for one in dict.fromkeys(said):
        if not _SHORTEST <= len(one) <= _LONGEST:
            continue
        forms = list(skeletons(one))
        # GeoNames also has former names, and names that machines wrote: those sound otherwise.
        alike = forms[0][:1] == first[:1] and abs(len(forms[0]) - len(first)) < _OTHER_LENGTH
        if alike or one in said[:3]:
            for key in keys_of(forms):
                yield key, one, id_
