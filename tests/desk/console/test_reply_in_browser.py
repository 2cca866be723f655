"""The box in which an operator writes, in a real browser: no word is lost, none goes out twice, none by a slip."""

import asyncio
import re
from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import pytest
from playwright.async_api import Page, Route, expect

from tests.desk.night_in_browser import Night
from tests.hotline import eventually

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


async def test_a_lost_network_loses_no_word_and_sends_none_twice(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1")
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    box = ana.get_by_role("textbox", name="Your reply")
    await box.fill("No está sola.")
    await ana.context.set_offline(True)
    await box.press("Enter")

    await expect(ana.locator("#how")).to_contain_text("Not sent")
    await expect(ana.locator("#connection")).to_contain_text("no connection")
    await expect(box).to_have_value("No está sola.")
    await ana.context.set_offline(False)
    await ana.get_by_role("button", name="Send").click()
    await expect(box).to_have_value("")
    assert night.told == [["No está sola."]]


async def test_an_answer_whose_receipt_was_lost_goes_out_under_the_same_mark(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1")
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    sent: list[str] = []

    async def taken_and_lost(route: Route) -> None:
        sent.append(route.request.post_data or "")
        await route.abort()

    await ana.route("**/write", taken_and_lost)
    box = ana.get_by_role("textbox", name="Your reply")
    await box.fill("Hola")
    await box.press("Enter")
    await expect(ana.locator("#how")).to_contain_text("Not sent")
    await box.press("Enter")
    await expect(ana.locator("#how")).to_contain_text("Not sent")
    assert len(sent) == 2 and sent[0] == sent[1] and "once=" in sent[0]


@pytest.fixture
async def slow(night: Night) -> AsyncIterator[tuple[Page, asyncio.Event]]:
    """A talk of Ana's, its scripts on their way until an event is set."""
    talk = await night.lines.has(night.accounts["Ana"], "+1")
    ana, there = await night.sits("Ana"), asyncio.Event()

    async def hold_back(route: Route) -> None:
        await there.wait()
        await route.continue_()

    await ana.route("**/static/reply.js", hold_back)
    await ana.goto(f"{night.site.url}/desk/talk/{talk}", wait_until="commit")
    yield ana, there
    there.set()


async def test_enter_sends_before_the_scripts_of_a_page_are_there(
    night: Night, slow: tuple[Page, asyncio.Event]
) -> None:
    ana, there = slow
    box = ana.get_by_role("textbox", name="Your reply")
    await box.fill("No está sola.")
    await box.press("Enter")
    await eventually(lambda: night.told)
    there.set()
    await expect(box).to_have_value("")
    assert night.told == [["No está sola."]]


async def test_enter_pressed_twice_before_the_scripts_are_there_sends_under_one_mark(
    slow: tuple[Page, asyncio.Event],
) -> None:
    ana, there = slow
    sent: list[str] = []
    ana.on("request", lambda request: sent.append(request.post_data or "") if request.url.endswith("/write") else None)
    box = ana.get_by_role("textbox", name="Your reply")
    await box.fill("Hola")
    await box.focus()
    await asyncio.gather(*(ana.keyboard.press("Enter") for _ in range(2)))
    there.set()
    await expect(box).to_have_value("")
    # The second press may come when the next page is there, and send nothing from its empty box.
    marks = {parse_qs(fields)["once"][0] for fields in sent if "text=Hola" in fields}
    assert len(marks) == 1


async def test_what_the_browser_sends_by_itself_the_scripts_leave_alone_when_they_come(
    slow: tuple[Page, asyncio.Event],
) -> None:
    ana, there = slow
    sent: list[str] = []
    ana.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    box = ana.get_by_role("textbox", name="Your reply")
    await box.fill("Hola")
    await box.evaluate("(box) => { box.readOnly = true; }")  # as a form leaves it that is on its way
    there.set()
    await expect(ana.locator("html[data-keys]")).to_have_count(1)
    await box.press("Enter")
    await ana.reload()
    assert sent == []


async def test_what_is_typed_before_the_scripts_of_a_page_are_there_is_kept_too(
    slow: tuple[Page, asyncio.Event],
) -> None:
    ana, there = slow
    box = ana.get_by_role("textbox", name="Your reply")
    await box.fill("No está")
    async with ana.expect_response(lambda response: response.url.endswith("/draft")):
        there.set()
    await ana.reload()
    await expect(box).to_have_value("No está")


async def test_what_was_begun_is_there_after_a_reload_and_in_another_tab(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1")
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    async with ana.expect_response(lambda response: response.url.endswith("/draft")):
        await ana.get_by_role("textbox", name="Your reply").fill("No está")
    await ana.reload()

    await expect(ana.get_by_role("textbox", name="Your reply")).to_have_value("No está")
    other = await ana.context.new_page()
    await other.goto(f"{night.site.url}/desk/talk/{talk}")
    await expect(other.get_by_role("textbox", name="Your reply")).to_have_value("No está")


async def test_a_page_that_is_to_be_made_anew_waits_for_what_is_being_sent(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1")
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    box = ana.get_by_role("textbox", name="Your reply")
    async with ana.expect_response("**/draft"):
        await box.fill("Hola")
    kept, sent = asyncio.Event(), asyncio.Event()

    async def hold_back(route: Route) -> None:
        await (sent if route.request.url.endswith("/write") else kept).wait()
        await route.continue_()

    await ana.route(re.compile("/(write|draft)$"), hold_back)
    async with ana.expect_request("**/draft"):  # before the page is made anew
        assert (await night.lines.handoffs.join(talk, night.accounts["Cam"].id, night.site.clock())).done
    async with ana.expect_request("**/write"):
        await box.press("Enter")
    async with ana.expect_response("**/draft"):
        kept.set()
    await ana.evaluate("new Promise((later) => setTimeout(later))")  # what follows upon the draft has been done
    assert await box.get_attribute("readonly") is not None
    sent.set()
    await expect(ana.locator(".beside")).to_be_visible()
    await expect(box).to_have_value("")
    assert night.told == [["Hola"]]


async def test_in_a_quiet_talk_nothing_goes_out_by_one_click(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1", situation="quiet")
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    box = ana.get_by_role("textbox", name="Your reply")
    await box.fill("OK.")
    await box.press("Enter")

    await expect(ana.get_by_role("button", name="Send anyway")).to_be_visible()
    assert night.told == []
    await ana.get_by_role("button", name="Send anyway").click()
    await expect(box).to_have_value("")
    assert night.told == [["OK."]]


async def test_who_turns_quiet_while_an_operator_writes_is_not_written_to_by_one_click(night: Night) -> None:
    talk = await night.lines.has(night.accounts["Ana"], "+1", situation="talk")
    ana = await night.sits("Ana", f"/desk/talk/{talk}")
    await night.lines.remembers(talk, situation="quiet")
    await ana.get_by_role("textbox", name="Your reply").fill("Your papers")
    await ana.get_by_role("button", name="Send").click()

    await expect(ana.get_by_role("button", name="Send anyway")).to_be_visible()
    assert night.told == []
