"""The page takes a form from itself alone: no other site opens it in a talk that it has chosen, and reads along."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.crypto.vault import Vault
from bot.settings import Settings
from channels.gateway import serve
from channels.local_only import bearer
from commands.runtime.free_ports import free_port
from tests.channels.conftest import WebHotline
from tests.conftest import ARGUMENTS, CHROMIUM
from tests.hotline import MASTER, Hotline, ScriptedEngine
from tests.page import said

KNOWN = "k" * 43  # a token that another site has, of a talk that it reads along
PATHS = ["/send", "/next", "/look", "/typing", "/closed", "/back", "/exit"]
ONION = f"http://{'a' * 56}.onion"
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://other.example"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "https://neighbour.chat.example"},
    {"Origin": "https://other.example"},
    {"Origin": "https://chat.example.other.example"},
    {"Origin": "https://other.example", "Host": "chat.example"},
]
OWN = [
    {},  # a phone of long ago
    {"Origin": "null"},  # the same, or a browser that hides where it is
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://chat.example", "Host": "gateway:8080"},
    {"Sec-Fetch-Site": "none"},  # the browser comes back to the page by itself
    {"Origin": "https://chat.example", "Host": "gateway:8080"},  # the front passes its own name on
    {"Origin": "https://second.example", "Host": "second.example"},
    {"Origin": "https://second.example", "Host": "second.example:443"},
    {"Origin": ONION, "Host": ONION.removeprefix("http://")},
    {"Origin": ONION, "Host": "127.0.0.1:8080"},
]
TOKEN_OF_PAGE = re.compile(r'name="token" value="([^"]+)"')


@pytest.fixture
async def public_hotline(settings: Settings, engine: ScriptedEngine) -> AsyncIterator[Hotline]:
    reached = replace(settings, public_url="https://chat.example/", onion_location=ONION)
    async with Hotline(reached, engine, {}).working() as hotline:
        yield hotline


async def posts(hotline: Hotline, path: str, headers: dict[str, str], accept: str = "text/html") -> tuple[int, str]:
    form = {"token": KNOWN, "text": "zebra"}
    wanted = {"Accept": accept, **headers}
    async with hotline.web.post(hotline.url + path, data=form, headers=wanted) as response:
        return response.status, await response.text()


@pytest.mark.parametrize("headers", FOREIGN)
async def test_another_site_can_not_open_the_page_in_a_talk_that_it_reads_along(
    public_hotline: Hotline, headers: dict[str, str]
) -> None:
    await posts(public_hotline, "/send", {})  # the other side has begun a talk on its own
    status, page = await posts(public_hotline, "/look", headers)
    assert (status, KNOWN in page, said(page)) == (403, False, [])
    assert "112" in page  # whoever was led here can still write, and has a number to call
    assert TOKEN_OF_PAGE.search(page)


@pytest.mark.parametrize("path", PATHS)
async def test_a_form_from_another_site_has_no_effect_on_any_path(public_hotline: Hotline, path: str) -> None:
    await posts(public_hotline, "/send", {})
    before = await public_hotline.keys(), public_hotline.engine.texts
    for_a_script = await posts(public_hotline, path, FOREIGN[0], accept="application/json")
    assert for_a_script == (403, '{"error": "403"}')
    assert (await public_hotline.keys(), public_hotline.engine.texts) == before


def test_these_are_all_paths_that_the_page_posts_to(hotline: Hotline) -> None:
    assert [route.path for route in hotline.webchat.routes() if route.method == "POST"] == PATHS


@pytest.mark.parametrize("headers", OWN)
async def test_the_pages_own_form_is_taken_behind_every_front_and_from_every_browser(
    public_hotline: Hotline, headers: dict[str, str]
) -> None:
    status, page = await posts(public_hotline, "/send", headers)
    assert (status, KNOWN in page, "zebra" in said(page)) == (200, True, True)


async def test_what_was_refused_is_counted(public_hotline: Hotline) -> None:
    await posts(public_hotline, "/look", FOREIGN[0])
    asks = public_hotline.web.get(f"{public_hotline.url}/metrics", headers={"Authorization": bearer(Vault(MASTER))})
    async with asks as response:
        assert re.search(r'quietline_messages_refused_total\{reason="origin"\} [1-9]', await response.text())


# ---- in a real browser, without scripts ----


@pytest.fixture
async def browser_of_names() -> AsyncIterator[Browser]:
    """A browser for which all names lead here. They are not TLS, so it says no Sec-Fetch-Site, as an old one."""
    lead_here = "--host-resolver-rules=MAP *.example 127.0.0.1"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, lead_here])
        yield browser
        await browser.close()


async def led_on(browser: Browser, site: str, hotline: str, referrer: str = "") -> Page:
    """Somebody comes to another site, and its form leads on to the page with a token that it knows."""
    text = (
        f"<!doctype html>{referrer}<form method=post action='{hotline}/look'>"
        f"<input type=hidden name=token value={KNOWN}><button>Chat</button></form>"
    )

    async def trap(_: web.Request) -> web.Response:
        return web.Response(text=text, content_type="text/html")

    app, port = web.Application(), free_port()
    app.add_routes([web.get("/", trap)])
    async with serve(app, "127.0.0.1", port):
        page = await browser.new_page(java_script_enabled=False)
        await page.goto(f"http://{site}:{port}/")
        await page.click("button")
        await expect(page.locator("#text")).to_be_visible()
        return page


async def token(page: Page) -> str | None:
    return await page.locator("#write input[name=token]").get_attribute("value")


@pytest.mark.browser
@pytest.mark.parametrize("referrer", ["", "<meta name=referrer content=no-referrer>"])
@pytest.mark.parametrize("site", ["127.0.0.1", "localhost"])
async def test_whoever_is_led_here_by_another_site_gets_a_talk_of_their_own(
    browser: Browser, web_hotline: WebHotline, site: str, referrer: str
) -> None:
    page = await led_on(browser, site, web_hotline.url, referrer)
    assert await token(page) != KNOWN
    await page.reload()  # the browser posts the same form again
    assert await token(page) != KNOWN
    await page.fill("#text", "hello")
    await page.click("#send")
    await expect(page.locator(".you > p")).to_have_text(["hello"])


@pytest.mark.browser
async def test_a_browser_that_only_says_the_origin_is_not_led_into_a_foreign_talk_either(
    web_hotline: WebHotline, browser_of_names: Browser
) -> None:
    chat = web_hotline.url.replace("127.0.0.1", "chat.example")
    page = await led_on(browser_of_names, "other.example", chat)
    assert await token(page) != KNOWN


@pytest.mark.browser
async def test_a_browser_that_only_says_the_origin_can_use_the_page(
    web_hotline: WebHotline, browser_of_names: Browser
) -> None:
    page = await browser_of_names.new_page(java_script_enabled=False)
    await page.goto(web_hotline.url.replace("127.0.0.1", "chat.example"))
    await page.fill("#text", "hello")
    async with page.expect_request("**/send") as sending:
        await page.click("#send")
    await expect(page.locator(".you > p")).to_have_text(["hello"])
    headers = await (await sending.value).all_headers()
    assert ("sec-fetch-site" in headers, headers["origin"]) == (False, "null")
