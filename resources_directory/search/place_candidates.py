"""Candidates for a place typed into a search: a city, a postcode, a region or a country, and whatever else has that name."""

from dataclasses import dataclass

from resources_directory.model.place import Place, Region
from resources_directory.places.country_names import country_name
from resources_directory.search.finder import Finder


@dataclass(frozen=True)
class PlaceCandidate:
    """One reading of what was typed."""

    country: str  # ISO 3166-1 alpha-2
    place: Place | Region | None = None  # None: the whole country

    def label(self, finder: Finder, locale: str) -> str:
        """Return a name that tells the reader which place it is."""
        return finder.gazetteer().label(self.place, locale) if self.place else country_name(self.country, locale)


def candidates(finder: Finder, typed: str, country: str | None = None) -> list[PlaceCandidate]:
    """Return every reading of what was typed, likeliest first; `country`: where somebody is known to be."""
    gazetteer = finder.gazetteer()
    named = gazetteer.country_named(typed)
    found = gazetteer.namesakes(typed) if named else gazetteer.find(typed, country)
    readings = [PlaceCandidate(one.country, one) for one in gazetteer.ambiguous(found) or found[:1]]
    if named:
        # Granada is also a city in Spain, and the directory may have nothing on the country of that name.
        readings.insert(0 if named in finder.directory_of(named).countries else len(readings), PlaceCandidate(named))
    return readings
