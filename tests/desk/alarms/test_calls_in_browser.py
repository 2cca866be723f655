"""What calls an operator in a real browser: a sound of one tab, a title, a blur, each switched off where they do not want it."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Page, Route, expect

from bot.handoff.case_card import Priority
from bot.messaging.transcript import Line
from bot.settings import Settings
from bot.storage.store import Store
from desk.auth.people import Account
from tests.desk.colleagues import Colleague
from tests.desk.desk_page import DeskSite
from tests.desk.talking import Lines

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

# Counts tones, and notes each title that the page has had.
LISTENS = """
  window.tones = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { window.tones++; return start.apply(this, when); };
  window.titles = [];
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => window.titles.push(document.title)).observe(document.head, { childList: true, subtree: true });
  });
"""
LOOKS_ELSEWHERE = "Object.defineProperty(document, 'hidden', { get: () => true });"
A_P0_WAITS = "A P0 is waiting."


@dataclass
class Evening:
    """An operator at a browser, and who writes."""

    site: DeskSite
    lines: Lines
    ana: Colleague
    account: Account
    page: Page

    async def opens(self, path: str = "/desk") -> Page:
        """One more tab, which somebody has touched."""
        page = await self.page.context.new_page()
        await page.goto(self.site.url + path)
        await page.mouse.click(700, 400)
        return page

    async def wishes(self, **boxes: bool) -> None:
        await self.page.goto(f"{self.site.url}/you")
        for label, on in boxes.items():
            await self.page.get_by_label(LABELS[label]).set_checked(on)
        await self.page.get_by_role("button", name="Save", exact=True).click()
        await expect(self.page.get_by_text("Saved.", exact=True)).to_be_visible()
        await self.page.goto("about:blank")


LABELS = {"sound": "A sound", "flash": "A number in the page title", "blur": "Blur severe conversations"}


@pytest.fixture
async def evening(desk_site: DeskSite, store: Store, settings: Settings, browser: Browser) -> AsyncIterator[Evening]:
    ana = await desk_site.hires("Ana", "operator")
    page = await desk_site.sits_down(browser, ana, "/you")
    await page.context.add_init_script(LISTENS)
    lines = Lines(store, settings, desk_site.clock)
    yield Evening(desk_site, lines, ana, await ana.account(), page)
    await page.context.close()


async def tones(*pages: Page) -> int:
    """How many sounded in these tabs. Each asks whether it may in a moment that comes before the answer to this."""
    return sum([await page.evaluate("navigator.locks.query().then(() => window.tones)") for page in pages])


async def test_of_two_tabs_one_rings(evening: Evening) -> None:
    await evening.page.goto("about:blank")
    tabs = [await evening.opens(), await evening.opens()]
    for number in (1, 2):
        await evening.lines.waits(f"+{number}", priority="P0")
        for page in tabs:
            await expect(page.get_by_text(A_P0_WAITS)).to_have_count(number)
        evening.site.clock.now += 1

    assert await tones(*tabs) == 4  # a P0 is two tones


async def test_who_comes_before_a_page_hears_its_first_news_is_called_out(evening: Evening) -> None:
    await evening.lines.waits("+1", priority="P0")
    came = asyncio.Event()

    async def hear_later(route: Route) -> None:
        await came.wait()
        await route.continue_()

    await evening.page.context.route("**/desk/live", hear_later)
    await evening.page.goto("about:blank")
    tab = await evening.opens()
    await evening.lines.waits("+2", priority="P0")
    came.set()
    await expect(tab.get_by_text(A_P0_WAITS)).to_have_count(1)  # the first of the two stood there from the beginning
    assert await tones(tab) == 2


async def test_a_tab_that_was_touched_rings_where_the_one_that_listens_was_not(evening: Evening) -> None:
    await evening.page.goto(f"{evening.site.url}/desk")
    tab = await evening.opens()
    await evening.lines.waits("+1", priority="P0")
    await expect(tab.get_by_text(A_P0_WAITS)).to_be_visible()
    assert (await tones(tab), await tones(evening.page)) == (2, 0)


async def test_a_sound_that_was_switched_off_stays_off(evening: Evening) -> None:
    await evening.wishes(sound=False)
    tab = await evening.opens()
    await evening.lines.waits("+1", priority="P0")
    await expect(tab.get_by_text(A_P0_WAITS)).to_be_visible()
    await tab.reload()
    await tab.mouse.click(700, 400)
    await expect(tab).to_have_title("Desk (1)")
    await evening.lines.waits("+2", priority="P0")
    await expect(tab.get_by_text(A_P0_WAITS)).to_be_visible()
    assert await tones(tab) == 0


@pytest.mark.parametrize("on", [True, False])
async def test_the_title_flashes_only_for_who_wants_it(evening: Evening, on: bool) -> None:
    await evening.wishes(flash=on)
    await evening.page.context.add_init_script(LOOKS_ELSEWHERE)
    tab = await evening.opens()
    for number in (1, 2, 3, 4):  # each is a second later than the one before, as the desk looks
        await evening.lines.waits(f"+{number}")
        await expect(tab).to_have_title(re.compile(rf"Desk \({number}\)$"))
        evening.site.clock.now += 1
    titles = await tab.evaluate("window.titles")
    assert any(title.startswith("●") for title in titles) is on


@pytest.mark.parametrize(
    ("wanted", "priority", "blurred"), [(True, "P0", True), (True, "P2", False), (False, "P0", False)]
)
async def test_a_severe_talk_is_blurred_until_a_click_for_who_wants_it(
    evening: Evening, wanted: bool, priority: Priority, blurred: bool
) -> None:
    await evening.wishes(blur=wanted)
    talk = await evening.lines.has(evening.account, "+1", Line("you", "tiene mis papeles"), priority=priority)
    await evening.page.goto(f"{evening.site.url}/desk/talk/{talk}")
    said = evening.page.locator(".line.you .text")
    is_blurred = "(line) => getComputedStyle(line).filter.startsWith('blur')"
    assert await said.evaluate(is_blurred) is blurred

    await evening.page.locator(".scroll").click()
    await evening.lines.adds(talk, Line("you", "y no me deja salir"))
    await expect(said).to_have_count(2)
    assert [await line.evaluate(is_blurred) for line in await said.all()] == [False, False]
