"""A translator of the organisation's own, and a desk that uses it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web

from bot.settings import Settings
from channels.gateway import serve
from tests.desk.desk_page import DeskSite
from tests.desk.translation.machine import Machine


@pytest.fixture
async def machine() -> AsyncIterator[Machine]:
    machine = Machine()
    app = web.Application()
    app.router.add_post("/translate", machine.translate)
    async with serve(app, "127.0.0.1", machine.port):
        yield machine


@pytest.fixture
async def with_machine(desk_site: DeskSite, settings: Settings, machine: Machine) -> AsyncIterator[DeskSite]:
    services = replace(desk_site.services, settings=replace(settings, translate_url=machine.url))
    async with DeskSite(services, desk_site.clock).open() as site:
        yield site
