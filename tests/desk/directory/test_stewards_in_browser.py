"""The pages of the directory in a real browser: a checker finds nothing wrong with them, and a shelter goes from hand to hand."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from bot.reporting import complaints
from resources_directory.upkeep.source_looks import SourceLook, file_beside, keep_looks
from tests.accessible import faults
from tests.desk.desk_page import DeskSite
from tests.desk.directory.upkeep.test_gone_from_feed import NIDO, PUENTE, arrives
from tests.desk.directory_folder import compiled, entries

pytestmark = pytest.mark.browser

PAGES = (
    *("", "/search", "/find?q=casa", "/complaints", "/missing?country=ES", "/new"),
    *("/entry/es-casa", "/entry/es-ley/edit"),
    *("/calls?country=ES", "/calls/print?country=ES", "/calls/entry/es-casa"),
    *("/duplicates", "/merge/es-casa/es-ley", "/changes", "/imports", "/requests", "/looks"),
)
LOOK = SourceLook("es-casa", "https://casa.example/contact", "gone", "2027-01-10")
LOOKS = [((1280, 900), "light"), ((1280, 900), "dark"), ((320, 640), "light")]


@pytest.fixture
async def site(desk_site: DeskSite, tmp_path: Path) -> AsyncIterator[DeskSite]:
    folder = entries(tmp_path / "entries")
    arrives(folder, NIDO, PUENTE)
    arrives(folder, NIDO)
    file = compiled(tmp_path / "made" / "directory.sqlite", folder)
    keep_looks(file_beside(file), [LOOK], [(LOOK.service, LOOK.url)])
    services = replace(desk_site.services, directory_file=file, entries=folder)
    async with DeskSite(services, desk_site.clock).open() as site:
        yield site


async def wide(page: Page) -> bool:
    """Whether one has to scroll sideways."""
    return bool(await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
async def test_a_checker_finds_nothing_on_any_page_of_the_directory(
    browser: Browser, site: DeskSite, size: tuple[int, int], scheme: Any
) -> None:
    await complaints.complain(site.services.store, "es-ley", site.clock())
    heron = await site.hires("Blue Heron", "steward")
    look = {"viewport": {"width": size[0], "height": size[1]}, "color_scheme": scheme}
    page = await site.sits_down(browser, heron, "/directory", **look)
    found: dict[str, Any] = {}
    for path in PAGES:
        await page.goto(f"{site.url}/directory{path}")
        found[path] = [*await faults(page), *(["scrolls sideways"] if await wide(page) else [])]
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


async def test_a_shelter_is_looked_at_by_one_and_then_by_the_other(browser: Browser, site: DeskSite) -> None:
    heron, owl = [await site.hires(name, "steward") for name in ("Blue Heron", "Owl")]
    first = await site.sits_down(browser, heron, "/directory")
    await first.get_by_role("link", name="Casa", exact=True).click()
    await first.get_by_role("button", name="Still correct").click()
    await expect(first.get_by_role("status").filter(has_text="second steward")).to_be_visible()
    await expect(first.get_by_text("Your check is not enough")).to_be_visible()

    second = await site.sits_down(browser, owl, "/directory/entry/es-casa")
    await second.get_by_role("button", name="Still correct").click()
    await expect(second.get_by_text("Given out until")).to_be_visible()


async def test_an_entry_is_put_right_and_what_was_refused_stays_typed(browser: Browser, site: DeskSite) -> None:
    heron = await site.hires("Blue Heron", "steward")
    page = await site.sits_down(browser, heron, "/directory/entry/es-ley/edit")
    await page.get_by_label("Hours", exact=True).fill("whenever")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("can not be read as opening hours")
    assert await page.get_by_label("Hours", exact=True).input_value() == "whenever"
    await page.get_by_label("Hours", exact=True).fill("24/7")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("cell", name="day and night")).to_be_visible()
