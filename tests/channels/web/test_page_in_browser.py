"""The web chat in a real browser, with scripts and without: what it shows, what it asks for, and what it leaves behind.

`web_hotline` is the gateway with an engine that says what it is told: `engine_says([...])` holds the
replies to the next message, each a sentence or a pair (sentence, [choices]).
"""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.page import opened, ours, own, write

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
NARROW = {"width": 320, "height": 568}
ZOOMED = {"width": 640, "height": 360}
SMALL_TARGETS = """() => [...document.querySelectorAll("button, summary, textarea")]
    .map((part) => part.getBoundingClientRect())
    .filter((box) => box.height && (box.height < 44 || box.width < 44)).length"""
TOPICS = ("traffick", "exploit", "victim", "hotline", "slave", "abuse", "rescue")
SEEN_OR_NOT = """(hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"


async def test_a_message_is_answered_and_the_person_can_write_on(browser: Browser, web_hotline: Any) -> None:
    web_hotline.engine_says(["Hello.", "How are you?"])
    page, _ = await opened(browser, web_hotline)
    await write(page, "hi <b>there</b>")
    await expect(own(page)).to_have_text(["hi <b>there</b>"])
    await expect(ours(page)).to_have_text(["Hello.", "How are you?"])
    await expect(page.locator(".pending, .failed")).to_have_count(0)
    await expect(page.locator("#text")).to_be_focused()
    await expect(page.locator("#text")).to_have_value("")


async def test_the_own_message_is_there_before_the_server_has_it(browser: Browser, web_hotline: Any) -> None:
    page, _ = await opened(browser, web_hotline)
    await page.route("**/send", lambda route: None)  # a server that never answers
    await write(page, "hi")
    await expect(page.locator(".you.pending > p")).to_have_text("hi")


async def test_shift_and_enter_begin_a_new_line(browser: Browser, web_hotline: Any) -> None:
    page, _ = await opened(browser, web_hotline)
    await page.fill("#text", "one")
    await page.press("#text", "Shift+Enter")
    await expect(page.locator("#text")).to_have_value("one\n")


async def test_a_choice_is_a_button_that_sends_its_number(browser: Browser, web_hotline: Any) -> None:
    web_hotline.engine_says([("Safe?", ["Yes", "No"])])
    web_hotline.engine_says(["Stop here if you need to."])
    page, _ = await opened(browser, web_hotline)
    await write(page, "hi")
    await page.fill("#text", "not finished")
    async with page.expect_request("**/send") as sent:
        await page.get_by_role("button", name="2 No").click()
    assert "choice=2" in str((await sent.value).post_data)
    assert "finished" not in str((await sent.value).post_data)
    await expect(own(page)).to_have_text(["hi", "No"])
    await expect(page.locator(".choices button:disabled")).to_have_text(["1Yes", "2No"])
    await expect(page.locator("#text")).to_have_value("not finished")


async def test_only_the_newest_list_of_choices_can_be_answered(browser: Browser, web_hotline: Any) -> None:
    web_hotline.engine_says([("Safe?", ["Yes", "No"]), ("What now?", ["Sleep", "Pay"])])
    page, _ = await opened(browser, web_hotline)
    await write(page, "hi")
    await expect(page.locator(".choices button:disabled")).to_have_text(["1Yes", "2No"])
    await expect(page.locator(".choices button:enabled")).to_have_text(["1Sleep", "2Pay"])


async def test_without_scripts_the_page_works_as_forms(browser: Browser, web_hotline: Any) -> None:
    web_hotline.engine_says([("Safe?", ["Yes", "No"])])
    web_hotline.engine_says(["Stop here if you need to."])
    page, _ = await opened(browser, web_hotline, java_script_enabled=False)
    await page.fill("#text", "hi")
    await page.click("#send")
    await expect(own(page)).to_have_text(["hi"])  # the page that answers the form
    await page.click(".refresh")
    await expect(ours(page)).to_have_text(["Safe?"])
    await page.get_by_role("button", name="2 No").click()
    await expect(own(page)).to_have_count(2)
    await page.click(".refresh")
    await expect(ours(page)).to_have_text(["Safe?", "Stop here if you need to."])
    await expect(page.locator(".choices button:enabled")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
async def test_another_language_keeps_what_was_said_and_what_is_being_typed(
    browser: Browser, web_hotline: Any, scripts: bool
) -> None:
    web_hotline.engine_says(["Hello."])
    page, _ = await opened(browser, web_hotline, java_script_enabled=scripts)
    await page.fill("#text", "hi")
    await page.click("#send")
    await expect(ours(page)).to_have_text(["Hello."])
    await page.fill("#text", "not finished")
    await page.locator(".panels summary").last.click()
    await page.click("button[name=locale][value=ar]")
    await expect(page.locator("html")).to_have_attribute("dir", "rtl")
    await expect(page.locator("html")).to_have_attribute("lang", "ar")
    await expect(ours(page)).to_have_text(["Hello."])
    await expect(page.locator("#text")).to_have_value("not finished")


@pytest.mark.parametrize("scripts", [True, False])
async def test_another_language_before_the_first_message_is_no_end_of_a_talk(
    browser: Browser, web_hotline: Any, scripts: bool
) -> None:
    page, _ = await opened(browser, web_hotline, java_script_enabled=scripts)
    await page.locator(".panels summary").last.click()
    await page.click("button[name=locale][value=ar]")
    await expect(page.locator("html")).to_have_attribute("lang", "ar")
    await expect(page.get_by_role("alert")).to_have_text("")


async def test_an_empty_message_without_scripts_keeps_the_talk_in_sight(browser: Browser, web_hotline: Any) -> None:
    web_hotline.engine_says(["Hello."])
    page, _ = await opened(browser, web_hotline, java_script_enabled=False)
    await page.fill("#text", "hi")
    await page.click("#send")
    await expect(own(page)).to_have_text(["hi"])
    async with page.expect_event("load"):
        await page.click("#send")
    await expect(own(page)).to_have_text(["hi"])


async def test_the_page_follows_the_language_that_the_person_writes(browser: Browser, web_hotline: Any) -> None:
    page, _ = await opened(browser, web_hotline)
    await answer_next(page, {"lines": [], "after": "1-0", "closed": False, "locale": "es", "dir": "ltr"})
    await write(page, "hola")
    await expect(page.locator("html")).to_have_attribute("lang", "es")
    await expect(own(page)).to_have_text(["hola"])


async def answer_next(page: Page, answer: dict[str, Any]) -> None:
    """Answer one question for news in place of the server."""
    await page.route("**/next", lambda route: route.fulfill(json=answer), times=1)


async def test_a_message_says_in_which_language_the_page_is(browser: Browser, web_hotline: Any) -> None:
    page, _ = await opened(browser, web_hotline, "?lang=es")
    async with page.expect_request("**/send") as sent:
        await write(page, "hola")
    assert "locale=es" in str((await sent.value).post_data)


async def test_a_page_that_slept_is_cleared_before_it_is_seen(browser: Browser, web_hotline: Any) -> None:
    page, _ = await opened(browser, web_hotline)
    await page.route("**/next", lambda route: None)  # a sleeping phone hears nothing
    await page.clock.install()
    await write(page, "hi")
    await page.evaluate(SEEN_OR_NOT, True)
    await page.clock.fast_forward("16:00")
    await page.evaluate(SEEN_OR_NOT, False)
    await expect(page.locator(".line")).to_have_count(0)
    notice = page.get_by_role("alert")
    await expect(notice).to_have_text(str(await notice.get_attribute("data-gone")))


async def test_arabic_runs_from_right_to_left(browser: Browser, web_hotline: Any) -> None:
    web_hotline.engine_says(["Hello."])
    page, _ = await opened(browser, web_hotline, "?lang=ar", **PHONE)
    await write(page, "مرحبا")
    await expect(ours(page)).to_have_count(1)
    boxes = {name: await page.locator(name).bounding_box() for name in ("#leave", ".you > p", ".us > p", "h1")}
    left = {name: box["x"] for name, box in boxes.items() if box}
    assert left["#leave"] < left["h1"]
    assert left[".you > p"] < left[".us > p"]


async def test_a_language_that_was_chosen_stays_while_the_first_answer_is_on_its_way(
    browser: Browser, web_hotline: Any
) -> None:
    thinks = web_hotline.engine.holds("مرحبا")
    page, _ = await opened(browser, web_hotline, "?lang=ar", locale="en-GB")
    async with page.expect_response("**/next") as told:
        await write(page, "مرحبا")
    assert [line["text"] for line in (await (await told.value).json())["lines"]] == ["مرحبا"]  # and nothing else yet
    async with page.expect_request("**/next"):
        pass  # what came is dealt with
    await expect(page.locator("html")).to_have_attribute("lang", "ar")
    thinks.set()
    await expect(ours(page)).to_have_count(1)


async def test_a_lost_connection_shows_numbers_and_loses_no_text(browser: Browser, web_hotline: Any) -> None:
    web_hotline.engine_says(["Hello."])
    web_hotline.engine_says(["Still here."])
    page, _ = await opened(browser, web_hotline)
    await write(page, "hi")
    await expect(ours(page)).to_have_count(1)
    await page.context.set_offline(True)
    await write(page, "are you there")
    await page.fill("#text", "not finished")
    notice = page.get_by_role("alert")
    await expect(notice).to_have_text(str(await notice.get_attribute("data-offline")))
    await expect(page.locator(".failed > p")).to_have_text("are you there")
    await page.context.set_offline(False)
    await page.click(".failed > button")
    await expect(ours(page)).to_have_text(["Hello.", "Still here."])
    await expect(own(page)).to_have_text(["hi", "are you there"])
    await expect(notice).to_have_text("")
    await expect(page.locator("#text")).to_have_value("not finished")


async def test_a_refusal_is_shown_in_the_servers_words(browser: Browser, web_hotline: Any) -> None:
    page, asked = await opened(browser, web_hotline)
    refusal = {"error": "busy", "text": "Please wait a little."}
    await page.route("**/send", lambda route: route.fulfill(status=429, json=refusal))
    await write(page, "hi")
    await expect(page.get_by_role("alert")).to_have_text("Please wait a little.")
    await expect(page.locator(".failed > p")).to_have_text("hi")
    assert len([line for line in asked if line.endswith("/send")]) == 1


async def test_a_message_whose_receipt_was_lost_is_sent_again_under_the_same_id(
    browser: Browser, web_hotline: Any
) -> None:
    web_hotline.engine_says(["Hello."])
    page, _ = await opened(browser, web_hotline)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    await page.route("**/send", lose_the_answer, times=1)
    await write(page, "hi")
    await expect(ours(page)).to_have_text(["Hello."])
    await expect(page.locator(".pending, .failed")).to_have_count(0)
    ids = [field for fields in sent for field in fields.split("&") if field.startswith("id=")]
    assert len(ids) == 2
    assert len(set(ids)) == 1


async def lose_the_answer(route: Route) -> None:
    await route.fetch()
    await route.abort()


async def test_lines_whose_way_was_lost_are_asked_for_again(browser: Browser, web_hotline: Any) -> None:
    web_hotline.engine_says(["Hello."])
    page, _ = await opened(browser, web_hotline)
    await page.route("**/next", lose_the_answer, times=1)
    await write(page, "hi")
    await expect(ours(page)).to_have_text(["Hello."])


async def test_a_line_that_comes_twice_is_shown_once(browser: Browser, web_hotline: Any) -> None:
    page, _ = await opened(browser, web_hotline)
    web_hotline.engine_says([])
    last = {"lines": [line("2-0", "Last.")], "after": "2-0", "closed": False, "locale": "en", "dir": "ltr"}
    first = {"lines": [line("1-0", "First.")], "after": "1-0", "closed": False, "locale": "en", "dir": "ltr"}
    await answer_next(page, last)  # the one that was set last is given first
    await answer_next(page, first)
    await answer_next(page, first)
    await write(page, "hi")
    await expect(ours(page).last).to_have_text("Last.")
    await expect(ours(page)).to_have_text(["First.", "Last."])


def line(name: str, text: str) -> dict[str, Any]:
    return {"id": name, "who": "us", "text": text, "choices": []}


@pytest.mark.parametrize("farewell", ["Thanks, bye.", None])
async def test_a_talk_that_ended_is_cleared_and_a_new_one_can_begin(
    browser: Browser, web_hotline: Any, farewell: str | None
) -> None:
    web_hotline.engine_says(["Hello."])
    web_hotline.engine_says(["Hello again."])
    page, _ = await opened(browser, web_hotline)
    first = await page.input_value("#write [name=token]")
    await answer_next(page, {"lines": [], "after": "", "closed": True, "text": farewell, "locale": "en", "dir": "ltr"})
    await write(page, "bye")
    notice = page.get_by_role("alert")
    await expect(notice).to_have_text(farewell or str(await notice.get_attribute("data-gone")))
    await expect(page.locator(".line")).to_have_count(0)
    await write(page, "hi")
    await expect(own(page)).to_have_text(["hi"])
    await expect(ours(page)).to_have_count(1)
    assert await page.input_value("#write [name=token]") not in ("", first)


async def test_the_exit_comes_first_for_the_keyboard_and_every_part_has_a_name(
    browser: Browser, web_hotline: Any
) -> None:
    page, _ = await opened(browser, web_hotline)
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(page.locator("#leave")).to_be_focused()
    await expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    await expect(page.locator("#text")).to_have_accessible_name(str(await page.get_attribute("#text", "placeholder")))


@pytest.mark.parametrize("viewport", [NARROW, ZOOMED])
async def test_the_exit_stays_in_sight_and_nothing_runs_over_the_side(
    browser: Browser, web_hotline: Any, viewport: dict[str, int]
) -> None:
    web_hotline.engine_says([("A long answer. " * 60, ["Yes", "No"]), "word" * 60])
    page, _ = await opened(browser, web_hotline, viewport=viewport)
    await write(page, "hi")
    await expect(ours(page)).to_have_count(2)
    await page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    await expect(page.locator("#leave")).to_be_in_viewport(ratio=1)
    assert await page.evaluate(SIDEWAYS) <= 0
    assert await page.evaluate(SMALL_TARGETS) == 0


async def test_the_notice_of_privacy_opens_inside_the_page(browser: Browser, web_hotline: Any) -> None:
    page, asked = await opened(browser, web_hotline)
    await page.locator("summary").first.click()
    await expect(page.locator("details[open] .panel p").first).to_be_visible()
    assert [line for line in asked if line.startswith("POST")] == []


async def test_nothing_around_the_talk_names_the_topic(browser: Browser, web_hotline: Any) -> None:
    page, _ = await opened(browser, web_hotline)
    words = f"{await page.title()} {page.url} {await page.locator('header, footer').all_inner_texts()}".lower()
    assert [topic for topic in TOPICS if topic in words] == []
