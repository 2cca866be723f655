"""New lines are seen: the view follows them while the reader follows, and a button says so when it does not."""

from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.accessible import faults
from tests.channels.conftest import WebHotline
from tests.channels.page_operator import Operator
from tests.page import opened, ours, own, write

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
KEYBOARD: Any = {"width": 360, "height": 330}  # what a keyboard leaves of a phone
LONG = "A sentence that needs a line. " * 12


def below(page: Page) -> Locator:
    return page.locator("#below")


async def in_sight(page: Page, line: Locator) -> None:
    """A line is on the screen, and neither the top nor the place to write covers it."""
    await expect(line).to_be_in_viewport(ratio=1)
    box, footer, top = [await part.bounding_box() for part in (line, page.locator("footer"), page.locator(".way"))]
    assert box and footer and top
    assert top["y"] + top["height"] <= box["y"] + 1
    assert box["y"] + box["height"] <= footer["y"] + 1


async def with_sam(browser: Browser, hotline: WebHotline, **options: Any) -> tuple[Page, Operator]:
    """A phone on which a long answer was read, and Sam has come."""
    hotline.engine_says([LONG, LONG])
    page, _ = await opened(browser, hotline, **{**PHONE, **options})
    await write(page, "hi")
    await expect(ours(page)).to_have_count(2)
    sam = Operator(hotline)
    await sam.takes()
    return page, sam


async def scroll(page: Page, pixels: int) -> None:
    """Scroll by hand."""
    at = await page.evaluate("() => scrollY")
    await page.mouse.wheel(0, pixels)
    await page.wait_for_function("(before) => scrollY !== before", arg=at)


async def read_all(page: Page) -> None:
    await scroll(page, 5_000)
    await expect(below(page)).to_be_hidden()


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
async def test_a_persons_lines_come_into_sight_one_after_another(
    browser: Browser, web_hotline: WebHotline, motion: Any
) -> None:
    page, sam = await with_sam(browser, web_hotline, reduced_motion=motion, is_mobile=False)
    await read_all(page)
    for number in range(3):
        await sam.writes(f"{number}: {LONG}")
        await expect(ours(page)).to_have_count(3 + number)
        await in_sight(page, ours(page).last)
    await expect(below(page)).to_be_hidden()


async def test_whoever_reads_above_stays_there_and_is_told_of_what_is_new(
    browser: Browser, web_hotline: WebHotline
) -> None:
    page, sam = await with_sam(browser, web_hotline, is_mobile=False)
    await read_all(page)
    await scroll(page, -400)
    place = await page.evaluate("() => scrollY")
    await sam.writes("Are you there?")
    await expect(ours(page)).to_have_count(3)
    await expect(below(page)).to_have_text("New below")
    assert await page.evaluate("() => scrollY") == place
    await below(page).click()
    await in_sight(page, ours(page).last)
    await expect(below(page)).to_be_hidden()
    await sam.writes("Take your time")
    await expect(ours(page)).to_have_count(4)
    await in_sight(page, ours(page).last)


async def test_an_answer_longer_than_the_screen_begins_in_sight_and_the_button_leads_on(
    browser: Browser, web_hotline: WebHotline
) -> None:
    web_hotline.engine_says([LONG, LONG[:200], ("Safe?", ["Yes", "No"])])
    page, _ = await opened(browser, web_hotline, **PHONE)
    await write(page, "hi")
    await expect(ours(page)).to_have_count(3)
    await in_sight(page, own(page))
    await expect(below(page)).to_be_visible()
    assert await faults(page) == []
    await below(page).click()
    await in_sight(page, page.get_by_role("button", name="2 No"))
    await expect(below(page)).to_be_hidden()


async def test_a_line_longer_than_the_screen_can_be_read_to_its_end_with_the_button_alone(
    browser: Browser, web_hotline: WebHotline
) -> None:
    web_hotline.engine_says([LONG * 5])
    page, _ = await opened(browser, web_hotline, **PHONE)
    await write(page, "hi")
    await expect(ours(page)).to_have_count(1)
    await page.evaluate("""() => {
        for (let pressed = 0; pressed < 20 && !document.getElementById("below").hidden; pressed++)
            document.getElementById("below").click();
    }""")
    await expect(below(page)).to_be_hidden()
    assert await page.evaluate("() => Math.abs(document.body.scrollHeight - innerHeight - scrollY)") < 2


async def test_a_keyboard_that_opens_leaves_the_newest_line_in_sight(browser: Browser, web_hotline: WebHotline) -> None:
    page, sam = await with_sam(browser, web_hotline, is_mobile=False)
    await read_all(page)
    await page.locator("#text").focus()
    await page.set_viewport_size(KEYBOARD)
    await sam.writes("Are you there?")
    await expect(ours(page)).to_have_count(3)
    await in_sight(page, ours(page).last)
    await scroll(page, -300)
    await sam.writes("Take your time")
    await expect(below(page)).to_be_visible()
    await below(page).tap()
    await in_sight(page, ours(page).last)
    await expect(page.locator("#text")).to_be_focused()  # so the keyboard stays


async def test_by_keyboard_the_button_leads_the_focus_to_what_is_new(browser: Browser, web_hotline: WebHotline) -> None:
    page, sam = await with_sam(browser, web_hotline, is_mobile=False)
    await read_all(page)
    await scroll(page, -400)
    await sam.writes("Are you there?")
    await expect(below(page)).to_be_visible()
    await below(page).press("Enter")
    await expect(page.locator(".line").last).to_be_focused()
    await in_sight(page, ours(page).last)


async def test_a_pull_at_the_top_does_not_reload_the_page(browser: Browser, web_hotline: WebHotline) -> None:
    page, _ = await opened(browser, web_hotline, **PHONE)
    assert await page.evaluate("() => getComputedStyle(document.documentElement).overscrollBehaviorY") == "contain"


async def test_the_button_covers_nothing_that_is_to_be_read_or_pressed(
    browser: Browser, web_hotline: WebHotline
) -> None:
    web_hotline.engine_says(
        [LONG[:150], (LONG[:90], ["Pay", "Sleep", "Food", "Papers", "A doctor", "A lawyer", "A person"])]
    )
    page, _ = await opened(browser, web_hotline, **PHONE)
    await write(page, "hi")
    await expect(page.locator(".choices button:enabled")).to_have_count(7)
    await expect(below(page)).to_be_visible()
    covered = """() => {
        const [button, footer] = ["#below", "footer"].map((part) => document.querySelector(part).getBoundingClientRect());
        return [...document.querySelectorAll(".line p, .choices button")].filter((part) => {
            const box = part.getBoundingClientRect();
            return box.top < button.bottom - 1 && Math.min(box.bottom, footer.top) > button.top + 1;
        }).length;
    }"""
    assert await page.evaluate(covered) == 0
