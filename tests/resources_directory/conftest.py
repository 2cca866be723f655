"""The places of the world, read once for all tests."""

import sqlite3
from collections.abc import Iterator

import pytest

from resources_directory.gazetteer import Gazetteer, fill


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    connection = sqlite3.connect(":memory:")
    fill(connection)
    yield Gazetteer.over(connection)
    connection.close()
