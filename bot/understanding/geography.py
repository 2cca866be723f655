"""A location that a phone sends, rounded at once to the nearest city: nothing finer is looked at or kept (P03)."""

import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PLACES = (
    Path(__file__).parents[2] / "data" / "city_places.tsv.gz"
)  # made by `python -m commands.data_build.city_tables`


@dataclass(frozen=True)
class City:
    """The city nearest to a phone. Its id distinguishes it from others of the same name: there are many Springfields."""

    id: int  # in GeoNames
    name: str  # "Paris, FR"


def nearest_city(latitude: float, longitude: float) -> City:
    """Return the city nearest to a point, in degrees."""
    cities, points = _cities()
    return cities[int(np.argmax(points @ _point(np.radians([latitude]), np.radians([longitude]))[0]))]


@cache
def _cities() -> tuple[list[City], NDArray[np.float64]]:
    rows = [line.split("\t") for line in gzip.decompress(PLACES.read_bytes()).decode().splitlines()]
    latitudes, longitudes = (np.radians([float(row[column]) for row in rows]) for column in (3, 4))
    return [City(int(row[0]), f"{row[1]}, {row[2]}") for row in rows], _point(latitudes, longitudes)


def _point(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points on a globe of radius one: the nearer they are, the larger their dot product."""
    flat = np.cos(latitudes)
    return np.stack([flat * np.cos(longitudes), flat * np.sin(longitudes), np.sin(latitudes)], axis=1)
