"""A place that a phone tells, rounded at once to the nearest city: nothing finer is looked at or kept (P03)."""

import gzip
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PLACES = Path(__file__).parents[1] / "data" / "city_places.tsv.gz"  # made by `python -m commands.cities`


def nearest_city(latitude: float, longitude: float) -> str:
    """Give "City, CC" (ISO 3166-1 alpha-2) for degrees on the globe."""
    names, points = _cities()
    return names[int(np.argmax(points @ _point(np.radians([latitude]), np.radians([longitude]))[0]))]


@cache
def _cities() -> tuple[list[str], NDArray[np.float64]]:
    rows = [line.split("\t") for line in gzip.decompress(PLACES.read_bytes()).decode().splitlines()]
    latitudes, longitudes = (np.radians([float(row[column]) for row in rows]) for column in (2, 3))
    return [f"{row[0]}, {row[1]}" for row in rows], _point(latitudes, longitudes)


def _point(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give points on a globe of radius one: the nearer, the larger their product."""
    flat = np.cos(latitudes)
    return np.stack([flat * np.cos(longitudes), flat * np.sin(longitudes), np.sin(latitudes)], axis=1)
