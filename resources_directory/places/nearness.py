"""Distances on the globe, and the boxes in degrees that hold everything within a distance."""

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt

# Countries of more than a million square kilometers: a service far away in the same region is what there is.
_WIDE = "AO AR AU BO BR CA CD CN CO DZ EG ET ID IN IR KZ LY ML MN MR MX NE PE RU SA SD TD US ZA"
WIDE = frozenset(_WIDE.split())
_EARTH = 6371.0  # km, mean radius
_DEGREE = 111.2  # km, one degree of latitude
_POLE = 89.0  # degrees; nobody we serve lives beyond


def kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the distance between two points (latitude, longitude in degrees) on the globe."""
    (lat, lon), (other_lat, other_lon) = [tuple(map(radians, point)) for point in (here, there)]
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def boxes(here: tuple[float, float], reach: float) -> Iterator[tuple[float, float, float, float]]:
    """Yield boxes (south, north, west, east) that hold everything within `reach` km: two across the date line (Fiji)."""
    latitude, longitude = here
    high = reach / _DEGREE
    wide = high / cos(radians(min(abs(latitude) + high, _POLE)))
    south, north, west, east = latitude - high, latitude + high, longitude - wide, longitude + wide
    yield south, north, west, east
    if west < -180:
        yield south, north, west + 360, 180
    if east > 180:
        yield south, north, -180, east - 360
