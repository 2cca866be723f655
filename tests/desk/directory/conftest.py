"""A desk beside a small directory of Spain, and two stewards who sit at it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk.desk_page import DeskSite, Seat
from tests.desk.directory_folder import compiled, entries


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return entries(tmp_path / "entries")


@pytest.fixture
def file(tmp_path: Path, folder: Path) -> Path:
    return compiled(tmp_path / "made" / "directory.sqlite", folder)


@pytest.fixture
async def site(desk_site: DeskSite, folder: Path, file: Path) -> AsyncIterator[DeskSite]:
    services = replace(desk_site.services, directory_file=file, entries=folder)
    async with DeskSite(services, desk_site.clock).open() as site:
        yield site


@pytest.fixture
async def seats(site: DeskSite) -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def heron(site: DeskSite, seats: AsyncExitStack) -> Seat:
    return await seats.enter_async_context(site.seat(await site.hires("Blue Heron", "steward")))


@pytest.fixture
async def owl(site: DeskSite, seats: AsyncExitStack) -> Seat:
    return await seats.enter_async_context(site.seat(await site.hires("Owl", "steward")))
