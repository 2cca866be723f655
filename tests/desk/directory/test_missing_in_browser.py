"""Where help is missing, for the whole world on one page that can be read."""

from dataclasses import replace

import pytest
from playwright.async_api import Browser, expect

from resources_directory.files.entries_folder import ENTRIES
from tests.accessible import faults
from tests.desk.desk_page import DeskSite

pytestmark = pytest.mark.browser


async def test_the_world_fits_on_a_page_and_a_country_is_two_clicks_away(browser: Browser, desk_site: DeskSite) -> None:
    async with DeskSite(replace(desk_site.services, entries=ENTRIES), desk_site.clock).open() as site:
        heron = await site.hires("Blue Heron", "steward")
        page = await site.sits_down(browser, heron, "/directory/missing", viewport={"width": 1280, "height": 900})
        assert await page.evaluate("document.documentElement.scrollHeight") < 2500
        assert await faults(page) == []
        group = page.locator("details.fold").filter(has_text="countries").last
        await group.locator("summary").click()
        link = group.locator("a").first
        name = await link.inner_text()
        assert await faults(page) == []
        await link.click()
        await expect(page.get_by_role("heading", name=f"Available in {name}")).to_be_visible()
