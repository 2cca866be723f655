"""A page that is loaded again, or closed: one neutral line says that it is empty, and the operator learns that nobody reads."""

import pytest
from playwright.async_api import Browser, Page, expect

from bot.messaging import transcript
from bot.messaging.transcript import Delivery
from tests.channels.conftest import WebHotline
from tests.channels.page_operator import Operator
from tests.hotline import Hotline, eventually
from tests.page import opened, ours, write

RELOADED = "The page was loaded again. It starts empty."


@pytest.mark.browser
async def test_after_a_reload_whoever_holds_the_phone_reads_that_it_is_empty_and_not_that_something_was_written(
    browser: Browser, web_hotline: WebHotline
) -> None:
    page, _ = await opened(browser, web_hotline)
    await expect(page.get_by_role("alert")).to_have_text("")
    await write(page, "hi")
    await expect(ours(page)).to_have_count(1)
    await page.reload()
    line = page.locator("#silence")
    await expect(line).to_have_text(RELOADED)
    await expect(page.get_by_role("alert")).to_have_text("")  # nothing that is read out over all else
    await expect(page.locator(".line")).to_have_count(0)
    await write(page, "hi again")
    await expect(ours(page)).to_have_text(["hi again"])
    await expect(line).to_have_text("")


@pytest.mark.browser
@pytest.mark.parametrize("way", ["reload", "close"])
async def test_who_answers_learns_that_the_page_is_closed(browser: Browser, web_hotline: WebHotline, way: str) -> None:
    page, _ = await opened(browser, web_hotline)
    await write(page, "hi")
    await expect(ours(page)).to_have_count(1)
    sam = Operator(web_hotline)
    await sam.takes()
    conversation = await sam.id()
    assert (await transcript.delivered(web_hotline.store, conversation)).page_closed is None
    await leave(page, way)

    async def closed() -> bool:
        return (await transcript.delivered(web_hotline.store, conversation)).page_closed is not None

    await eventually(closed)


async def leave(page: Page, way: str) -> None:
    await (page.reload() if way == "reload" else page.close())


async def test_only_a_page_that_has_a_conversation_can_be_closed_and_it_counts_once(hotline: Hotline) -> None:
    visitor, stranger = await hotline.page(), await hotline.page()
    assert (await stranger.posts("/closed"))[0] == 204
    assert (await stranger.posts("/closed", token="short"))[0] == 400
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    for _ in range(2):
        assert (await visitor.posts("/closed"))[0] == 204
    seen = await transcript.delivered(hotline.store, await anext(aiter(hotline.store.conversations())))
    assert isinstance(seen, Delivery)
    assert seen.page_closed
    assert sum(name.startswith("conversation:") for name in await hotline.keys()) == 1
