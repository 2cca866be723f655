"""Finds common words that are also place names in our example messages: `python -m commands.data_build.common_words`.

"Police" is a town in Poland, "care" a town in Italy, "para" a region of Brazil. As a whole answer, such a word is hardly
ever a place, and a wrong place means a wrong country. A word that is mostly capitalized remains a name.
"""

import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from resources_directory.model.place import Place, Region
from resources_directory.places.gazetteer_tables import ATLAS, fill
from resources_directory.places.place_names import PlaceNames
from resources_directory.places.spelling import folded

_DATA = Path(__file__).parents[2] / "data" / "nlu"
_EXAMPLE = re.compile(r"^\s*- (?!intent:|lookup:|synonym:|regex:)(.+)$", re.MULTILINE)
_PLACE = re.compile(r"\[[^\]]*\]\((?:place|country|city)[^)]*\)")
_MARKED = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_FAMOUS = 300_000  # people: the name of a place this large stays a name, unless words.yml says otherwise
_OFTEN = 2


def main() -> None:
    """Write the list of words."""
    small, capital = _counted()
    connection = sqlite3.connect(":memory:")
    fill(connection)
    names = PlaceNames(connection)
    words = sorted(
        word for word, times in small.items() if times >= _OFTEN and times > capital[word] and _named(word, names)
    )
    (ATLAS / "common_words.txt").write_text("".join(f"{word}\n" for word in words), "utf-8")
    sys.stdout.write(f"common_words: {len(words)} lines\n")


def _counted() -> tuple[Counter[str], Counter[str]]:
    """Count each word of the examples in lowercase and capitalized."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for words in _sentences():
        for word in words:
            (capital if word[:1].isupper() else small)[folded(word)] += 1
    return small, capital


def _sentences() -> Iterator[list[str]]:
    for path in sorted(_DATA.glob("*/*.yml")):
        for example in _EXAMPLE.findall(path.read_text("utf-8")):
            words = _MARKED.sub(r"\1", _PLACE.sub(" ", example)).split()
            # The first word of a sentence is capitalized anyway.
            yield [words[0].lower(), *words[1:]] if words else []


def _named(word: str, names: PlaceNames) -> bool:
    found: list[Place | Region] = [*names.cities(word), *names.regions(word)]
    # Scripts without capitals do not distinguish names from words, and GeoNames has no main names in them.
    famous = any((folded(one.name) == word or word.upper() == word) and one.population >= _FAMOUS for one in found)
    return not famous and not names.countries(word) and bool(found or names.slipped(word))


if __name__ == "__main__":
    main()
