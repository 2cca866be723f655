"""Finds common words that are also place names in our example messages: `python -m commands.data_build.common_words`.

"Police" is a town in Poland, "care" a town in Italy, "para" a region of Brazil. As a whole answer, such a word is hardly
ever a place, and a wrong place means a wrong country. A word that is mostly capitalized remains a name, and so does one
that stands mostly beside "in", "from" or "to".
"""

import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from commands.examples.example_lines import read
from resources_directory.model.place import Place, Region
from resources_directory.places.gazetteer_tables import ATLAS, fill
from resources_directory.places.place_names import PlaceNames
from resources_directory.places.reading.role_words import RoleWords
from resources_directory.places.spelling import folded

_DATA = Path(__file__).parents[2] / "data"
_EXAMPLE = re.compile(r"^\s*- (?!intent:|lookup:|synonym:|regex:)(.+)$", re.MULTILINE)
_PLACE = re.compile(r"\[[^\]]*\]\((?:place|country|city)[^)]*\)")
_MARKED = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_METROPOLIS = 2_000_000
_LONG = 6  # letters
_FAMOUS = 300_000  # people: the name of a place this large stays a name, unless words.yml says otherwise
_WORD = re.compile(r"[^\W\d_]+")
_PLACING, _NONE = frozenset({"in", "from", "to"}), frozenset[str]()


def main() -> None:
    """Write the list of words."""
    connection = sqlite3.connect(":memory:")
    fill(connection)
    names = PlaceNames(connection)
    common = _common(_marked(), 2, besides=False) | _common(_unmarked(), 3, besides=True)
    words = sorted(word for word in common if _named(word, names))
    (ATLAS / "common_words.txt").write_text("".join(f"{word}\n" for word in words), "utf-8")
    sys.stdout.write(f"common_words: {len(words)} lines\n")


def _common(sentences: Iterator[tuple[str, list[str]]], often: int, *, besides: bool) -> set[str]:
    """Return the words that are mostly in lowercase, and `besides` that mostly no word beside them places a name."""
    small: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for locale, words in sentences:
        cues = RoleWords.load(locale).cues
        placed = [besides and bool(_PLACING & cues.get(folded(word), _NONE)) for word in words]
        for at, word in enumerate(words):
            beside = (at and placed[at - 1]) or (at + 1 < len(words) and placed[at + 1])
            (names if word[:1].isupper() or beside else small)[folded(word)] += 1
    return {word for word, times in small.items() if times >= often and times > names[word]}


def _marked() -> Iterator[tuple[str, list[str]]]:
    """Yield the examples whose places are marked, without these."""
    for path in sorted((_DATA / "nlu").glob("*/*.yml")):
        for example in _EXAMPLE.findall(path.read_text("utf-8")):
            yield path.parent.name, _words(_MARKED.sub(r"\1", _PLACE.sub(" ", example)).split())


def _unmarked() -> Iterator[tuple[str, list[str]]]:
    for locale, examples in read(_DATA / "examples").items():
        for one in examples:
            # A script without capitals does not tell names from words, and "in" is often attached to them.
            yield locale, _words([word for word in _WORD.findall(one.text) if word.lower() != word.upper()])


def _words(words: list[str]) -> list[str]:
    # The first word of a sentence is capitalized anyway.
    return [words[0].lower(), *words[1:]] if words else []


def _named(word: str, names: PlaceNames) -> bool:
    found: list[Place | Region] = [*names.cities(word), *names.regions(word)]
    # Scripts without capitals do not distinguish names from words, and GeoNames has no main names in them.
    own = [one for one in found if folded(one.name) == word or word.upper() == word]
    famous = any(one.population >= _FAMOUS for one in own) or (
        len(word) >= _LONG and any(_is_metropolis(one) for one in found)
    )
    return not famous and not names.countries(word) and bool(found or names.slipped(word))


def _is_metropolis(one: Place | Region) -> bool:
    """Whether so many people live in a city that all of its names stay names: "chittagong" is Chattogram now."""
    return isinstance(one, Place) and one.population >= _METROPOLIS


if __name__ == "__main__":
    main()
