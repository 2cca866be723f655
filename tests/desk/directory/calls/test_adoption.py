"""A country is taken over in a day: from the first call to the first served service, with the shipped files, in production."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from resources_directory.files import change_log
from resources_directory.files.entries_folder import ENTRIES
from tests.desk.desk_page import DeskSite
from tests.desk.directory_folder import compiled

pytestmark = pytest.mark.browser


@pytest.fixture
def moldova(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    shutil.copy(ENTRIES / "md.yml", folder)
    return folder


@pytest.fixture
async def production(desk_site: DeskSite, moldova: Path, tmp_path: Path) -> AsyncIterator[DeskSite]:
    file = compiled(tmp_path / "made" / "directory.sqlite", moldova)
    settings = replace(desk_site.services.settings, production=True, directory_unchecked=False, home_country="MD")
    services = replace(desk_site.services, directory_file=file, entries=moldova, settings=settings)
    async with DeskSite(services, desk_site.clock).open() as site:
        yield site


async def told(page: Page, need: str) -> str:
    """What a person in Chisinau would be told."""
    home = page.url.partition("/directory")[0]
    await page.goto(f"{home}/directory/search")
    await page.get_by_label("Looking for").select_option(need)
    await page.get_by_label("Town, postcode or country").fill("Chisinau")
    await page.get_by_role("button", name="Search").click()
    await expect(page.get_by_role("heading", name="Services")).to_be_visible()
    services = await page.locator("main").inner_text()
    return services.partition("National helplines")[0]


async def calls(page: Page, most: int) -> int:
    """Make calls until there is none to make, and confirm each; return how many."""
    home = page.url.partition("/directory")[0]
    for number in range(most):
        await page.goto(f"{home}/directory/calls")
        if await page.get_by_role("button", name="Next call").is_disabled():
            return number
        await page.get_by_role("button", name="Next call").click()
        await page.get_by_role("button", name="Confirmed").click()
        await expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    raise AssertionError("there is no end of calls")


async def test_two_stewards_take_over_a_country_and_people_are_given_its_services(
    browser: Browser, production: DeskSite, moldova: Path
) -> None:
    heron, owl = [await production.hires(name, "steward") for name in ("Blue Heron", "Owl")]
    first = await production.sits_down(browser, heron, "/directory/calls")
    await expect(first.get_by_text("0 of 7 numbers checked")).to_be_visible()
    assert "None that can be given out" in await told(first, "find_counselling")
    await first.goto(f"{production.url}/directory/calls")

    # The first call, of a service that is no shelter: it is served at once.
    await first.get_by_role("link", name="La Strada").filter(has_text="women").first.click()
    await expect(first.get_by_text("Is 0 8008 8008 the right number to give to people?")).to_be_visible()
    await first.get_by_role("button", name="Confirmed").click()
    await expect(first.get_by_text("1 of 7 numbers checked")).to_be_visible()
    assert "0 8008 8008" in await told(first, "find_counselling")

    # All others of that day; the shelter waits for somebody else.
    assert await calls(first, 10) == 6
    assert "None that can be given out" in await told(first, "find_shelter")
    second = await production.sits_down(browser, owl, "/directory/calls")
    assert await calls(second, 3) == 1
    assert "0 800 77777" in await told(second, "find_shelter")

    await second.goto(f"{production.url}/directory/calls")
    await expect(second.get_by_text("Every number is checked.")).to_be_visible()
    assert {line.who for line in change_log.history("md-chisinau-la-strada-safe-migration", moldova)} == {
        "Blue Heron",
        "Owl",
    }
