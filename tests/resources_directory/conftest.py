"""The places of the world, read once for all tests."""

import sqlite3
from collections.abc import Iterator

import pytest

from resources_directory.places.gazetteer import Gazetteer
from tests.resources_directory.small import places


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    (file,) = places().glob("places-*.sqlite")
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    yield Gazetteer.over(connection)
    connection.close()
