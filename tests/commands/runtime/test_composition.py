"""How the parts are put together."""

from io import StringIO

import aiohttp
import pytest

from bot import organisation
from bot.crypto.vault import Vault
from bot.organisation import Organisation, OwnNumber
from bot.settings import Settings
from channels.delivery.notifier import Notifier
from channels.gateway import build, serve
from channels.sms.adapter import Sms
from commands.runtime.composition import Gateway, opened
from commands.runtime.free_ports import free_port
from desk.web import app
from resources_directory.files.entries_folder import ENTRIES, read_folder
from resources_directory.model.directory import Directory
from tests.hotline import MASTER, eventually

OWN = OwnNumber(number="+493023125000")


@pytest.mark.long
async def test_no_complaint_takes_a_national_line_away_and_any_may_hold_a_local_service_back(
    settings: Settings,
) -> None:
    gateway = Gateway.build(settings, Vault(MASTER))
    services = [service for one in read_folder(ENTRIES) for org in one.organizations for service in org.services]

    lines = {line.id for lines in Directory.load().national.values() for line in lines}
    ceiling = gateway.dispatcher.ceiling
    assert {ceiling(line) for line in lines} == {0}
    assert {ceiling(number) for number in Organisation(home_country="DE", own_numbers=(OWN, OWN)).own_ids()} == {0}
    assert [service.id for service in services if not service.national and ceiling(service.id) < 1] == []
    await gateway.store.close()


async def test_the_desk_is_part_of_the_gateway_and_writes_through_its_doors(settings: Settings) -> None:
    gateway = Gateway.build(settings, Vault(MASTER))
    port = free_port()
    async with serve(app.build(gateway.desk), "127.0.0.1", port), aiohttp.ClientSession() as web:
        async with web.get(f"http://127.0.0.1:{port}/healthz") as alive:
            assert alive.status == 200
        async with web.get(f"http://127.0.0.1:{port}/desk", headers={"Accept": "text/html"}) as shut:
            assert (shut.status, "Sign in" in await shut.text()) == (401, True)
    assert isinstance(gateway.desk.notifier, Notifier)
    await gateway.store.close()


@pytest.mark.long
async def test_what_the_organisation_saves_reaches_the_page_and_the_limits_of_a_gateway_at_work(
    settings: Settings,
) -> None:
    gateway, port = Gateway.build(settings, Vault(MASTER)), free_port()
    doors = build(gateway.webchat, gateway.webhooks, gateway.store, gateway.engine)
    async with gateway.working(), serve(doors, "127.0.0.1", port), aiohttp.ClientSession() as web:

        async def page() -> str:
            async with web.get(f"http://127.0.0.1:{port}/", headers={"Accept-Language": "en"}) as response:
                return await response.text()

        assert "Haven" not in await page()
        saved = Organisation(name="Haven", most_talks=2)
        assert await organisation.save(gateway.store, await organisation.read(gateway.store), saved)

        async def told() -> bool:
            return "whose page this is. \u2068Haven\u2069" in await page()

        await eventually(told)
        assert await gateway.desk.handoffs.limits() == (2, settings.most_severe)


class ShyDoor(Sms):
    """A door whose platform refuses the first introduction."""

    def __init__(self) -> None:
        self.done: list[str] = []

    async def start(self) -> None:
        self.done.append("start")

    async def introduce(self) -> None:
        self.done.append("introduce")
        if len(self.done) < 3:
            raise OSError


async def test_an_introduction_that_is_refused_is_tried_again_and_the_door_is_not_opened_twice() -> None:
    door = ShyDoor()
    await opened(door, (0,))
    assert door.done == ["start", "introduce", "introduce"]


class BreakingLoop:
    """A loop with a fault."""

    def __init__(self) -> None:
        self.begun = 0

    async def run(self) -> None:
        self.begun += 1
        raise ValueError("marked")


@pytest.mark.long
async def test_a_loop_that_broke_is_begun_again_and_the_log_says_so(settings: Settings, log: StringIO) -> None:
    gateway, loop = Gateway.build(settings, Vault(MASTER)), BreakingLoop()
    gateway.loops[:] = [loop]
    async with gateway.working():
        await eventually(lambda: loop.begun > 1)
    assert '"event": "loop_failed"' in log.getvalue()
    assert "marked" not in log.getvalue()
