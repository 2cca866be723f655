"""What the page leaves behind in a real browser: nothing, whichever way it is left."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.page import opened, ours, write

pytestmark = pytest.mark.browser

NOTHING_STORED = """async () => document.cookie + localStorage.length + sessionStorage.length
    + (await caches.keys()).length + (await indexedDB.databases()).length
    + (await navigator.serviceWorker.getRegistrations()).length"""
BODY_RIGHT_AFTER_EXIT = """() => {
    document.querySelector("#leave").click();
    return document.body.innerHTML;
}"""


async def test_looking_at_the_page_asks_for_nothing_more(browser: Browser, web_hotline: Any) -> None:
    page, asked = await opened(browser, web_hotline)
    await page.clock.install()
    await page.reload()
    await page.clock.run_for("05:00")
    assert [line for line in asked if not line.startswith(f"GET {web_hotline.url}/")] == []


async def test_nothing_is_stored_and_nobody_else_is_asked(browser: Browser, web_hotline: Any) -> None:
    web_hotline.engine_says(["Hello."])
    page, asked = await opened(browser, web_hotline)
    await write(page, "hi")
    await expect(ours(page)).to_have_count(1)
    assert await page.evaluate(NOTHING_STORED) == "00000"
    assert await page.context.cookies() == []
    assert {line.split("/")[2] for line in asked} == {web_hotline.url.split("/")[2]}
    assert [line for line in asked if "hi" in line.split("/")[-1]] == []


@pytest.mark.parametrize("way", ["button", "Shift"])
async def test_the_exit_leaves_nothing_behind(browser: Browser, web_hotline: Any, way: str) -> None:
    web_hotline.engine_says(["Hello."])
    page, asked = await opened(browser, web_hotline)
    await write(page, "hi")
    await expect(ours(page)).to_have_count(1)
    entries = await page.evaluate("history.length")
    await LEAVE[way](page)
    await expect(page.locator("body")).to_have_text("The weather")
    assert await page.evaluate("history.length") == entries
    assert f"POST {web_hotline.url}/exit" in asked
    await page.go_back()
    assert page.url == "about:blank"


async def leave_by_button(page: Page) -> None:
    await page.click("#leave")


async def leave_by_shift(page: Page) -> None:
    await page.keyboard.press("Shift")
    await page.keyboard.press("Shift")
    await page.keyboard.press("Shift")


LEAVE = {"button": leave_by_button, "Shift": leave_by_shift}


async def test_the_exit_blanks_the_page_before_anything_else_happens(browser: Browser, web_hotline: Any) -> None:
    page, _ = await opened(browser, web_hotline)
    assert await page.evaluate(BODY_RIGHT_AFTER_EXIT) == ""


async def test_capital_letters_do_not_leave_the_page(browser: Browser, web_hotline: Any) -> None:
    page, _ = await opened(browser, web_hotline)
    await page.focus("#text")
    await page.keyboard.press("Shift+A")
    await page.keyboard.press("Shift+B")
    await page.keyboard.press("Shift+C")
    await expect(page.locator("#text")).to_have_value("ABC")


async def test_the_exit_works_without_scripts(browser: Browser, web_hotline: Any) -> None:
    web_hotline.engine_says(["Hello."])
    page, _ = await opened(browser, web_hotline, java_script_enabled=False)
    await page.fill("#text", "hi")
    await page.click("#send")
    await page.click("#leave")
    await expect(page.locator("body")).to_have_text("The weather")


async def test_a_page_that_is_left_keeps_nothing_for_back(browser: Browser, web_hotline: Any) -> None:
    web_hotline.engine_says(["Hello."])
    page, _ = await opened(browser, web_hotline)
    await write(page, "hi")
    await expect(ours(page)).to_have_count(1)
    await page.fill("#text", "not finished")
    await page.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    await expect(page.locator(".line")).to_have_count(0)
    await expect(page.locator("#text")).to_have_value("")
