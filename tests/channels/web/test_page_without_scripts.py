"""The page without JavaScript (Tor Browser at its safest): plain forms, and nothing sent twice or left behind."""

import asyncio
import re
from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Browser, CDPSession, Page, expect

from bot.settings import Settings
from channels.gateway import serve
from commands.runtime.time_travel import let_time_pass
from tests.channels.conftest import TalkingEngine, WebHotline
from tests.hotline import PATIENCE, Hotline, ScriptedEngine, Visitor, eventually
from tests.page import opened, ours, own, said
from tests.site import Site


async def plain_page(browser: Browser, hotline: Any) -> Page:
    page, _ = await opened(browser, hotline, java_script_enabled=False)
    return page


async def send(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.click("#send")


@pytest.mark.browser
async def test_reloading_the_answer_sends_nothing_twice_and_shows_what_is_new(
    browser: Browser, web_hotline: WebHotline
) -> None:
    web_hotline.engine_says(["One."])
    held = web_hotline.engine.holds("two")
    page = await plain_page(browser, web_hotline)
    await send(page, "one")
    await expect(ours(page)).to_have_text(["One."])
    await page.reload()  # the browser posts the same form again
    await expect(own(page)).to_have_text(["one"])
    await send(page, "two")
    await expect(own(page)).to_have_text(["one", "two"])  # this page came unanswered
    held.set()
    await eventually(web_hotline.quiet)
    await page.reload()
    await expect(own(page)).to_have_text(["one", "two"])
    await expect(ours(page)).to_have_text(["One.", "two"])
    assert web_hotline.engine.texts == ["one", "two"]


@pytest.mark.browser
async def test_new_lines_come_by_a_button_that_keeps_what_is_being_typed(
    browser: Browser, web_hotline: WebHotline
) -> None:
    held = web_hotline.engine.holds("two")
    page = await plain_page(browser, web_hotline)
    await send(page, "two")
    await expect(own(page)).to_have_text(["two"])  # this page came unanswered
    await expect(ours(page)).to_have_count(0)
    held.set()
    await eventually(web_hotline.quiet)
    await page.fill("#text", "half a sentence")
    await expect(page.locator("meta[http-equiv]")).to_have_count(0)  # it would take the sentence away
    await page.click(".refresh")
    await expect(ours(page)).to_have_text(["two"])
    await expect(page.locator("#text")).to_have_value("half a sentence")


@pytest.mark.browser
async def test_after_the_exit_back_shows_nothing_of_the_talk_and_opens_none(
    browser: Browser, settings: Settings
) -> None:
    weather = Site()  # a real one: where a test answers in its place, the browser has no cache that could give it away
    away = replace(settings, exit_url=f"{weather.url}/before")
    async with (
        serve(weather.app(), "127.0.0.1", weather.port),
        WebHotline(away, TalkingEngine(), {}, mark="").working() as hotline,
    ):
        page = await browser.new_page(java_script_enabled=False)
        await page.goto(hotline.url)
        await send(page, "zebra")
        await expect(ours(page)).to_have_text(["zebra"])
        await page.click("#leave")
        await expect(page.locator("body")).to_have_text("Before")
        shown = [await back(page) for _ in range(3)]
        assert [content for content in shown if "zebra" in content] == []
        assert [id_ async for id_ in hotline.store.conversations()] == []
        assert hotline.engine.texts == ["zebra"]


async def back(page: Page) -> str:
    """Go back, look, and say yes where the browser asks whether to post the form again."""
    tab = await page.context.new_cdp_session(page)
    await tab.send("Page.enable")
    history = await tab.send("Page.getNavigationHistory")
    entry = history["entries"][max(0, history["currentIndex"] - 1)]
    await loads(tab, "Page.navigateToHistoryEntry", entryId=entry["id"])
    kept = await page.content()
    await loads(tab, "Page.reload")
    return f"{kept} {await page.content()}"


async def loads(tab: CDPSession, command: str, **what: Any) -> None:
    """Send a tab somewhere, and wait until it is there, be it at the browser's own page of an error."""
    there = asyncio.Event()
    tab.once("Page.frameStoppedLoading", lambda _: there.set())
    await tab.send(command, what)
    await asyncio.wait_for(there.wait(), PATIENCE)


async def test_a_form_that_is_posted_again_after_the_end_shows_nothing_and_opens_nothing(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    visitor = await hotline.page()
    await visitor.posts("/send", plain=True, text="zebra", id="l-first")
    await visitor.posts("/exit", plain=True)
    await let_time_pass(hotline.store, 3_600)  # longer than "left" is remembered
    status, page = await visitor.posts("/send", plain=True, text="zebra", id="l-first")
    assert (status, "zebra" in page) == (200, False)
    assert engine.texts == ["zebra"]
    assert await hotline.conversation("web", visitor.token) == ""


@pytest.mark.parametrize("id_", ["l-first", "first"])
@pytest.mark.parametrize("path", ["/look", "/send"])
async def test_what_was_being_typed_is_not_shown_to_whoever_comes_back_after_the_exit(
    hotline: Hotline, path: str, id_: str
) -> None:
    visitor = await hotline.page()
    fields = {"text": "zebra", "id": id_} | ({"choice": "1"} if path == "/send" else {})
    _, before = await visitor.posts(path, plain=True, **fields)
    await visitor.posts("/exit", plain=True)
    _, after = await visitor.posts(path, plain=True, **fields)
    assert [">zebra</textarea>" in page for page in (before, after)] == [id_ == "first" or path == "/send", False]


async def test_a_page_shows_lines_that_came_without_a_question(hotline: Hotline, engine: ScriptedEngine) -> None:
    """An operator writes when they are ready: the button finds such lines as well."""
    visitor = await hotline.page()
    await visitor.posts("/send", plain=True, text="hello")
    held = engine.holds("later")
    await visitor.writes("later")
    held.set()
    await eventually(hotline.quiet)
    _, page = await visitor.posts("/look", plain=True)
    assert said(page) == ["hello", "hello", "later", "later"]


# ---- garbage: a clear answer, nothing lost ----

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}


async def posts_raw(visitor: Visitor, body: bytes, content_type: str = FORM["Content-Type"]) -> tuple[int, str]:
    hotline = visitor.hotline
    headers = {**FORM, "Content-Type": content_type}
    async with hotline.web.post(f"{hotline.url}/send", data=body, headers=headers) as response:
        return response.status, await response.text()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"text=" + b"a" * 1_000_000, FORM["Content-Type"], 413),
        (b"text=\xff", FORM["Content-Type"] + "; charset=utf-16", 400),
        (b"text=a", FORM["Content-Type"] + "; charset=nonsense", 400),
        (b"a" * 10, "text/plain", 415),
    ],
    ids=["one megabyte", "wrong charset", "no charset", "no form"],
)
async def test_what_can_not_be_read_is_answered_with_a_page_and_a_number_and_the_talk_goes_on(
    hotline: Hotline, body: bytes, content_type: str, status: int
) -> None:
    visitor = await hotline.page()
    await visitor.posts("/send", plain=True, text="hello")
    found, page = await posts_raw(visitor, f"token={visitor.token}&".encode() + body, content_type)
    assert found == status
    assert "112" in re.findall(r'id="notice"[^>]*>([^<]*)<', page)[0]
    _, page = await visitor.posts("/send", plain=True, text="still here")
    assert said(page) == ["hello", "hello", "still here", "still here"]


async def test_of_a_field_that_comes_twice_the_last_counts(hotline: Hotline, engine: ScriptedEngine) -> None:
    visitor = await hotline.page()
    token = visitor.token
    status, page = await posts_raw(visitor, f"token={'x' * 43}&token={token}&text=one&text=two&id=1&id=2".encode())
    assert (status, said(page)) == (200, ["two", "two"])
    assert engine.texts == ["two"]


@pytest.mark.parametrize("text", ["\u200b\u200d\u2060", "\U0001f62d\U0001f62d", "\u202e", "\x07", "\ufeff\u200b"])
async def test_a_message_without_a_letter_is_a_message_and_is_answered(
    hotline: Hotline, engine: ScriptedEngine, text: str
) -> None:
    visitor = await hotline.page()
    status, page = await visitor.posts("/send", plain=True, text=text)
    assert (status, len(said(page))) == (200, 2)
    assert engine.texts == [text]


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
async def test_a_message_that_turns_letters_around_turns_only_its_own(
    browser: Browser, web_hotline: WebHotline, scripts: bool
) -> None:
    web_hotline.engine_says([("Hello there.", ["Yes, please"])])
    page, _ = await opened(browser, web_hotline, java_script_enabled=scripts)
    await send(page, "\u202e\u2067abc\n\u202edef")
    await expect(ours(page)).to_have_text(["Hello there."])
    assert await runs(page, ".us > p") > 0
    assert await runs(page, ".choices button") > 0
    assert await runs(page, ".opening p") > 0


async def runs(page: Page, part: str) -> float:
    """How far to the right of its first letter the third letter of a part stands."""
    return float(
        await page.locator(part).first.evaluate(
            """(part) => {
                const text = part.lastChild;
                const at = (index) => {
                    const range = document.createRange();
                    range.setStart(text, index);
                    range.setEnd(text, index + 1);
                    return range.getBoundingClientRect().x;
                };
                return at(2) - at(0);
            }"""
        )
    )


@pytest.mark.browser
async def test_a_message_that_shows_nothing_still_has_a_place_on_the_page(
    browser: Browser, web_hotline: WebHotline
) -> None:
    page, _ = await opened(browser, web_hotline)
    await send(page, "\u200b")
    await expect(ours(page)).to_have_count(1)
    box = await own(page).bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
