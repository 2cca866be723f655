"""A search in a small directory of services and lines, for tests of what is given near a place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from resources_directory.model.hsds import CountryEntries
from resources_directory.model.search_query import FoundServices
from tests.resources_directory.ranking.lines import EMERGENCY, line
from tests.resources_directory.small import NOW, compiled, entries, query

Find = Callable[..., FoundServices]


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """Look in a directory of these rows: `find(rows, query)`."""

    def look(rows: list[dict[str, Any]], asked: Any = None, country: str = "US") -> FoundServices:
        here = entries(*rows, country=country).model_dump() | {"emergency": EMERGENCY}
        world = entries(line("Home", "return", world=True), country="ZZ")
        finder = compiled(tmp_path / "directory.sqlite", CountryEntries.model_validate(here), world)
        return finder.find(asked or query(), NOW)

    return look


def names(found: FoundServices) -> list[str]:
    """Return the names of services, then of lines, of those for something else in brackets."""
    given = [(one.name, one.fits) for one in found.services] + [(one.name, one.fits) for one in found.lines]
    return [name if fits else f"({name})" for name, fits in given]
