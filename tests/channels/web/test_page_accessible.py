"""The page for people who do not see, do not point, zoom in, or get ill from movement (WCAG 2.2 AA)."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from bot.messaging.message import Choice, Reply
from bot.settings import Settings
from channels.gateway import serve
from tests.accessible import LOOKS, faults
from tests.channels.conftest import TalkingEngine, WebHotline
from tests.page import opened, ours, write
from tests.site import Site

pytestmark = pytest.mark.browser

SAFE = Reply("utter_opening", {}, (Choice("choice_yes", "affirm"), Choice("choice_no", "deny")))
CRISIS = (Reply("utter_danger_112"), Reply("utter_danger_more"))
ZOOMED_400 = {"width": 320, "height": 256}  # what 1280 by 1024 is at 400 %


@pytest.mark.parametrize(("locale", "viewport", "scheme"), LOOKS)
async def test_a_checker_finds_nothing_in_any_state_of_the_page(
    browser: Browser, web_hotline: WebHotline, locale: str, viewport: tuple[int, int], scheme: Any
) -> None:
    size = {"width": viewport[0], "height": viewport[1]}
    page, _ = await opened(browser, web_hotline, f"?lang={locale}", viewport=size, color_scheme=scheme)
    found = {"opening": await faults(page)}

    web_hotline.engine_says([SAFE])
    await write(page, "?")
    await expect(page.locator(".choices button:enabled")).to_have_count(2)
    found["choices"] = await faults(page)

    await page.locator("summary").nth(0).click()
    await page.locator("summary").nth(1).click()
    found["the full notice"] = await faults(page)
    await page.locator("summary").nth(2).click()
    found["languages"] = await faults(page)
    await page.keyboard.press("Escape")

    web_hotline.engine_says(CRISIS)
    await page.locator(".choices button").first.click()
    await expect(ours(page)).to_have_count(3)
    found["crisis"] = await faults(page)

    await page.route("**/send", lambda route: route.fulfill(status=429, json={"text": "…"}))
    await write(page, "?")
    await expect(page.locator(".failed button")).to_be_visible()
    found["not sent"] = await faults(page)
    assert {state: lines for state, lines in found.items() if lines} == {}


HALF_COVERED = """() => [...document.querySelectorAll("main button")]
    .map((button) => button.getBoundingClientRect())
    .filter((box) => box.top < document.querySelector("footer").getBoundingClientRect().top - 1
        && box.bottom > document.querySelector("footer").getBoundingClientRect().top + 1).length"""


@pytest.mark.parametrize("height", [560, 575, 590, 605])  # so that the edge falls into each part of a choice
async def test_no_choice_stands_half_under_the_place_to_write(
    browser: Browser, web_hotline: WebHotline, height: int
) -> None:
    web_hotline.engine_says(["A sentence. " * 12, ("What is it about?", ["Pay", "Sleep", "Food", "Papers", "Else"])])
    page, _ = await opened(browser, web_hotline, viewport={"width": 360, "height": height}, is_mobile=True)
    await write(page, "?")
    await expect(page.locator(".choices button:enabled")).to_have_count(5)
    assert await page.evaluate(HALF_COVERED) == 0
    assert await faults(page) == []


@pytest.mark.parametrize(("locale", "viewport", "scheme"), LOOKS)
async def test_a_checker_finds_nothing_in_the_panel_on_another_site(
    browser: Browser, settings: Settings, locale: str, viewport: tuple[int, int], scheme: Any
) -> None:
    site = Site()
    site.language = locale
    framed = replace(settings, frame_hosts=(site.url,))
    async with (
        serve(site.app(), "127.0.0.1", site.port),
        WebHotline(framed, TalkingEngine(), {}, mark="").working() as hotline,
    ):
        site.chat, site.tag = hotline.url, f'<script src="{hotline.url}/embed.js" defer></script>'
        size: ViewportSize = {"width": viewport[0], "height": viewport[1]}
        page = await browser.new_page(viewport=size, color_scheme=scheme)
        await page.goto(site.url)
        await page.locator("aside > button").wait_for()
        found = await faults(page)
        await page.locator("aside > button").click()
        await expect(page.frame_locator("iframe").locator("#text")).to_be_visible()
        assert [*found, *await faults(page)] == []


FOCUSED = """() => {
    const part = document.activeElement;
    const box = part.getBoundingClientRect();
    const on_top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return [
        part.id || part.name || part.className || part.parentElement.getAttribute("name"),
        parseFloat(getComputedStyle(part).outlineWidth) >= 2 && getComputedStyle(part).outlineStyle !== "none",
        part.contains(on_top),
    ];
}"""


async def test_the_keyboard_alone_comes_everywhere_in_order_and_its_place_is_always_seen(
    browser: Browser, web_hotline: WebHotline
) -> None:
    web_hotline.engine_says([SAFE])
    page, _ = await opened(browser, web_hotline)
    await write(page, "?")
    await expect(page.locator(".choices button:enabled")).to_have_count(2)
    await page.focus(".skip")
    walk = [await tab(page) for _ in range(7)]
    assert [where for where, _, _ in walk] == ["leave", "panel", "panel", "choice", "choice", "text", "send"]
    assert [where for where, outlined, on_top in walk if not (outlined and on_top)] == []


async def tab(page: Page) -> tuple[str, bool, bool]:
    await page.keyboard.press("Tab")
    where, outlined, on_top = await page.evaluate(FOCUSED)
    return where, outlined, on_top


async def test_the_keyboard_alone_opens_the_notice_chooses_an_answer_and_closes_again(
    browser: Browser, web_hotline: WebHotline
) -> None:
    web_hotline.engine_says([SAFE])
    web_hotline.engine_says(["Thank you."])
    page, _ = await opened(browser, web_hotline)
    await write(page, "?")
    await expect(page.locator(".choices button:enabled")).to_have_count(2)
    await page.locator("summary").first.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Who runs this:")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("details[name][open]")).to_have_count(0)
    await expect(page.locator("summary").first).to_be_focused()
    await page.locator(".choices button").first.press("Enter")
    await expect(ours(page).last).to_have_text("Thank you.")
    await expect(page.locator("#text")).to_be_focused()


async def test_at_400_percent_all_can_be_read_and_reached_without_scrolling_sideways(
    browser: Browser, web_hotline: WebHotline
) -> None:
    web_hotline.engine_says([SAFE, "word" * 60])
    page, _ = await opened(browser, web_hotline, viewport=ZOOMED_400)
    await write(page, "?")
    await expect(ours(page)).to_have_count(2)
    await page.locator("summary").first.click()
    assert await page.evaluate("() => document.documentElement.scrollWidth") == 320
    await page.locator("#send").scroll_into_view_if_needed()
    await expect(page.locator("#send")).to_be_in_viewport(ratio=1)
    await expect(page.locator("#leave")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("wish", "animated"), [("no-preference", "breathe"), ("reduce", "none")])
async def test_nothing_moves_for_whoever_wants_no_movement(
    browser: Browser, web_hotline: WebHotline, wish: Any, animated: str
) -> None:
    page, _ = await opened(browser, web_hotline, reduced_motion=wish)
    await page.evaluate("() => document.getElementById('typing').classList.add('writes')")
    name = "() => getComputedStyle(document.getElementById('typing'), '::after').animationName"
    assert await page.evaluate(name) == animated


async def test_with_the_colours_of_the_system_all_that_is_pressed_or_said_has_an_edge(
    browser: Browser, web_hotline: WebHotline
) -> None:
    web_hotline.engine_says([SAFE])
    page, _ = await opened(browser, web_hotline, forced_colors="active")
    await write(page, "?")
    await expect(page.locator(".choices button:enabled")).to_have_count(2)
    edgeless = """() => [...document.querySelectorAll("main p:not(:empty, .opening p), button:not(.refresh), textarea")]
        .filter((part) => part.checkVisibility())
        .map((part) => [part.outerHTML, getComputedStyle(part)])
        .filter(([, { borderTopWidth, borderTopColor }]) => borderTopWidth === "0px" || /^rgba.*, 0\\)/.test(borderTopColor))
        .map(([html]) => html)"""
    assert await page.evaluate(edgeless) == []


READ_ALOUD = """() => {
    window.aloud = [];
    new MutationObserver((changes) => aloud.push(...changes.flatMap(({ addedNodes }) =>
        [...addedNodes].map((node) => node.textContent))))
        .observe(document.getElementById("log"), { childList: true, subtree: true, characterData: true });
}"""


async def test_a_screen_reader_hears_each_line_once(browser: Browser, web_hotline: WebHotline) -> None:
    web_hotline.engine_says(["One.", "Two."])
    web_hotline.engine_says(["Three."])
    page, _ = await opened(browser, web_hotline)
    await page.evaluate(READ_ALOUD)
    await write(page, "hi")
    await expect(ours(page)).to_have_count(2)
    await page.locator(".panels summary").last.click()
    await page.click("button[name=locale][value=ar]")
    await expect(page.locator("html")).to_have_attribute("lang", "ar")
    await write(page, "hi again")
    await expect(ours(page)).to_have_count(3)
    heard = [text.rpartition(": ")[2] for text in await page.evaluate("() => aloud")]
    assert heard == ["hi", "One.", "Two.", "hi again", "Three."]


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_line_keeps_its_language_when_the_page_gets_another(
    browser: Browser, web_hotline: WebHotline, scripts: bool
) -> None:
    web_hotline.engine_says([SAFE])
    page, _ = await opened(browser, web_hotline, java_script_enabled=scripts)
    await page.fill("#text", "hello my friend, how are you")
    await page.click("#send")
    await expect(ours(page)).to_have_count(1)
    await page.locator(".panels summary").last.click()
    await page.click("button[name=locale][value=ar]")
    await expect(page.locator("html")).to_have_attribute("dir", "rtl")
    await expect(ours(page)).to_have_attribute("lang", "en")
    await expect(page.locator(".choices")).to_have_attribute("lang", "en")
    assert await ours(page).evaluate("(line) => getComputedStyle(line).direction") == "ltr"
