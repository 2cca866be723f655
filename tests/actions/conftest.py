"""Conversations for the tests of the actions."""

from collections.abc import Iterator

import pytest

from actions.referral import directory_client
from actions.referral.directory_client import Source
from tests.actions.small_directory import NOW, SmallDirectory
from tests.actions.stage import Stage


@pytest.fixture(autouse=True)
def country_files_only() -> Iterator[None]:
    """Look at the country files, whatever was compiled on this machine."""
    directory_client.use(Source(None))
    yield
    directory_client.use(None)


@pytest.fixture
def near() -> SmallDirectory:
    """A directory with services near a few towns, in which the actions look."""
    directory = SmallDirectory()
    directory_client.use(Source(directory, unchecked=True, now=lambda: NOW))
    return directory


@pytest.fixture
def stage() -> Stage:
    """A conversation in which nothing was said yet."""
    return Stage()


@pytest.fixture
async def talk(stage: Stage) -> Stage:
    """A conversation in which it was said to be safe."""
    await stage.hears("greet")
    await stage.hears("affirm")
    return stage
