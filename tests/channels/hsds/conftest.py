"""A gateway whose read API is open, over a small directory."""

from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from channels.hsds import hsds_door
from channels.hsds.request_limit import RequestLimit
from tests.hotline import Hotline, ScriptedEngine
from tests.resources_directory.exchange.api.open_directory import OpenDirectory, opened


@pytest.fixture(scope="session")
def open_directory(tmp_path_factory: pytest.TempPathFactory) -> OpenDirectory:
    return opened(tmp_path_factory.mktemp("open"))


class Minutes:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def minutes() -> Minutes:
    return Minutes()


@pytest.fixture
async def publisher(
    settings: Settings, engine: ScriptedEngine, open_directory: OpenDirectory, minutes: Minutes
) -> AsyncIterator[Hotline]:
    """A hotline that publishes its directory."""
    hotline = Hotline(settings, engine, {})
    hotline.hsds = hsds_door.build(open_directory.api, hotline.store, RequestLimit(minutes, of_one=2_000, of_all=3_000))
    async with hotline.working():
        yield hotline
