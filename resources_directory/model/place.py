"""A place as the directory knows it: a city, no finer. What somebody types is turned into one by the gazetteer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """One city or town of GeoNames, from 15,000 people on, or the city that a postcode belongs to."""

    id: int  # of GeoNames
    name: str  # as GeoNames writes it
    country: str  # ISO 3166-1 alpha-2
    region: str  # first-level division by the code of GeoNames, unique within its country: TX, ENG, 05
    region_name: str  # Texas; empty where none is known
    latitude: float  # degrees, of the city; of the middle of its area where a postcode was typed
    longitude: float  # degrees
    population: int
    timezone: str  # IANA, Europe/Paris


@dataclass(frozen=True)
class Region:
    """A first-level division, where somebody names no city: Texas, Scotland."""

    country: str  # ISO 3166-1 alpha-2
    code: str  # of GeoNames, the same as in Place.region
    name: str
    population: int  # of its cities from 15,000 people on
