"""Measures how well places are heard: `python -m commands.bench.places_heard PLACES` prints right places, wrong "here", and
how often at least the country of the writer is known, likely, or among those that are asked about.

PLACES is the SQLite file with the places of the world, or a compiled directory. The measured set is
tests/evaluation/places: a message, and what it says (its README). Its folders hold what a wrong "here" was once said of, by class.
"""

import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from resources_directory.model.place import Place, Region
from resources_directory.places.mentions import Mention, corrects, mentions
from resources_directory.places.place_names import PlaceNames
from resources_directory.places.spelling import folded
from resources_directory.places.whereabouts import Whereabouts, whereabouts

SET = Path(__file__).parents[2] / "tests" / "evaluation" / "places"
# The first lines were written before the word lists; each later part after the lists had been tuned on the parts before.
FOLDERS = ("more", "fresh", "wider", "regions", "brought")
# By somebody who saw no rule, and no rule or list was made from these: any, and people who were brought somewhere.
UNSEEN, UNSEEN_LED = "others", "led"
PARTS = {"first": slice(0, 13), "second": slice(13, 25), "third": slice(25, 29), "fourth": slice(29, None)}


@dataclass(frozen=True)
class Heard:
    """What became of one message."""

    right: bool
    wrong_here: bool  # somebody is taken to be where they are not
    country: bool = True  # where the writer is somewhere, the country at least is known, likely or asked about


@dataclass(frozen=True)
class PlaceLine:
    """One message of the set."""

    text: str
    expected: dict[str, Any] | None
    kind: str = ""  # the class of the mistake that it tempts to
    known: str | None = None  # the country of the conversation


def main() -> None:
    """Print the numbers of each language and of each part."""
    with sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True) as connection:
        names = PlaceNames(connection)
        for locale in locales():
            sys.stdout.write(f"{locale}: {_numbers(heard(locale, names))}\n")
        for part, lines in PARTS.items():
            all_heard = [one for locale in locales() for one in heard(locale, names, lines)]
            sys.stdout.write(f"{part}: {_numbers(all_heard)}\n")
        for folder in (*FOLDERS, UNSEEN, UNSEEN_LED):
            _write_classes(folder, names)


def locales(folder: str = "") -> list[str]:
    """Return the languages of the set, or of one of its folders."""
    return sorted(path.stem for path in (SET / folder).glob("*.tsv"))


def heard(locale: str, names: PlaceNames, lines: slice = slice(None)) -> list[Heard]:
    """Return what becomes of the messages of a language."""
    return [_judged(line, locale, names) for line in list(_read(locale))[lines]]


def heard_of_class(folder: str, names: PlaceNames) -> dict[str, list[Heard]]:
    """Return what becomes of the messages of a folder, by class."""
    found: dict[str, list[Heard]] = {}
    for locale in locales(folder):
        for line in _read(f"{folder}/{locale}"):
            found.setdefault(line.kind, []).append(_judged(line, locale, names))
    return dict(sorted(found.items()))


def _write_classes(folder: str, names: PlaceNames) -> None:
    classes = heard_of_class(folder, names)
    for kind, found in classes.items():
        sys.stdout.write(f"{folder} {kind}: {_numbers(found)}\n")
    if classes:
        sys.stdout.write(f"{folder}: {_numbers([one for found in classes.values() for one in found])}\n")


def _read(name: str) -> Iterator[PlaceLine]:
    for line in (SET / f"{name}.tsv").read_text("utf-8").splitlines():
        text, expected, *rest = line.split("\t")
        yield PlaceLine(text, json.loads(expected), *rest)


def _judged(line: PlaceLine, locale: str, names: PlaceNames) -> Heard:
    found = mentions(line.text, locale, line.known, names)
    where = whereabouts(found, country=line.known, asked=False, corrected=corrects(line.text, locale))
    judged = _judged_by(line.expected, found, where, names)
    if line.expected is None or line.expected["role"] != "here":
        return replace(judged, country=judged.right)
    meant = {where.country, where.likely, *(one.country for one in where.choices)}
    return replace(judged, country=judged.right or line.expected["country"] in meant - {None})


def _judged_by(
    expected: dict[str, Any] | None, found: Sequence[Mention], where: Whereabouts, names: PlaceNames
) -> Heard:
    taken = where.country is not None
    if expected is None:
        return Heard(all(one.role == "name" for one in found), taken or bool(where.choices))
    if expected["role"] == "none":  # an origin, or an offer
        return Heard(not taken, taken)
    if expected["role"] != "here":
        said = [one.found[0] for one in found if one.role == expected["role"]]
        right = any(_is(one, expected, names) for one in said) and not taken
        return Heard(right, taken)
    if "choices" in expected:
        return Heard({one.country for one in where.choices} >= set(expected["choices"]), taken)
    return _judged_here(where, expected, names)


def _judged_here(where: Whereabouts, expected: dict[str, Any], names: PlaceNames) -> Heard:
    one = where.place or where.region
    if where.country != expected["country"]:
        return Heard(False, where.country is not None)
    if expected["place"] is None:
        return Heard(True, False)
    # Two towns of one name in the country are asked about.
    right = any(_is(place, expected, names) for place in ([one] if one else where.choices))
    return Heard(right, one is not None and not right)


def _is(one: Place | Region, expected: dict[str, Any], names: PlaceNames) -> bool:
    if one.country != expected["country"]:
        return False
    if expected["place"] is None:
        return True
    name = folded(expected["place"])
    if isinstance(one, Place):
        return name in folded(one.name) or one.id in {city.id for city in names.cities(name)}
    # The region of a town is coarse, and true.
    around = {city.region for city in names.cities(name) if city.country == one.country}
    return one.code in around | {region.code for region in names.regions(name) if region.country == one.country}


def _numbers(found: list[Heard]) -> str:
    right, wrong = sum(one.right for one in found), sum(one.wrong_here for one in found)
    country, of = sum(one.country for one in found), len(found)
    shares = f"{right} of {of} right ({right / of:.3f}), {wrong} wrong here ({wrong / of:.3f})"
    return f"{shares}, {country} country right or likely ({country / of:.3f})"


if __name__ == "__main__":
    main()
