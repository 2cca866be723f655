"""The desk in Arabic and Spanish, in a browser: its direction, what a checker finds, and what stays in its own language."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from bot.messaging.transcript import Line
from desk.localization.desk_languages import DeskLanguage
from tests.accessible import faults
from tests.desk.colleagues import Colleague
from tests.desk.desk_page import DeskSite
from tests.desk.talking import Lines

pytestmark = pytest.mark.browser

PATHS = ("/load", "/duty", "/directory/search", "/counts", "/people", "/log", "/you", "/practice", "/handover")
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 390, "height": 760}
# What a page in Arabic brings along for its scripts, as the server writes it.
TEXTS = """async () => {
    document.getElementById("texts")?.remove();
    const texts = document.createElement("script");
    texts.type = "application/json";
    texts.id = "texts";
    const forms = ["z", "o", "t", "%(num)s f", "%(num)s m", "%(num)s r"];
    texts.textContent = JSON.stringify({ "Copied.": "نُسخ.", "%(num)s reply": forms });
    document.head.append(texts);
    const { plural, text } = await import("/static/texts.js?again");
    const replies = [0, 1, 2, 5, 11, 100].map((number) => plural("%(num)s reply", "%(num)s replies", number));
    return [text("Copied."), text("Not %(what)s.", { what: "translated" }), ...replies];
}"""

# Where some digits of a text stand, in pixels from the left.
PLACE = """(element, digits) => {
    const words = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const text = words.nextNode(), range = document.createRange();
    range.setStart(text, text.data.indexOf(digits));
    range.setEnd(text, text.data.indexOf(digits) + digits.length);
    return range.getBoundingClientRect().x;
}"""


@pytest.fixture
async def arabic(desk_site: DeskSite, browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """The desk of a supervisor who reads Arabic, with a conversation of their own in English."""
    who = await speaks(desk_site, "ar")
    lines = Lines(desk_site.services.store, desk_site.services.settings, desk_site.clock)
    account = await who.account()
    await lines.works(account)
    talk = await lines.has(account, "+1", Line("you", "My boss has my passport. Call +44 20 7946 0018!", locale="en"))
    page = await desk_site.sits_down(browser, who, f"/desk/talk/{talk}", viewport=WIDE)
    yield page
    await page.context.close()


async def speaks(site: DeskSite, language: DeskLanguage) -> Colleague:
    who = await site.hires("Blue Heron", "supervisor")
    people, account = site.services.accounts.people, await who.account()
    wishes = account.wishes.model_copy(update={"language": language})
    await people.change(account.id, lambda now: now.with_(wishes=wishes))
    return who


async def test_a_desk_in_arabic_runs_from_right_to_left_and_an_english_line_in_it_does_not(arabic: Page) -> None:
    directions = "(element) => getComputedStyle(element).direction"
    assert await arabic.locator("html").evaluate(directions) == "rtl"
    assert await arabic.locator(".queue").evaluate(directions) == "rtl"
    queue, side = [await arabic.locator(part).bounding_box() for part in (".queue", ".side")]
    assert queue and side and queue["x"] > side["x"]  # the queue stands where reading begins
    line = arabic.locator(".line.you .text")
    assert await line.evaluate(directions) == "ltr"
    await expect(line).to_have_attribute("lang", "en")


async def test_an_empty_reply_invites_in_arabic_and_turns_with_what_is_typed(arabic: Page) -> None:
    directions = "(element) => getComputedStyle(element).direction"
    reply = arabic.locator("#text")
    await reply.fill("")
    assert await reply.evaluate(directions) == "rtl"
    await reply.fill("Is it safe to write?")
    assert await reply.evaluate(directions) == "ltr"


async def test_a_span_of_time_is_read_from_right_to_left(arabic: Page, desk_site: DeskSite) -> None:
    half_hour = int(desk_site.clock.now // 1800)
    await desk_site.services.store.call("RPUSH", f"live_waits:{half_hour}", 9 * 60 + 26)
    await arabic.goto(f"{desk_site.url}/load")
    wait = arabic.locator(".big", has_text="26").first
    await expect(wait).to_contain_text("9")
    minutes, seconds = [await wait.evaluate(PLACE, digits) for digits in ("9", "26")]
    assert minutes > seconds  # nine minutes come first


async def test_the_scripts_speak_the_language_of_the_page(arabic: Page) -> None:
    told = await arabic.evaluate(TEXTS)
    assert told == ["نُسخ.", "Not translated.", "z", "o", "t", "5 f", "11 m", "100 r"]


async def test_a_checker_finds_nothing_in_an_arabic_conversation(arabic: Page) -> None:
    found = {"wide": await faults(arabic)}
    await arabic.set_viewport_size(NARROW)
    found["narrow"] = await faults(arabic)
    assert {state: lines for state, lines in found.items() if lines} == {}
    assert await arabic.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["es", "ar"])
async def test_a_checker_finds_nothing_on_the_other_pages(
    desk_site: DeskSite, browser: Browser, language: DeskLanguage
) -> None:
    page = await desk_site.sits_down(browser, await speaks(desk_site, language), "/you", viewport=WIDE)
    found = {}
    for path in PATHS:
        await page.goto(desk_site.url + path)
        found[path] = await faults(page)
    await page.goto(f"{desk_site.url}/log")
    await page.get_by_role("banner").locator("summary").click()
    found["menu"] = await faults(page)
    page = await browser.new_page()
    await page.goto(f"{desk_site.url}/sign-in?lang={language}")
    found["sign-in"] = await faults(page)
    assert {state: lines for state, lines in found.items() if lines} == {}
