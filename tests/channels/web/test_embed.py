"""The page in a panel on another site, in a real browser: opened, used, closed, and left with the site around it."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Browser, FrameLocator, Page, expect

from bot.settings import Settings
from channels.gateway import serve
from tests.channels.conftest import TalkingEngine, WebHotline
from tests.hotline import Hotline, ScriptedEngine, eventually
from tests.site import Site

HEAVIEST = 5_000  # bytes of the script over the wire, with the labels of all languages
STORED = "async () => document.cookie + localStorage.length + sessionStorage.length + (await caches.keys()).length"
ORIGINS = "() => performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin)"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    async with serve(site.app(), "127.0.0.1", site.port):
        yield site


@pytest.fixture
async def framed_hotline(settings: Settings, site: Site) -> AsyncIterator[WebHotline]:
    """A gateway whose page may be shown on the site, and on one more that nobody visits."""
    sites = ("https://ngo.example", site.url)
    framed = replace(settings, frame_hosts=sites, exit_url=f"{site.url}/weather")
    async with WebHotline(framed, TalkingEngine(), {}, mark="").working() as hotline:
        site.chat = hotline.url
        site.tag = f'<script src="{hotline.url}/embed.js" defer></script>'
        yield hotline


async def visit(browser: Browser, site: Site, **options: Any) -> Page:
    """Come to the site from another page of it."""
    context = await browser.new_context(**options)
    page = await context.new_page()
    await page.goto(f"{site.url}/before")
    await page.goto(site.url)
    return page


def chat(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


async def open_and_write(page: Page, text: str) -> FrameLocator:
    await page.get_by_role("button", name="Write to us").click()
    frame = await (await page.locator("iframe").element_handle()).content_frame()
    assert frame
    await frame.wait_for_load_state()  # its script listens
    await chat(page).locator("#text").fill(text)
    await chat(page).locator("#text").press("Enter")
    await expect(chat(page).locator(".us > p")).to_have_count(1)
    return chat(page)


# ---- what is served ----


async def test_without_sites_in_the_settings_there_is_no_script(hotline: Hotline) -> None:
    async with hotline.web.get(f"{hotline.url}/embed.js") as response:
        assert response.status == 404


async def test_the_script_is_small_and_brings_its_labels_in_every_language(
    settings: Settings, engine: ScriptedEngine
) -> None:
    framed = replace(settings, frame_hosts=("https://ngo.example",), exit_url="https://weather.example/?a=1")
    async with (
        Hotline(framed, engine, {}).working() as hotline,
        hotline.web.get(f"{hotline.url}/embed.js", headers={"Accept-Encoding": "gzip"}) as response,
    ):
        script = await response.text()
        assert int(response.headers["Content-Length"]) < HEAVIEST
        assert response.content_type == "text/javascript"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    found = re.search(r"= (\{.*\});", script)
    assert found
    served = json.loads(found[1])
    assert (served["sites"], served["exit"]) == (["https://ngo.example"], "https://weather.example/?a=1")
    assert {"en", "ar", "es"} <= set(served["words"])
    assert (served["words"]["en"]["open"], served["words"]["ar"]["dir"]) == ("Write to us", "rtl")


# ---- in the browser ----


@pytest.mark.browser
async def test_the_panel_opens_and_a_message_is_answered_in_it(
    browser: Browser, site: Site, framed_hotline: WebHotline
) -> None:
    framed_hotline.engine_says(["Hello."])
    page = await visit(browser, site)
    button = page.get_by_role("button", name="Write to us")
    await expect(button).to_have_attribute("aria-expanded", "false")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    talk = await open_and_write(page, "hi")
    await expect(talk.locator(".us > p")).to_have_text(["Hello."])
    await expect(button).to_have_attribute("aria-expanded", "true")
    await expect(page.get_by_role("dialog", name="Quietline")).to_be_visible()


@pytest.mark.browser
async def test_before_the_button_is_pressed_the_chat_is_not_asked_and_nothing_is_ever_stored(
    browser: Browser, site: Site, framed_hotline: WebHotline
) -> None:
    page = await visit(browser, site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.reload(wait_until="networkidle")
    assert [url for url in asked if url.startswith(framed_hotline.url)] == [f"{framed_hotline.url}/embed.js"]
    await open_and_write(page, "hi")
    assert await page.evaluate(STORED) == "000"
    assert await page.context.cookies() == []
    assert set(await page.evaluate(ORIGINS)) == {framed_hotline.url}


@pytest.mark.browser
async def test_escape_puts_the_panel_away_and_nothing_else(
    browser: Browser, site: Site, framed_hotline: WebHotline
) -> None:
    page = await visit(browser, site)
    button = page.get_by_role("button", name="Write to us")
    talk = await open_and_write(page, "hi")
    await talk.locator("#text").press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(button).to_have_attribute("aria-expanded", "false")
    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(talk.locator(".us > p")).to_have_text(["hi"])
    await page.get_by_role("button", name="Close").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url == f"{site.url}/"


@pytest.mark.browser
async def test_escape_closes_what_is_open_in_the_chat_before_the_panel(
    browser: Browser, site: Site, framed_hotline: WebHotline
) -> None:
    page = await visit(browser, site)
    talk = await open_and_write(page, "hi")
    await talk.locator("summary").first.click()
    await page.keyboard.press("Escape")
    await expect(talk.locator("details[open]")).to_have_count(0)
    await expect(talk.locator("summary").first).to_be_focused()
    await expect(page.get_by_role("dialog")).to_be_visible()


@pytest.mark.browser
async def test_the_keyboard_alone_opens_writes_and_comes_to_the_exit(
    browser: Browser, site: Site, framed_hotline: WebHotline
) -> None:
    page = await visit(browser, site)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Write to us")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(chat(page).locator("#leave")).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(chat(page).locator(".skip")).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(chat(page).locator("#leave")).to_be_focused()


async def by_button(page: Page) -> None:
    await chat(page).locator("#leave").click()


async def by_shift_in_the_chat(page: Page) -> None:
    await chat(page).locator("#text").focus()
    await shift_three_times(page)


async def by_shift_on_the_site(page: Page) -> None:
    await page.get_by_role("button", name="Close").focus()
    await shift_three_times(page)


async def shift_three_times(page: Page) -> None:
    await page.keyboard.press("Shift")
    await page.keyboard.press("Shift")
    await page.keyboard.press("Shift")


@pytest.mark.browser
@pytest.mark.parametrize("way", [by_button, by_shift_in_the_chat, by_shift_on_the_site])
async def test_the_exit_takes_the_site_away_too_and_erases(
    browser: Browser, site: Site, framed_hotline: WebHotline, way: Any
) -> None:
    page = await visit(browser, site)
    await open_and_write(page, "hi")
    await way(page)
    await expect(page.locator("body")).to_have_text("The weather")
    assert page.url.startswith(framed_hotline.settings.exit_url)
    await eventually(lambda: nothing_is_kept(framed_hotline))
    await page.go_back()
    assert page.url == f"{site.url}/before"


async def nothing_is_kept(hotline: Hotline) -> bool:
    return [id_ async for id_ in hotline.store.conversations()] == []


@pytest.mark.browser
async def test_a_bare_frame_without_the_script_is_left_with_its_site_as_well(
    browser: Browser, site: Site, framed_hotline: WebHotline
) -> None:
    site.tag = f'</head><body><iframe src="{framed_hotline.url}/" title="chat" height="500"></iframe>'
    page = await visit(browser, site)
    await chat(page).locator("#leave").click()
    await expect(page.locator("body")).to_have_text("The weather")


@pytest.mark.browser
async def test_words_of_strangers_move_nothing(browser: Browser, site: Site, framed_hotline: WebHotline) -> None:
    page = await visit(browser, site)
    talk = await open_and_write(page, "hi")
    await page.evaluate("() => { postMessage('leave', '*'); postMessage('close', '*'); }")
    await page.frames[1].evaluate("() => postMessage('leave', '*')")
    await talk.locator("#text").fill("still here")
    await talk.locator("#text").press("Enter")
    await expect(talk.locator(".us > p")).to_have_text(["hi", "still here"])
    assert page.url == f"{site.url}/"


@pytest.mark.browser
async def test_a_site_that_is_not_in_the_settings_gets_neither_button_nor_page(
    browser: Browser, site: Site, web_hotline: WebHotline, settings: Settings
) -> None:
    elsewhere = replace(settings, frame_hosts=("https://ngo.example",))
    async with WebHotline(elsewhere, TalkingEngine(), {}, mark="").working() as hotline:
        site.chat = hotline.url
        site.tag = f'<script src="{hotline.url}/embed.js" defer></script></head><body><iframe src="{hotline.url}/">'
        page = await visit(browser, site)
        await eventually(lambda: page.frames[1].url.startswith("chrome-error:"))
        await expect(page.get_by_role("button")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "attribute", "label"),
    [("en", "", "en"), ("ar", "", "ar"), ("es-MX", "", "es"), ("en", "data-lang=zh-CN", "zh-Hans"), ("xx", "", "en")],
)
async def test_the_button_speaks_the_language_of_the_site(
    browser: Browser, site: Site, framed_hotline: WebHotline, language: str, attribute: str, label: str
) -> None:
    site.language = language
    site.tag = site.tag.replace(" defer", f" defer {attribute}")
    page = await visit(browser, site, locale="en-GB")
    await expect(page.locator("aside")).to_have_attribute("lang", label)
    await page.locator("aside > button").click()
    await expect(chat(page).locator("html")).to_have_attribute("lang", label)


@pytest.mark.browser
@pytest.mark.parametrize(("attribute", "left"), [("", False), ("data-side=left", True), ("data-side=right", False)])
async def test_the_site_says_on_which_side_the_button_is(
    browser: Browser, site: Site, framed_hotline: WebHotline, attribute: str, left: bool
) -> None:
    site.tag = site.tag.replace(" defer", f" defer {attribute}")
    page = await visit(browser, site, viewport={"width": 1000, "height": 700})
    box = await page.locator("aside > button").bounding_box()
    assert box
    assert (box["x"] < 500) is left


@pytest.mark.browser
async def test_on_a_phone_the_panel_fills_the_screen(browser: Browser, site: Site, framed_hotline: WebHotline) -> None:
    page = await visit(browser, site, viewport={"width": 360, "height": 640})
    await page.get_by_role("button", name="Write to us").click()
    assert await page.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 640}
    await expect(chat(page).locator("#leave")).to_be_in_viewport(ratio=1)


# ---- a site that may show it and means harm ----


@pytest.mark.browser
async def test_a_site_that_may_show_the_page_can_not_put_a_talk_of_its_own_into_the_frame(
    browser: Browser, site: Site, framed_hotline: WebHotline
) -> None:
    known = "k" * 43
    site.trap = (
        f"<!doctype html><iframe name=chat src='{framed_hotline.url}'></iframe>"
        f"<form target=chat method=post action='{framed_hotline.url}/look'>"
        f"<input name=token value={known}><button>Chat</button></form>"
    )
    page = await browser.new_page()
    await page.goto(f"{site.url}/trap")
    await expect(chat(page).locator("#text")).to_be_visible()
    async with page.expect_response("**/look") as answered:
        await page.get_by_role("button", name="Chat").click()
    assert (await answered.value).status == 403
    await expect(chat(page).locator("#text")).to_be_visible()
    token = chat(page).locator("input[name=token]").first
    assert await token.get_attribute("value") != known
