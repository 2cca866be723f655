"""The coordinates of a feed, compared with the city that it names: what is far off is said and not taken."""

import gzip
import math
from functools import cache
from typing import NamedTuple

from resources_directory.exchange.feeds.plain_text import shortened
from resources_directory.places.gazetteer_tables import ATLAS
from resources_directory.places.nearness import kilometres
from resources_directory.places.spelling import folded

_FAR = 75  # km: the edge of a big city is forty from its middle
_ABROAD = 300  # km from every city that is known of a country
_BOX = 3.0  # degrees, about 300 km of latitude

Point = tuple[float, float]


class Position(NamedTuple):
    """A position no finer than a kilometre, or why there is none."""

    point: Point | None = None
    fault: str | None = None


def position(latitude: str | None, longitude: str | None, city: str, country: str) -> Position:
    """Return the position that a feed tells of a place in a city."""
    if latitude is None and longitude is None:
        return Position()
    point = (_degrees(latitude, 90), _degrees(longitude, 180))
    if point[0] is None or point[1] is None:
        return Position(fault=f"its coordinates {_told(latitude)}, {_told(longitude)} are no place on earth")
    here = (point[0], point[1])
    # Zero and zero is in the Gulf of Guinea: a program's way of saying nothing.
    if here == (0, 0):
        return Position(fault="its coordinates are 0, 0, which means that nobody knows them")
    fault = _misplaced(here, city, country)
    return Position(fault=fault) if fault else Position((round(here[0], 2), round(here[1], 2)))


def _degrees(text: str | None, most: float) -> float | None:
    try:
        found = float((text or "").replace(",", "."))
    except ValueError:
        return None
    return found if math.isfinite(found) and abs(found) <= most else None


def _told(text: str | None) -> str:
    return shortened(text, 20) if text else "(none)"


def _misplaced(here: Point, city: str, country: str) -> str | None:
    """Return what is wrong with a point that is said to be in a city; None where nothing is known against it."""
    known = _cities(country)
    named = known.get(folded(city))
    if named:
        away = min(kilometres(here, there) for there in named)
        return f"its coordinates are {away:,.0f} km from {city}" if away > _FAR else None
    everywhere = [there for points in known.values() for there in points]
    if everywhere and not any(_near(here, there) for there in everywhere):
        return f"its coordinates are not in {country}"
    return None


def _near(here: Point, there: Point) -> bool:
    return abs(here[0] - there[0]) < _BOX and kilometres(here, there) <= _ABROAD


@cache
def _cities(country: str) -> dict[str, tuple[Point, ...]]:
    """Return where the cities and towns of a country are, by each of their names."""
    found: dict[str, list[Point]] = {}
    for line in _lines().get(country, ()):
        _, _, _, _, latitude, longitude, _, _, written = line.split("\t")
        for name in written.split("|"):
            found.setdefault(name, []).append((float(latitude), float(longitude)))
    return {name: tuple(points) for name, points in found.items()}


@cache
def _lines() -> dict[str, list[str]]:
    """Return the lines of the atlas by country."""
    found: dict[str, list[str]] = {}
    for table in ("cities", "towns"):
        with gzip.open(ATLAS / f"{table}.tsv.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                found.setdefault(line.split("\t", 3)[2], []).append(line.rstrip("\n"))
    return found
