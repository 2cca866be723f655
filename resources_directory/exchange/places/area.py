"""The country and the area of a service: from its addresses, its service area, or as the steward states."""

from babel.core import get_global

from resources_directory.exchange import attributes
from resources_directory.exchange.feeds.feed_row import AreaRow, ServiceRow
from resources_directory.exchange.feeds.options import Options
from resources_directory.exchange.feeds.plain_text import shortened
from resources_directory.exchange.feeds.refusal import RowRefused
from resources_directory.model.hsds import WORLD, Location, ServiceArea
from resources_directory.places.country_names import country_of

_EXTENTS = {
    "country": "country", "national": "country", "nation": "country", "nationwide": "country",
    "region": "region", "state": "region", "county": "region", "province": "region", "regional": "region",
    "city": "city", "town": "city", "municipality": "city", "locality": "city", "local": "city",
}  # fmt: skip


_LONGEST_NAME = 60  # letters; what is longer is a sentence about the area


def country(row: ServiceRow, options: Options) -> str:
    """Return the country of a service; raise RowRefused if none or several are stated."""
    addresses = [address for place in row.all_locations for address in (*place.addresses, *place.postal)]
    told = {found for address in addresses if (found := _country(address.country))}
    told = told or {found for area in _areas(row) if (found := _country_of_area(area))}
    told = {own for own in attributes.ours(row.attributes, "country") if own == WORLD or _country(own) == own} or told
    if len(told) > 1:
        raise RowRefused(f"its places are in several countries: {', '.join(sorted(told))}")
    constant = _country(options.mapping.constants.get("country"))
    found = next(iter(told), None) or options.country or options.mapping.country or constant
    if found is None:
        raise RowRefused("no country is told: import it with --country")
    return found


def area(row: ServiceRow, country: str, locations: tuple[Location, ...]) -> ServiceArea:
    """Return the area whose residents may call; raise RowRefused if nothing states it."""
    for found in _areas(row):
        extent = _EXTENTS.get((found.extent_type or "").casefold()) or _EXTENTS.get((found.extent or "").casefold())
        if _country(found.name) == country and len(found.name or "") > 2:
            extent = "country"
        if extent == "country":
            return ServiceArea()
        if extent and found.name:
            return ServiceArea.model_validate({"extent_type": extent, "name": found.name[:1_000]})
    if locations:
        return ServiceArea(extent_type="city", name=locations[0].city)
    named = ", ".join(
        dict.fromkeys(found.name for found in _areas(row) if found.name and len(found.name) <= _LONGEST_NAME)
    )
    if not named:
        # Without this rule, a shelter without a city would be offered to a whole country.
        raise RowRefused(
            "no place is told: neither a city nor the area that it serves (constants: area in a mapping file says it for all rows)"
        )
    return ServiceArea(extent_type="region", name=shortened(named, 1_000))


def _areas(row: ServiceRow) -> tuple[AreaRow, ...]:
    return (*row.service_areas, *(area for place in row.places for area in place.service_areas))


def _country_of_area(area: AreaRow) -> str | None:
    """Return the country that an area names. Two letters are often a state: IN in a list of areas is Indiana."""
    sure = _EXTENTS.get((area.extent_type or "").casefold()) == "country" or len(area.name or "") > 3
    return _country(area.name) if sure else None


def _country(told: str | None) -> str | None:
    if not told:
        return None
    short = get_global("territory_aliases").get(told.strip().upper(), [])
    return short[0] if len(told.strip()) == 3 and len(short) == 1 else country_of(told)
