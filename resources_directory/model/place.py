"""Places as the directory knows them: cities and towns, nothing finer. The gazetteer resolves what somebody types to a place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A city or town from GeoNames with at least 5,000 people, or the city that a postcode belongs to."""

    id: int  # GeoNames id
    name: str  # as GeoNames writes it
    country: str  # ISO 3166-1 alpha-2
    region: str  # GeoNames code of the first-level division, unique within its country: TX, ENG, 05
    region_name: str  # Texas; empty where none is known
    latitude: float  # degrees; of the city, or of the center of the postcode area if a postcode was typed
    longitude: float  # degrees
    population: int
    timezone: str  # IANA, Europe/Paris


@dataclass(frozen=True)
class Region:
    """A first-level division, for when somebody names no city: Texas, Scotland."""

    country: str  # ISO 3166-1 alpha-2
    code: str  # GeoNames code, the same as in Place.region
    name: str
    population: int  # of its cities with at least 15,000 people
