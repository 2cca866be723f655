"""The page when the person stops writing: one line, then it is cleared; after a crisis it stays. Nothing is ever sent."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from bot.messaging.message import Reply
from tests.hotline import Hotline, eventually
from tests.page import opened, ours, write

pytestmark = pytest.mark.browser

SOON = "You can write at any time. If nothing is written, this page is cleared in 10 minutes."
STILL = "Still here. No need to write."


@pytest.fixture
async def idle(web_hotline: Any, browser: Browser) -> Page:
    """A page on which something was said, with a clock that a test moves."""
    web_hotline.engine_says(["Hello."])
    page, _ = await opened(browser, web_hotline)
    await page.clock.install()
    await write(page, "hi")
    await expect(ours(page)).to_have_text(["Hello."])
    return page


@pytest.fixture
async def in_crisis(web_hotline: Any, browser: Browser) -> Page:
    """A page on which a crisis was answered last."""
    web_hotline.engine_says([Reply("utter_danger_112"), "You choose who you call."])
    page, _ = await opened(browser, web_hotline)
    await page.clock.install()
    await write(page, "he is here")
    await expect(ours(page)).to_have_count(2)
    return page


async def talks(hotline: Hotline) -> list[str]:
    return [id_ async for id_ in hotline.store.conversations()]


def silence(page: Page) -> Any:
    return page.locator("#silence")


async def test_after_five_minutes_one_line_says_what_comes_and_nothing_is_sent(idle: Page) -> None:
    asked: list[str] = []
    idle.on("request", lambda request: asked.append(request.url))
    await idle.clock.fast_forward("04:50")
    await expect(silence(idle)).to_have_text("")
    await idle.clock.fast_forward("00:15")
    await expect(silence(idle)).to_have_text(SOON)
    await expect(idle.locator(".line")).to_have_count(2)
    assert [url for url in asked if not url.endswith("/next")] == []


async def test_after_fifteen_minutes_the_talk_is_erased_and_the_page_is_empty(idle: Page, web_hotline: Any) -> None:
    await idle.clock.fast_forward("15:05")
    await expect(idle.locator(".line")).to_have_count(0)
    await expect(idle.get_by_role("alert")).to_have_text("This chat is over and deleted.")
    await expect(silence(idle)).to_have_text("")
    await expect(idle.locator("#text")).to_have_value("")

    async def erased() -> bool:
        return await talks(web_hotline) == []

    await eventually(erased)


async def test_after_that_a_new_talk_can_begin(idle: Page, web_hotline: Any) -> None:
    web_hotline.engine_says(["Hello again."])
    await idle.clock.fast_forward("15:05")
    await expect(idle.locator(".line")).to_have_count(0)
    await write(idle, "hi")
    await expect(ours(idle)).to_have_text(["Hello again."])


async def test_typing_begins_the_time_anew(idle: Page, web_hotline: Any) -> None:
    await idle.clock.fast_forward("05:05")
    await expect(silence(idle)).to_have_text(SOON)
    await idle.locator("#text").press_sequentially("a")
    await expect(silence(idle)).to_have_text("")
    await idle.clock.fast_forward("14:00")
    await expect(idle.locator(".line")).to_have_count(2)
    await expect(idle.locator("#text")).to_have_value("a")
    assert len(await talks(web_hotline)) == 1


async def test_an_empty_page_says_nothing_by_itself(browser: Browser, web_hotline: Any) -> None:
    page, asked = await opened(browser, web_hotline)
    await page.clock.install()
    await page.locator("#text").press_sequentially("not sent")
    await page.clock.fast_forward("20:00")
    await expect(silence(page)).to_have_text("")
    await expect(page.get_by_role("alert")).to_have_text("")
    assert [line for line in asked if line.startswith("POST")] == []


async def test_after_a_crisis_the_page_stays_and_says_so(in_crisis: Page, web_hotline: Any) -> None:
    await in_crisis.clock.fast_forward("05:05")
    await expect(silence(in_crisis)).to_have_text(STILL)
    await in_crisis.clock.fast_forward("55:00")
    await expect(ours(in_crisis)).to_have_count(2)
    assert len(await talks(web_hotline)) == 1


async def test_a_talk_that_went_on_after_a_crisis_is_cleared_like_any_other(in_crisis: Page, web_hotline: Any) -> None:
    web_hotline.engine_says(["Good to hear."])
    await write(in_crisis, "he is gone")
    await expect(ours(in_crisis).last).to_have_text("Good to hear.")
    await in_crisis.clock.fast_forward("15:05")
    await expect(in_crisis.locator(".line")).to_have_count(0)


async def test_without_scripts_the_page_says_nothing_of_it(browser: Browser, web_hotline: Any) -> None:
    page, _ = await opened(browser, web_hotline, java_script_enabled=False)
    await page.fill("#text", "hi")
    await page.click("#send")
    await expect(ours(page)).to_have_count(1)
    await expect(silence(page)).to_have_text("")
