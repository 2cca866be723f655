"""A small directory for tests: services as a steward would write them, and what a person may look for."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from resources_directory.model.hsds import CountryEntries
from resources_directory.model.place import Place
from resources_directory.model.search_query import SearchQuery
from resources_directory.search.directory_build import Built, compile_entries
from resources_directory.search.finder import Finder
from tests.hotline import ROOT

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)  # a Wednesday: 9:00 in Houston, 16:00 in Paris
HOUSTON = Place(4699066, "Houston", "US", "TX", "Texas", 29.76, -95.36, 2_296_224, "America/Chicago")
CITIES = {
    "Houston": (29.76, -95.36),
    "Pasadena": (29.69, -95.21),
    "Galveston": (29.30, -94.80),
    "Dallas": (32.78, -96.81),
}


def service(name: str, city: str = "Houston", **fields: Any) -> dict[str, Any]:
    """Return a checked local service; `fields` are those of the model."""
    latitude, longitude = CITIES[city]
    plain: dict[str, Any] = {
        "id": f"us-{name.lower().replace(' ', '-')}",
        "name": name,
        "kinds": ["legal_aid"],
        "phones": [{"number": "713-555-0100"}],
        "locations": [{"location_type": "physical", "city": city, "latitude": latitude, "longitude": longitude}],
        "service_area": {"extent_type": "city", "name": city},
        "status": "active",
        "verified": True,
        "checked_on": "2026-11-01",
        "checked_by": "first",
    }
    return plain | fields


def entries(*services: dict[str, Any], operated_by: str = "ngo", country: str = "US") -> CountryEntries:
    """Return one country file with these services, each of an organization of its own."""
    organizations = [
        {"name": plain["name"], "operated_by": plain.pop("operated_by", operated_by), "services": [plain]}
        for plain in services
    ]
    return CountryEntries.model_validate({"country": country, "organizations": organizations})


def query(**fields: Any) -> SearchQuery:
    """A query for a lawyer in Houston; `fields` are those of the query."""
    plain: dict[str, Any] = {"kinds": ("legal_aid",), "country": "US", "place": HOUSTON}
    return SearchQuery(**(plain | fields))


def compiled(path: Path, *countries: CountryEntries) -> Finder:
    """Compile these and open them; the places of the world are made once for all tests."""
    rebuilt(path, *countries)
    return Finder(path)


def rebuilt(path: Path, *countries: CountryEntries) -> Built:
    """Compile these into the file, while others may read it."""
    return compile_entries(countries, path, places=places())


@cache
def places() -> Path:
    """Return the folder of the places of the world, made once for all workers and runs: it takes four seconds."""
    folder = ROOT / "var" / "tests" / "places"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        compile_entries((), Path(scratch) / "directory.sqlite", places=folder)
    return folder


def with_places(folder: Path) -> Path:
    """Lay the places of the world into a folder in which a directory is to be compiled, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for kept in places().glob("places-*.sqlite"):
        (folder / kept.name).symlink_to(kept)
    return folder
