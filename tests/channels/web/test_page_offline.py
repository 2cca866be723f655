"""Without a connection the page says what is so, in one voice, and notices at once when it is back. Nothing is sent by itself."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.channels.conftest import WebHotline
from tests.page import opened, ours, own, write

pytestmark = pytest.mark.browser

UNSENT = "Your message was not sent. It is not sent later by itself."
BACK = 'The connection is back. Your message was not sent. To send it, press "Try again".'


@pytest.fixture
async def cut_off(browser: Browser, web_hotline: WebHotline) -> Page:
    """A page in a talk, without a network, on which a message was written in vain."""
    page, _ = await opened(browser, web_hotline)
    await write(page, "one")
    await expect(ours(page)).to_have_text(["one"])
    await page.context.set_offline(True)
    await write(page, "two")
    await expect(page.locator(".failed > button")).to_have_text("Not sent. Try again")
    return page


def notice(page: Page) -> Any:
    return page.get_by_role("alert")


async def test_the_banner_says_what_stands_below_the_message(cut_off: Page) -> None:
    await expect(notice(cut_off)).to_contain_text(UNSENT)
    await expect(notice(cut_off)).not_to_contain_text("keep trying")


async def test_a_connection_that_is_back_is_noticed_at_once_and_nothing_is_sent_by_itself(cut_off: Page) -> None:
    await cut_off.wait_for_timeout(3_000)  # the tries have become rare by now
    sent: list[str] = []
    cut_off.on("request", lambda request: sent.append(request.url.rpartition("/")[2]))
    await cut_off.context.set_offline(False)
    await expect(notice(cut_off)).to_have_text(BACK, timeout=3_000)
    assert "send" not in sent
    await cut_off.click(".failed > button")
    await expect(ours(cut_off)).to_have_text(["one", "two"])
    await expect(own(cut_off)).to_have_text(["one", "two"])
    await expect(notice(cut_off)).to_have_text("")


async def test_the_first_message_of_all_is_told_too_that_the_connection_is_back(
    browser: Browser, web_hotline: WebHotline
) -> None:
    page, _ = await opened(browser, web_hotline)
    await page.context.set_offline(True)
    await write(page, "one")
    await expect(page.locator(".failed")).to_have_count(1)
    await expect(notice(page)).to_contain_text(UNSENT)
    await page.context.set_offline(False)
    await expect(notice(page)).to_have_text(BACK)
    await page.click(".failed > button")
    await expect(ours(page)).to_have_text(["one"])


async def test_who_only_reads_is_told_that_we_keep_trying(browser: Browser, web_hotline: WebHotline) -> None:
    page, _ = await opened(browser, web_hotline)
    await write(page, "one")
    await expect(ours(page)).to_have_text(["one"])
    await page.context.set_offline(True)
    await expect(notice(page)).to_contain_text("We keep trying")
    await page.context.set_offline(False)
    await expect(notice(page)).to_have_text("")
