"""How the parts are put together."""

from bot.settings import Settings
from bot.vault import Vault
from commands.parts import Gateway
from resources_directory.directory import Directory
from resources_directory.entries_folder import ENTRIES, read_folder
from tests.hotline import MASTER


async def test_no_complaint_takes_a_national_line_away_and_any_may_hold_a_local_service_back(
    settings: Settings,
) -> None:
    gateway = Gateway.build(settings, Vault(MASTER))
    services = [service for one in read_folder(ENTRIES) for org in one.organizations for service in org.services]

    lines = {line.id for lines in Directory.load().national.values() for line in lines}
    ceiling = gateway.dispatcher.ceiling
    assert {ceiling(line) for line in lines} == {0}
    assert [service.id for service in services if not service.national and ceiling(service.id) < 1] == []
    await gateway.store.close()
