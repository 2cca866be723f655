"""The organisation's settings in a browser: for who does not see or point, in light and dark, on a phone, and without scripts."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from bot import organisation
from tests.accessible import faults
from tests.desk.desk_page import DeskSite

pytestmark = pytest.mark.browser

LOOKS = [((390, 760), "dark"), ((1280, 800), "light")]
OWN = "+44 20 7946 0018"


async def types(page: Page, **typed: str) -> None:
    """Fill in fields and look at what changes, by the keyboard alone."""
    for name, value in typed.items():
        await page.locator(f"#{name}").fill(value)
    await page.locator("#most_severe").press("Enter")


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS)
async def test_a_checker_finds_nothing_in_any_state_of_the_page(
    browser: Browser, desk_site: DeskSite, viewport: tuple[int, int], scheme: Any
) -> None:
    size = {"width": viewport[0], "height": viewport[1]}
    boss = await desk_site.hires("Grey Otter", "administrator")
    page = await desk_site.sits_down(browser, boss, "/organisation", viewport=size, color_scheme=scheme)
    found = {"form": await faults(page)}
    await types(page, name="Haven", number_0="12", hours_0="nine to five", time_zone="Atlantis", text_contact="www.a.b")
    await expect(page.get_by_role("alert")).to_contain_text("5 fields are wrong")
    found["wrong"] = await faults(page)
    await page.locator("#home_country").select_option("GB")
    await types(page, number_0=OWN, hours_0="24/7", time_zone="Europe/London", text_contact="+44 20 7946 0099")
    await expect(page.get_by_role("heading", name="Nothing is saved yet")).to_be_visible()
    for summary in await page.locator("details summary:visible").all():
        if await summary.inner_text() == "Other languages":
            await summary.click()
    found["preview"] = await faults(page)
    assert await page.evaluate("() => document.documentElement.scrollWidth") == viewport[0]

    store = desk_site.services.store
    await organisation.save(store, await organisation.read(store), organisation.Organisation(name="Harbour"))
    await page.get_by_label("I called each number").check()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("Somebody else saved while you were typing")
    found["somebody else"] = await faults(page)
    await types(page, most_talks="2")
    await page.get_by_label("I called each number").check()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Saved. It takes effect")).to_be_visible()
    found["saved"] = await faults(page)
    assert {state: lines for state, lines in found.items() if lines} == {}


async def test_without_scripts_it_is_looked_at_changed_and_saved(browser: Browser, desk_site: DeskSite) -> None:
    boss = await desk_site.hires("Grey Otter", "administrator")
    page = await desk_site.sits_down(browser, boss, "/organisation", java_script_enabled=False)
    await types(page, name="Haven", most_talks="2")
    await page.get_by_role("button", name="Keep editing").click()
    await expect(page.locator("#name")).to_have_value("Haven")
    await types(page, name="Harbour")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Saved. It takes effect")).to_be_visible()
    kept = (await organisation.read(desk_site.services.store)).organisation
    assert (kept.name, kept.most_talks) == ("Harbour", 2)


async def test_what_was_typed_outlives_a_session_that_has_ended(browser: Browser, desk_site: DeskSite) -> None:
    boss = await desk_site.hires("Grey Otter", "administrator")
    page = await desk_site.sits_down(browser, boss, "/organisation", java_script_enabled=False)
    await page.locator("#name").fill("Haven")
    await desk_site.clock.passes(1_000)
    await page.get_by_role("button", name="Review changes").click()
    await page.get_by_label("Password").fill("seven quiet lamps")
    await page.get_by_label("Name").fill(boss.name)
    await page.get_by_label("Code").fill(boss.code())
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("button", name="Send now").click()
    await expect(page.get_by_role("heading", name="Nothing is saved yet")).to_be_visible()
    await expect(page.get_by_role("cell", name="Haven")).to_be_visible()
