"""The desk's own pages for people who do not see, do not point, or zoom in (WCAG 2.2 AA), in light and dark."""

from typing import Any

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.accessible import faults
from tests.desk.colleagues import PASSWORD
from tests.desk.desk_page import DeskSite, sign_in

pytestmark = pytest.mark.browser

LOOKS = [((390, 760), "light"), ((390, 760), "dark"), ((1280, 800), "light"), ((1280, 800), "dark")]
ZOOMED_400 = {"width": 320, "height": 256}  # what 1280 by 1024 is at 400 %
PATHS = ("/people", "/log", "/organisation", "/you", "/nothing-here")


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS)
async def test_a_checker_finds_nothing_on_any_page_of_accounts(
    browser: Browser, desk_site: DeskSite, viewport: tuple[int, int], scheme: Any
) -> None:
    size: ViewportSize = {"width": viewport[0], "height": viewport[1]}
    boss = await desk_site.hires("Grey Otter", "administrator", "steward")
    heron = await (await desk_site.hires("Blue Heron")).account()
    await desk_site.services.accounts.disable(heron.name)
    link = await desk_site.services.accounts.invitations.invite("Calm Owl", ("operator",))
    page = await browser.new_page(viewport=size, color_scheme=scheme)
    await page.goto(f"{desk_site.url}/invitation/{link}")
    found = {"invitation": await faults(page)}
    await page.get_by_role("textbox", name="Name").fill("a@b")
    await page.get_by_role("textbox", name="Password").fill(PASSWORD)
    await page.get_by_role("textbox", name="Code").fill("000000")
    await page.get_by_role("button").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    found["refused"] = await faults(page)
    await page.goto(f"{desk_site.url}/sign-in?done=signed_out")
    found["sign-in"] = await faults(page)

    page = await desk_site.sits_down(browser, boss, "/you", viewport=size, color_scheme=scheme)
    for path in (*PATHS, f"/people/{heron.id}"):
        await page.goto(desk_site.url + path)
        found[path] = await faults(page)
    await page.locator(".strip summary").click()
    found["menu"] = await faults(page)
    await page.goto(f"{desk_site.url}/people/{heron.id}")
    await desk_site.clock.passes(1_000)
    await page.get_by_role("button", name="Save roles").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    found["signed out"] = await faults(page)
    assert {state: lines for state, lines in found.items() if lines} == {}


async def test_a_checker_finds_nothing_on_what_is_shown_once(browser: Browser, desk_site: DeskSite) -> None:
    boss = await desk_site.hires("Grey Otter", "administrator")
    page = await desk_site.sits_down(browser, boss, "/people", color_scheme="dark")
    await page.route("**/static/*.js", lambda route: route.abort())  # the checker itself needs scripts
    await page.reload()
    await page.get_by_label("Name at the desk").fill("Calm Owl")
    await page.get_by_role("button", name="Create link").click()
    await expect(page.locator("#link")).to_be_visible()
    found = {"a link": await faults(page)}

    await page.goto(f"{desk_site.url}/you")
    form = page.locator("form[action='/you/recovery-codes']")
    await form.get_by_label("Password").fill(PASSWORD)
    await form.get_by_label("Code").fill(boss.code())
    await form.get_by_role("button").click()
    await expect(page.locator(".codes li")).to_have_count(10)
    found["recovery codes"] = await faults(page)

    await page.goto(f"{desk_site.url}/people")
    await page.get_by_label("Name at the desk").fill("A name of forty signs that is shown again")
    await desk_site.clock.passes(1_000)
    await page.get_by_role("button", name="Create link").click()
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    found["to be sent again"] = await faults(page)
    await sign_in(page, boss)
    await expect(page.get_by_role("button", name="Send now")).to_be_visible()
    found["sent again"] = await faults(page)
    assert {state: lines for state, lines in found.items() if lines} == {}


async def test_at_400_percent_nothing_scrolls_sideways_but_tables(browser: Browser, desk_site: DeskSite) -> None:
    boss = await desk_site.hires("Grey Otter", "administrator", "steward")
    page = await desk_site.sits_down(browser, boss, "/you", viewport=ZOOMED_400)
    for path in PATHS:
        await page.goto(desk_site.url + path)
        assert (path, await page.evaluate("() => document.documentElement.scrollWidth")) == (path, 320)


FOCUSED = """() => {
    const style = getComputedStyle(document.activeElement);
    return [document.activeElement.innerText || document.activeElement.name, parseFloat(style.outlineWidth) >= 2];
}"""


async def test_the_keyboard_walks_from_the_skip_link_through_the_bar_and_its_place_is_seen(
    browser: Browser, desk_site: DeskSite
) -> None:
    page = await desk_site.sits_down(browser, await desk_site.hires("Night Desk", "supervisor"), "/log")
    walk = []
    for _ in range(await page.locator(".bar a:visible, .bar button:visible, .bar summary").count() + 2):
        await page.keyboard.press("Tab")
        walk.append(await page.evaluate(FOCUSED))
    assert walk[0][0] == "Skip to content"
    assert walk[-1][0] == "noted"
    assert [words for words, seen in walk if not seen] == []
