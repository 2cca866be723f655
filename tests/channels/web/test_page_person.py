"""A person on the web page: who speaks is seen, typing shows both ways, and nobody's page is cleared while they wait."""

import re

import pytest
from playwright.async_api import Browser, expect

from bot.messaging.message import Choice, Reply
from bot.messaging.typing_state import is_typing, set_typing
from tests.accessible import faults
from tests.channels.conftest import WebHotline
from tests.channels.page_operator import Operator
from tests.hotline import Hotline, Visitor, eventually
from tests.page import opened, ours, write


@pytest.fixture
async def visitor(hotline: Hotline) -> Visitor:
    visitor = await hotline.page()
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    return visitor


async def test_a_line_of_a_person_says_so(hotline: Hotline, visitor: Visitor) -> None:
    sam = Operator(hotline)
    await sam.takes()
    await sam.writes("I am here")
    _, answer = await visitor.posts("/next", after=visitor.after)
    assert [(line["who"], line["text"], line["by"]) for line in answer["lines"]] == [
        ("us", "I am here", "Sam, a person")
    ]


async def test_without_scripts_and_after_reloading_it_says_so_too(hotline: Hotline, visitor: Visitor) -> None:
    sam = Operator(hotline)
    await sam.takes()
    await sam.writes("I am <here>")
    _, page = await visitor.posts("/look", plain=True)
    assert re.search(r'class="line us person".*?>Sam, a person<.*?I am &lt;here&gt;', page, re.DOTALL)
    assert page.count('class="by"') == 1


async def test_of_two_persons_each_is_named_where_they_begin(hotline: Hotline, visitor: Visitor) -> None:
    sam = Operator(hotline)
    await sam.takes()
    await sam.writes("I am here")
    await sam.writes("Take your time")
    await sam.notifier.say(await sam.id(), [Reply("utter_person_joined", {"alias": "Kim"})], by="Kim")
    _, page = await visitor.posts("/look", plain=True)
    shown = re.findall(r'class="line us person( same)?".*?dir="auto">(\w+), a person<', page, re.DOTALL)
    assert shown == [("", "Sam"), (" same", "Sam"), ("", "Kim")]


async def test_the_page_learns_at_once_who_answers(hotline: Hotline, visitor: Visitor) -> None:
    sam = Operator(hotline)
    assert visitor.desk == ""
    await sam.is_asked()
    assert (await visitor.reads(), visitor.desk) == ([], "waiting")
    await sam.takes()
    assert (await visitor.reads(), visitor.desk) == ([], "taken")
    await set_typing(hotline.store, await sam.id(), "operator")
    assert (await visitor.reads(), visitor.desk) == ([], "typing")
    await sam.writes("I am here")
    assert [text for _, text in await visitor.reads()] == ["I am here"]
    await eventually(lambda: is_person(visitor))


async def is_person(visitor: Visitor) -> bool:
    await visitor.reads()
    return visitor.desk == "person"


async def test_that_somebody_writes_is_told_to_an_operator_alone(hotline: Hotline, visitor: Visitor) -> None:
    sam = Operator(hotline)
    assert (await visitor.posts("/typing"))[0] == 204
    await sam.is_asked()
    await visitor.posts("/typing")
    assert not await is_typing(hotline.store, await sam.id(), "person")
    await sam.takes()
    await visitor.posts("/typing", text="my secret words")
    assert await is_typing(hotline.store, await sam.id(), "person")
    stored = await hotline.store.call("GET", f"typing:{{{await sam.id()}}}")
    assert stored == b"1"


async def test_once_a_line_stands_there_nobody_is_said_to_be_typing_it(hotline: Hotline, visitor: Visitor) -> None:
    sam = Operator(hotline)
    await sam.takes()
    await visitor.posts("/typing")
    assert await is_typing(hotline.store, await sam.id(), "person")
    await visitor.writes("I am here")
    await eventually(hotline.quiet)
    assert not await is_typing(hotline.store, await sam.id(), "person")
    await set_typing(hotline.store, await sam.id(), "operator")
    await sam.writes("So am I")
    assert not await is_typing(hotline.store, await sam.id(), "operator")


async def test_a_token_of_nobody_may_say_that_it_writes(hotline: Hotline) -> None:
    stranger = await hotline.page()
    assert (await stranger.posts("/typing"))[0] == 204
    assert (await stranger.posts("/typing", token="short"))[0] == 400


@pytest.mark.browser
async def test_a_person_answers_on_the_page(browser: Browser, web_hotline: WebHotline) -> None:
    sam = Operator(web_hotline)
    page, _ = await opened(browser, web_hotline)
    await write(page, "one")
    await expect(ours(page)).to_have_text(["one"])
    await sam.takes()
    await sam.writes("Hi, I am Sam")
    await sam.writes("Take your time")
    await expect(ours(page)).to_have_text(["one", "Hi, I am Sam", "Take your time"])
    await expect(page.locator(".person .by").first).to_contain_text("Sam, a person")
    await set_typing(web_hotline.store, await sam.id(), "operator")
    await expect(page.locator("#typing")).not_to_have_text("")
    assert await faults(page) == []
    await expect(page.locator("#typing")).to_have_text("")
    await page.locator("#text").press_sequentially("I do not")
    conversation = await sam.id()
    await eventually(lambda: is_typing(web_hotline.store, conversation, "person"))
    await sam.leaves()
    await expect(ours(page).last).to_contain_text("Sam has left")


@pytest.mark.browser
async def test_that_a_person_has_come_is_seen_whole_on_a_phone(browser: Browser, web_hotline: WebHotline) -> None:
    sam = Operator(web_hotline)
    web_hotline.engine_says(["A sentence. " * 12, ("What is it about?", ["Pay", "Sleep", "Food"])])
    page, _ = await opened(browser, web_hotline, viewport={"width": 360, "height": 640}, is_mobile=True)
    await write(page, "one")
    await expect(page.locator(".choices button:enabled")).to_have_count(3)
    await page.mouse.wheel(0, 5_000)
    await sam.takes()
    state = page.get_by_role("status").first
    await expect(state).to_have_text(TAKEN)
    said, footer = await state.bounding_box(), await page.locator("footer").bounding_box()
    assert said and footer and said["y"] + said["height"] <= footer["y"] + 1


@pytest.mark.browser
async def test_the_page_of_who_waits_is_not_cleared_by_silence(browser: Browser, web_hotline: WebHotline) -> None:
    sam = Operator(web_hotline)
    page, _ = await opened(browser, web_hotline)
    await page.clock.install()
    await write(page, "one")
    await expect(ours(page)).to_have_text(["one"])
    async with page.expect_request(lambda request: "desk=waiting" in (request.post_data or "")):
        await sam.is_asked()
    await page.clock.fast_forward("16:00")
    await expect(page.locator("#silence")).to_have_text("Still here. No need to write.")
    await expect(ours(page)).to_have_text(["one"])
    assert await sam.id()


TAKEN = "A person who works here is answering you now. They may need a moment to write."


@pytest.mark.browser
async def test_a_person_who_has_come_and_not_written_yet_is_told_of(browser: Browser, web_hotline: WebHotline) -> None:
    sam = Operator(web_hotline)
    web_hotline.engine_says([("Safe?", ["Yes", "No"])])
    page, _ = await opened(browser, web_hotline)
    await write(page, "one")
    await expect(page.locator(".choices button:enabled")).to_have_count(2)
    await sam.is_asked()
    await expect(page.locator("#typing")).to_have_text("")
    await sam.takes()
    state = page.get_by_role("status").first
    await expect(state).to_have_text(TAKEN)
    await expect(page.locator(".choices button:enabled")).to_have_count(0)  # they answer a question of the computer
    assert await faults(page) == []
    await set_typing(web_hotline.store, await sam.id(), "operator")
    await expect(state).to_have_text("Writing")  # the dots are drawn, and stand there once
    await expect(state).to_have_text(TAKEN)
    await sam.writes("Hi, I am Sam")
    await expect(ours(page).last).to_have_text("Hi, I am Sam")
    await expect(state).to_have_text("")


async def test_without_scripts_that_a_person_has_come_is_said_and_old_choices_are_closed(
    hotline: Hotline, visitor: Visitor
) -> None:
    sam = Operator(hotline)
    hotline.engine.answers("again", Reply("utter_opening", {}, (Choice("choice_yes", "affirm"),)))
    await visitor.writes("again")
    await eventually(hotline.quiet)
    open_choice = re.compile(r'name="choice"[^>]*"auto">')
    _, page = await visitor.posts("/look", plain=True)
    assert open_choice.search(page)
    await sam.takes()
    _, page = await visitor.posts("/look", plain=True)
    assert f">{TAKEN}</p>" in page
    assert not open_choice.search(page)
    await sam.writes("I am here")
    _, page = await visitor.posts("/look", plain=True)
    assert f">{TAKEN}</p>" not in page
    assert not open_choice.search(page)


async def test_while_the_phone_is_watched_no_page_says_that_a_person_is_there(
    hotline: Hotline, visitor: Visitor
) -> None:
    sam = Operator(hotline)
    await sam.takes()
    await sam.person_noted(situation="quiet")
    assert (await visitor.reads(), visitor.desk) == ([], "waiting")
    _, page = await visitor.posts("/look", plain=True)
    assert f">{TAKEN}</p>" not in page
    await set_typing(hotline.store, await sam.id(), "operator")
    _, answer = await visitor.posts("/next", desk="waiting", at_once="1")
    assert answer["desk"] == "waiting"
    await sam.person_noted(situation="talk")
    _, answer = await visitor.posts("/next", desk="waiting", at_once="1")
    assert answer["desk"] == "typing"


@pytest.mark.browser
async def test_the_screen_of_a_watched_phone_says_nothing_of_a_person(
    browser: Browser, web_hotline: WebHotline
) -> None:
    sam = Operator(web_hotline)
    page, _ = await opened(browser, web_hotline)
    await write(page, "one")
    await expect(ours(page)).to_have_text(["one"])
    await sam.is_asked()
    await sam.person_noted(situation="quiet")
    await sam.takes()
    await sam.notifier.say(await sam.id(), [Reply("utter_person_joined", {"alias": "Kim"})])
    await expect(ours(page)).to_have_count(2)  # and with it has come who answers
    await expect(page.get_by_role("status").first).to_have_text("")


@pytest.mark.browser
async def test_who_was_left_before_a_first_line_can_answer_the_last_question_again(
    browser: Browser, web_hotline: WebHotline
) -> None:
    sam = Operator(web_hotline)
    web_hotline.engine_says([("Safe?", ["Yes", "No"])])
    page, _ = await opened(browser, web_hotline)
    await write(page, "one")
    await expect(page.locator(".choices button:enabled")).to_have_count(2)
    await sam.takes()
    await expect(page.get_by_role("status").first).to_have_text(TAKEN)
    await expect(page.locator(".choices button:enabled")).to_have_count(0)
    await sam.is_gone()
    await expect(page.get_by_role("status").first).to_have_text("")
    await expect(page.locator(".choices button:enabled")).to_have_count(2)
