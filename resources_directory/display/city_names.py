"""The name of a city in the reader's language and script, as far as Unicode CLDR has it: one city of each time zone.

The atlas has other spellings too, but folded and without their language: good for reading, not for showing.
"""

from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.core import get_global

from resources_directory.places.spelling import folded

_ALSO = {"New York City": "New York"}


def city_name(city: str, country: str, names: Locale) -> str:
    """Return the name of a city, as GeoNames writes it, for a reader; unchanged where CLDR has no other.

    `country`: ISO 3166-1 alpha-2; `names`: the reader's language in CLDR.
    """
    zone = _zones().get((country, folded(_ALSO.get(city, city))))
    own = names.time_zones.get(zone or "", {}).get("city")
    return str(own or city)


@cache
def _zones() -> Mapping[tuple[str, str], str]:
    """Return the time zones by country and the folded English name of their city."""
    english, countries, renamed = Locale("en").time_zones, get_global("zone_territories"), get_global("zone_aliases")
    zones = {}
    # Those of which the cities are named; Russian names every city anew.
    for zone in map(str, Locale("ru").time_zones):
        country = str(countries.get(zone) or countries.get(str(renamed.get(zone))) or "")
        city = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if country:
            zones[country, folded(str(city))] = zone
    return zones
