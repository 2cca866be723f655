"""The page stays live: whatever breaks between it and the server, every line comes, in order and once."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from bot.settings import Settings
from tests.channels.conftest import TalkingEngine, WebHotline
from tests.hotline import eventually
from tests.page import opened, ours, own, write

pytestmark = pytest.mark.browser


async def test_a_server_that_dies_and_comes_back_loses_nothing(browser: Browser, settings: Settings) -> None:
    first = WebHotline(settings, TalkingEngine(), {}, mark="")
    async with first.working():
        page, _ = await opened(browser, first)
        await write(page, "one")
        await expect(ours(page)).to_have_text(["one"])
    await write(page, "two")
    await expect(page.get_by_role("alert")).not_to_have_text("")
    second = WebHotline(settings, TalkingEngine(), {}, mark="")
    second.port, second.url = first.port, first.url
    async with second.working():
        await press_again_if_asked(page)
        await expect(ours(page)).to_have_text(["one", "two"])
        await write(page, "three")
        await expect(ours(page)).to_have_text(["one", "two", "three"])
        await expect(own(page)).to_have_text(["one", "two", "three"])
        await expect(page.get_by_role("alert")).to_have_text("")


async def press_again_if_asked(page: Page) -> None:
    again = page.locator(".failed > button")
    await again.or_(ours(page).nth(1)).first.wait_for()
    await page.evaluate("() => document.querySelector('.failed > button')?.click()")


async def test_what_is_said_while_the_network_is_away_comes_when_it_is_back(
    browser: Browser, web_hotline: WebHotline
) -> None:
    held = web_hotline.engine.holds("two")
    page, _ = await opened(browser, web_hotline)
    await write(page, "one")
    await expect(ours(page)).to_have_text(["one"])
    await write(page, "two")
    await expect(page.locator(".pending")).to_have_count(0)
    await page.context.set_offline(True)
    alarm = page.get_by_role("alert")
    await expect(alarm).to_have_text(str(await alarm.get_attribute("data-offline")))  # it has asked twice in vain
    held.set()
    await eventually(web_hotline.quiet)
    await expect(ours(page)).to_have_text(["one"])
    await page.context.set_offline(False)
    await expect(ours(page)).to_have_text(["one", "two"])
    await expect(page.get_by_role("alert")).to_have_text("")


async def test_a_tab_that_slept_gets_what_it_missed_in_order_and_once(
    browser: Browser, web_hotline: WebHotline
) -> None:
    held = web_hotline.engine.holds("two")
    page, _ = await opened(browser, web_hotline)
    await write(page, "one")
    await expect(ours(page)).to_have_text(["one"])
    await write(page, "two")
    await write(page, "three")
    await expect(page.locator(".pending")).to_have_count(0)
    tab = await page.context.new_cdp_session(page)
    await tab.send("Page.setWebLifecycleState", {"state": "frozen"})
    held.set()
    await eventually(web_hotline.quiet)
    await tab.send("Page.setWebLifecycleState", {"state": "active"})
    await expect(ours(page)).to_have_text(["one", "two", "three"])
    await write(page, "four")  # what came twice would stand before it
    await expect(ours(page)).to_have_text(["one", "two", "three", "four"])


async def test_neither_token_nor_text_ever_stands_in_an_address(browser: Browser, web_hotline: WebHotline) -> None:
    page, asked = await opened(browser, web_hotline)
    token = await page.input_value("#write [name=token]")
    await write(page, "zebra")
    await expect(ours(page)).to_have_text(["zebra"])
    await page.click("#leave")
    await expect(page.locator("body")).to_have_text("The weather")
    assert [address for address in asked if token in address or "zebra" in address] == []
    assert {address.partition("?")[0].removeprefix(f"POST {web_hotline.url}") for address in asked if "POST" in address} == {
        "/send", "/next", "/exit",
    }  # fmt: skip


# ---- weight and speed ----

HEAVIEST = 30_000  # bytes over the wire, headers and all
SLOW_3G: dict[str, Any] = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PAINTED = """() => new Promise((tell) => new PerformanceObserver((list) =>
    tell(list.getEntriesByName("first-contentful-paint")[0]?.startTime)).observe({ type: "paint", buffered: true }))"""


@pytest.mark.parametrize("locale", ["en", "ar", "th", "bn"])
async def test_the_page_is_light_and_needs_one_round_of_files(
    browser: Browser, web_hotline: WebHotline, locale: str
) -> None:
    page = await browser.new_page()
    tab = await page.context.new_cdp_session(page)
    await tab.send("Network.enable")
    await tab.send("Network.emulateNetworkConditions", SLOW_3G)
    bytes_, addresses = [], []
    tab.on("Network.loadingFinished", lambda event: bytes_.append(event["encodedDataLength"]))
    tab.on("Network.requestWillBeSent", lambda event: addresses.append(event["request"]["url"]))
    await page.goto(f"{web_hotline.url}/?lang={locale}", wait_until="networkidle")
    painted = await page.evaluate(PAINTED)
    # For whoever looks (pytest -s): a loaded machine paints late, so the seconds are no test.
    print(f"\n{locale}: {sum(bytes_)} bytes, {len(addresses)} requests, first paint after {painted:.0f} ms on slow 3G")  # noqa: T201
    assert sum(bytes_) < HEAVIEST
    assert len(addresses) <= 3
    assert await page.evaluate("() => getComputedStyle(document.body).margin") == "0px"  # the policy lets the style in
    assert {address for address in addresses if not address.startswith(web_hotline.url)} == set()
