"""The desk in a real browser: signing in, a session that ends while somebody types, a network that drops."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.desk.colleagues import PASSWORD, Colleague
from tests.desk.desk_page import DeskSite, sign_in

pytestmark = pytest.mark.browser

NAME = "Teal Tern"


async def field(page: Page, scripts_look: bool = True) -> Any:
    """A field that somebody types into: the name of who is to be invited."""
    if scripts_look:
        await expect(page.locator("#connection")).to_have_attribute("data-state", "on")
    return page.get_by_label("Name at the desk")


@pytest.fixture
async def boss(desk_site: DeskSite) -> Colleague:
    return await desk_site.hires("Grey Otter", "administrator")


async def test_an_invitation_is_accepted_and_leads_to_a_desk_where_one_can_sign_in(
    browser: Browser, desk_site: DeskSite, boss: Colleague
) -> None:
    page = await desk_site.sits_down(browser, boss, "/people")
    await page.get_by_label("Name at the desk").fill(NAME)
    await page.get_by_role("button", name="Create link").click()
    link = await page.locator("#link").input_value()

    other = await (await browser.new_context()).new_page()
    await other.goto(link)
    await other.locator("summary").click()
    secret = (await other.locator("details p.code").inner_text()).replace(" ", "")
    tern = Colleague(desk_site.services.accounts, desk_site.clock, NAME, secret=secret)
    await other.get_by_role("textbox", name="Password").fill(PASSWORD)
    await other.get_by_role("textbox", name="Code").fill(tern.code())
    await other.get_by_role("button", name="Create account").click()
    await expect(other.locator(".codes li")).to_have_count(10)
    await other.get_by_role("link", name="I have written them down").click()
    desk_site.clock.now += 30
    await sign_in(other, tern)
    await expect(other.get_by_role("navigation", name="Pages")).to_be_visible()
    await expect(other.locator(".strip summary")).to_contain_text(NAME)


async def test_without_scripts_everything_of_the_account_works_too(browser: Browser, desk_site: DeskSite) -> None:
    heron = await desk_site.hires("Blue Heron")
    page = await desk_site.sits_down(browser, heron, "/you", java_script_enabled=False)
    await page.get_by_label("Dark").check()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator("html")).to_have_attribute("data-look", "dark")
    await page.locator(".strip summary").click()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_text("You are signed out.", exact=True)).to_be_visible()


@pytest.mark.parametrize("how", ["light", "dark"])
async def test_the_switch_wins_over_the_system(browser: Browser, desk_site: DeskSite, how: str) -> None:
    heron = await desk_site.hires("Blue Heron")
    system: Any = {"light": "dark", "dark": "light"}[how]
    page = await desk_site.sits_down(browser, heron, "/you", color_scheme=system)
    paper = "() => getComputedStyle(document.body).backgroundColor"
    before = await page.evaluate(paper)
    await page.get_by_label(how.capitalize(), exact=True).check()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.locator("html")).to_have_attribute("data-look", how)
    assert await page.evaluate(paper) != before


async def test_a_session_that_ended_while_somebody_typed_loses_no_word(
    browser: Browser, desk_site: DeskSite, boss: Colleague
) -> None:
    page = await desk_site.sits_down(browser, boss, "/people")
    await (await field(page)).fill(NAME)
    await desk_site.clock.passes(1_000)
    await page.get_by_role("button", name="Create link").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    await dialog.get_by_label("Name").fill(boss.name)
    await dialog.get_by_label("Password").fill(PASSWORD)
    await dialog.get_by_label("Code").fill("000000")
    await dialog.get_by_role("button").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Name, password or code is wrong")
    await dialog.get_by_label("Code").fill(boss.code())
    await dialog.get_by_role("button").click()
    await expect(dialog).to_be_hidden()
    await expect(await field(page)).to_have_value(NAME)
    await page.get_by_role("button", name="Create link").click()
    await expect(page.locator("#link")).to_be_visible()


async def test_the_same_holds_without_scripts(browser: Browser, desk_site: DeskSite, boss: Colleague) -> None:
    page = await desk_site.sits_down(browser, boss, "/people", java_script_enabled=False)
    await page.get_by_label("Name at the desk").fill(NAME)
    await desk_site.clock.passes(1_000)
    await page.get_by_role("button", name="Create link").click()
    await expect(page.get_by_text("What you typed is not lost")).to_be_visible()
    await sign_in(page, boss)
    await page.get_by_role("button", name="Send now").click()
    await expect(page.get_by_role("heading", name=f"Link for {NAME}")).to_be_visible()


async def test_who_signs_in_after_another_without_scripts_finds_nothing_of_what_they_typed(
    browser: Browser, desk_site: DeskSite, boss: Colleague
) -> None:
    heron = await desk_site.hires("Blue Heron", "administrator")
    page = await desk_site.sits_down(browser, boss, "/people", java_script_enabled=False)
    await page.get_by_label("Name at the desk").fill(NAME)
    await desk_site.clock.passes(1_000)
    await page.get_by_role("button", name="Create link").click()
    await expect(page.get_by_text("What you typed is not lost")).to_be_visible()
    assert NAME not in await page.content()
    await sign_in(page, heron, "not the password")
    await expect(page.get_by_role("alert")).to_be_visible()
    desk_site.clock.now += 30

    await sign_in(page, heron)
    await expect(page.locator(".strip summary")).to_contain_text(heron.name)
    assert NAME not in await page.content()


async def test_who_signs_in_on_the_page_of_somebody_else_does_not_stay_on_it(
    browser: Browser, desk_site: DeskSite, boss: Colleague
) -> None:
    heron = await desk_site.hires("Blue Heron")
    page = await desk_site.sits_down(browser, boss, "/people")
    await (await field(page)).fill(NAME)
    await desk_site.clock.passes(1_000)
    await page.get_by_role("button", name="Create link").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill(heron.name)
    await dialog.get_by_label("Password").fill(PASSWORD)
    await dialog.get_by_label("Code").fill(heron.code())
    await dialog.get_by_role("button").click()
    await expect(page.locator(".strip summary")).to_contain_text(heron.name)
    await expect(page.get_by_label("Name at the desk")).to_have_count(0)


async def test_a_network_that_drops_is_shown_and_loses_no_word(
    browser: Browser, desk_site: DeskSite, boss: Colleague
) -> None:
    page = await desk_site.sits_down(browser, boss, "/people")
    await (await field(page)).fill(NAME)
    await page.context.set_offline(True)
    await expect(page.locator("#connection")).to_contain_text("no connection")
    await page.get_by_role("button", name="Create link").click()
    await expect(page.get_by_text("nothing was sent, nothing is lost")).to_be_visible()
    await expect(page.get_by_label("Name at the desk")).to_have_value(NAME)
    await page.context.set_offline(False)
    await expect(page.locator("#connection")).to_contain_text("live")
    await page.get_by_role("button", name="Create link").click()
    await expect(page.locator("#link")).to_be_visible()


async def test_typing_is_a_sign_of_life_and_an_open_page_is_none(
    browser: Browser, desk_site: DeskSite, boss: Colleague
) -> None:
    page = await desk_site.sits_down(browser, boss, "/people")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    await page.clock.install()
    await page.clock.run_for(300_000)
    assert asked == []
    async with page.expect_request("**/still-here"):
        await page.get_by_label("Name at the desk").press("a")
    await page.clock.run_for(1_000)
    await page.get_by_label("Name at the desk").press("b")
    await expect(page.locator("#connection")).to_contain_text("live")
    assert asked == [f"{desk_site.url}/still-here"]


async def test_the_browser_asks_nobody_else_and_keeps_nothing(
    browser: Browser, desk_site: DeskSite, boss: Colleague
) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Security Policy" in line.text else None)
    await page.goto(f"{desk_site.url}/people")
    await sign_in(page, boss)
    await expect(page.locator(".strip")).to_be_visible()
    await page.wait_for_load_state("networkidle")
    for path in ("/you", "/log"):
        await page.goto(desk_site.url + path)
        await page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(f"{desk_site.url}/")] == []
    assert refused == []
    assert await page.evaluate("() => [document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
