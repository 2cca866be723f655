"""What a steward takes out is given to nobody, whatever is broken; nothing half done."""

import asyncio
import sys
from pathlib import Path

import pytest

from bot.reporting import complaints
from bot.storage.store import Store
from resources_directory.files import change_log
from resources_directory.files.folder_lock import locked
from tests.desk.desk_page import DeskSite, Seat
from tests.desk.directory.steps import LEY, MADRID_LAWYER, done, given, seen
from tests.desk.directory_folder import SPAIN, service
from tests.hotline import eventually


async def test_what_is_taken_out_is_given_to_nobody_from_then_on(site: DeskSite, heron: Seat, folder: Path) -> None:
    assert given(site, MADRID_LAWYER) == ["es-ley"]
    assert await done(heron, f"{LEY}/suspend", reason="Rings out.") == "saved"
    assert given(site, MADRID_LAWYER) == []
    assert service(folder, "es-ley").doubt == "Rings out."
    assert await complaints.suspended(site.services.store, site.clock()) == frozenset()  # the file says it now


async def test_what_is_closed_can_be_opened_again_and_then_waits_for_a_look(site: DeskSite, heron: Seat) -> None:
    await done(heron, f"{LEY}/close", reason="Has ended.")
    assert 'action="/directory/entry/es-ley/checked"' not in (await heron.opens(LEY))[1]
    await done(heron, f"{LEY}/reopen", reason="Is back.")
    assert given(site, MADRID_LAWYER) == []
    await done(heron, f"{LEY}/checked")
    assert given(site, MADRID_LAWYER) == ["es-ley"]


async def test_a_step_without_a_reason_is_refused_and_changes_nothing(heron: Seat, folder: Path) -> None:
    status, source = await heron.sends(f"{LEY}/suspend", reason="  ")
    assert (status, "Give a reason" in source) == (409, True)
    assert service(folder, "es-ley").status == "active"
    assert change_log.read(folder) == []


async def test_a_broken_file_keeps_nobody_from_taking_a_service_out(site: DeskSite, heron: Seat, folder: Path) -> None:
    (folder / "it.yml").write_text("country: [", "utf-8")
    assert await done(heron, f"{LEY}/suspend", reason="A trap.") == "held_not_compiled"
    assert "es-ley" in await complaints.suspended(site.services.store, site.clock())
    source = (await heron.opens("/directory"))[1]
    assert "it.yml" in source
    assert "still get answers from the directory as it was" in source
    (folder / "it.yml").write_text("country: IT\n", "utf-8")
    assert (await heron.sends("/directory/compile"))[1] == "/directory?done=compiled"
    assert given(site, MADRID_LAWYER) == []


async def test_a_broken_file_of_its_own_country_holds_it_back_all_the_same(
    site: DeskSite, heron: Seat, folder: Path
) -> None:
    mark = await seen(heron, LEY)
    (folder / "es.yml").write_text(SPAIN + "        phones: [\n", "utf-8")
    status, source = await heron.sends(f"{LEY}/suspend", seen=mark, reason="A trap.")
    assert (status, "It is still not given to anybody." in source) == (409, True)
    assert "es-ley" in await complaints.suspended(site.services.store, site.clock())


CHILD = """
import asyncio, sys
from pathlib import Path
from bot.storage.store import Store
from bot.crypto.vault import Vault
from desk.accounts import Accounts
from desk.directory.directory_changes import StewardedDirectory, EntryChange
from resources_directory.files.entry_cache import EntryCache
from resources_directory.stewards.verification import suspended
from tests.hotline import MASTER

async def main(url, folder, file, name):
    store = Store.connect(url, Vault(MASTER))
    desk = Accounts.build(store)
    who = await desk.people.named(name)
    work = StewardedDirectory(store, desk, Path(file), EntryCache(Path(folder)))
    print("begins", flush=True)
    await work.change(who, EntryChange("es-ley", lambda one: suspended(one, name, "A trap."), dangerous=True))

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.process
async def test_a_crash_half_way_leaves_it_held_back_and_the_next_click_finishes_it(
    site: DeskSite, heron: Seat, folder: Path, store: Store
) -> None:
    args = (site.services.settings.redis_url, str(folder), str(site.services.directory_file), "Blue Heron")
    with locked(folder):  # it gets as far as the file, and no further
        child = await asyncio.create_subprocess_exec(sys.executable, "-c", CHILD, *args, stdout=asyncio.subprocess.PIPE)
        await eventually(lambda: is_held_back(store, "es-ley"))
        child.kill()
        await child.wait()
    assert (folder / "es.yml").read_text("utf-8") == SPAIN
    assert "Held back" in (await heron.opens("/directory/complaints"))[1]
    assert await done(heron, f"{LEY}/suspend", reason="A trap.") == "saved"
    assert given(site, MADRID_LAWYER) == []
    assert await complaints.suspended(store) == frozenset()


async def is_held_back(store: Store, service: str) -> bool:
    return service in await complaints.suspended(store)
