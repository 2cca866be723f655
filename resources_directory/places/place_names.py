"""Look-ups in the gazetteer's tables: cities, regions and countries by exact name, and cities by a name with typos."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from resources_directory.model.place import Place, Region
from resources_directory.places.by_sound.sounds import word_stems
from resources_directory.places.name_filter import NameFilter
from resources_directory.places.spelling import folded
from resources_directory.places.typos import SHORTEST, slip_keys

_PLACE = """SELECT p.id, p.name, p.country, p.region, COALESCE(r.name, ''), p.latitude, p.longitude, p.population, p.timezone
    FROM place p LEFT JOIN region r ON r.country = p.country AND r.code = p.region"""
_SOUNDING = """SELECT s.sound, p.id, p.name, p.country, p.region, COALESCE(r.name, ''), p.latitude, p.longitude,
    p.population, p.timezone FROM place_sound s JOIN place p ON p.id = s.place
    LEFT JOIN region r ON r.country = p.country AND r.code = p.region
    WHERE s.key IN ({keys}) AND {fits} ORDER BY p.population DESC LIMIT 200"""
_REGION = "SELECT r.country, r.code, r.name, r.population FROM region r"
# A single place to the people who live there, though it has regions.
CITY_STATES = frozenset({"SG", "MC", "HK", "MO", "VA", "GI", "DJ", "KW", "LU", "SM"})
_MOST = 60  # places of one name
_TWO_SLIPS_FROM = 8  # letters
_CITY, _TIMES_A_TOWN = 15_000, 20  # a smaller place is a town; it counts only beside namesakes fewer times as large
_KNOWN_CITY, _KNOWN_REGION = 50_000, 1_000_000  # people
# A country, and one of its regions; None: the whole country.
Area = tuple[str, str | None]


@dataclass(frozen=True)
class PlaceNames:
    """The gazetteer's tables, read-only."""

    connection: sqlite3.Connection

    @cached_property
    def filter(self) -> NameFilter:
        """Return which names there are at all."""
        return NameFilter(self.connection.execute("SELECT bits FROM name_filter").fetchone()[0])

    def cities(self, name: str) -> list[Place]:
        """Return the cities with a folded name, largest first."""
        where = "JOIN place_name n ON n.place = p.id WHERE n.name = ? ORDER BY p.population DESC, p.id LIMIT ?"
        return [Place(*row) for row in self.connection.execute(f"{_PLACE} {where}", (name, _MOST))]

    def named(self, name: str) -> list[Place | Region]:
        """Return the cities and regions whose own name this is, not just their name in some language."""
        found: list[Place | Region] = [*self.cities(name), *self.regions(name)]
        return [one for one in found if folded(one.name) == name]

    def city(self, id_: int) -> Place | None:
        """Return the city with a GeoNames id."""
        row = self.connection.execute(f"{_PLACE} WHERE p.id = ?", (id_,)).fetchone()
        return Place(*row) if row else None

    def regions(self, name: str) -> list[Region]:
        """Return the regions with a folded name, largest first."""
        where = "JOIN region_name n ON n.country = r.country AND n.code = r.code WHERE n.name = ? ORDER BY r.population DESC"
        return [Region(*row) for row in self.connection.execute(f"{_REGION} {where}", (name,))]

    def region(self, country: str, code: str) -> Region | None:
        """Return the region with a GeoNames code."""
        where = "WHERE r.country = ? AND r.code = ?"
        row = self.connection.execute(f"{_REGION} {where}", (country, code)).fetchone()
        return Region(*row) if row else None

    def coded(self, short: str) -> list[Region]:
        """Return the regions with a short code, as people write it after a city: "tx"."""
        return [Region(*row) for row in self.connection.execute(f"{_REGION} WHERE r.short = ?", (short,))]

    def countries(self, name: str) -> set[str]:
        """Return the countries with a folded name or code."""
        rows = self.connection.execute("SELECT country FROM country_name WHERE name = ?", (name,))
        return {country for (country,) in rows}

    def country_names(self, language: str) -> list[tuple[str, str]]:
        """Return (name, country) of all that people call countries in a language, or in English, or everywhere."""
        if language not in self._countries_said:
            said = "SELECT DISTINCT name, country FROM said_country WHERE language IN ('', 'en', ?)"
            self._countries_said[language] = self.connection.execute(said, (language,)).fetchall()
        return self._countries_said[language]

    @cached_property
    def _countries_said(self) -> dict[str, list[tuple[str, str]]]:
        return {}

    def is_said(self, word: str) -> bool:
        """Whether a word stands in our example messages, so it is hardly a name that nothing else shows."""
        return word in self._seen

    def is_inflected(self, word: str) -> bool:
        """Whether such a word stands there in some form."""
        return any(stem in self._seen for stem in word_stems(word))

    @cached_property
    def _seen(self) -> NameFilter:
        return NameFilter(self.connection.execute("SELECT bits FROM seen_filter").fetchone()[0])

    def areas(self, name: str) -> set[Area]:
        """Return everything that can stand beside a city to say which city is meant."""
        found: set[Area] = {(country, None) for country in self.countries(name)}
        return found | {(region.country, region.code) for region in (*self.regions(name), *self.coded(name))}

    def sounding(
        self, keys: Sequence[int], only: Collection[str] | None, people: int, anyway: Collection[str]
    ) -> list[tuple[str, Place]]:
        """Return (sound, place) of what shares a key: in the countries of `only`, if any, and of at least `people`, or in one
        of `anyway`."""
        fits, wanted = f"(p.population >= ? OR p.country IN ({_marks(anyway)}))", [people, *anyway]
        if only is not None:
            fits, wanted = f"p.country IN ({_marks(only)})", [*only]
        look_up = _SOUNDING.format(keys=_marks(keys), fits=fits)
        return [(row[0], Place(*row[1:])) for row in self.connection.execute(look_up, (*keys, *wanted))]

    def slipped(self, typed: str) -> list[tuple[int, Place]]:
        """Return the cities whose name is one or two typos away, with the number of typos."""
        if len(typed) < SHORTEST:
            return []
        keys = list(slip_keys(typed))
        look_up = f"SELECT name FROM place_slip WHERE key IN ({', '.join('?' * len(keys))})"  # noqa: S608 - marks only
        names = {name for (name,) in self.connection.execute(look_up, keys)}
        allowed = 2 if len(typed) >= _TWO_SLIPS_FROM else 1
        counted = {name: OSA.distance(typed, name) for name in names}
        return [(slips, city) for name, slips in counted.items() if slips <= allowed for city in self.cities(name)]


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def known_by_name(found: Place | Region) -> bool:
    """Whether so many people live there that the name may not mean the country of the same name."""
    return found.population >= (_KNOWN_CITY if isinstance(found, Place) else _KNOWN_REGION)


def inside(found: Place | Region, areas: set[Area]) -> bool:
    """Whether the place lies in one of the areas."""
    code = found.region if isinstance(found, Place) else found.code
    return bool({(found.country, None), (found.country, code)} & areas)


def beside(found: Place | Region, other: Place | Region) -> bool:
    """Whether two places lie in the same region, so it matters less which is meant."""
    if found.country == other.country and other.country in CITY_STATES:
        return True
    return inside(found, {(other.country, other.region if isinstance(other, Place) else other.code)})


def ranked(found: Sequence[Place | Region], country: str | None) -> list[Place | Region]:
    """Return places largest first; only those in the person's country if there are any."""
    here = [one for one in found if one.country == country] or _without_small_towns(found)
    # "São Paulo" means the city, unless the city is a small part of a region of the same name.
    cities = [one for one in here if isinstance(one, Place)]
    kept = [one for one in here if isinstance(one, Place) or not any(_heart_of(city, one) for city in cities)]
    return sorted(dict.fromkeys(kept), key=lambda one: -one.population)


def _without_small_towns(found: Sequence[Place | Region]) -> list[Place | Region]:
    """Return places without the towns that have the name of a place much larger: Houston in Scotland."""
    largest = max((one.population for one in found if isinstance(one, Place)), default=0)
    return [one for one in found if one.population >= _CITY or one.population * _TIMES_A_TOWN > largest]


def _heart_of(city: Place, region: Region) -> bool:
    return city.country == region.country and 5 * city.population >= region.population
