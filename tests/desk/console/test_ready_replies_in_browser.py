"""Ready-made replies by keys, in a real browser: beside the conversation, and from the box with a slash."""

import pytest
from playwright.async_api import Page, expect

from bot.messaging.transcript import Line
from tests.accessible import faults
from tests.desk.night_in_browser import Night

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def reply(night: Night, name: str) -> str:
    return night.site.services.book.render(f"utter_canned_{name}", {}, "es", "sms")


async def at_work(night: Night, **options: object) -> Page:
    talk = await night.lines.has(night.accounts["Ana"], "+1", Line("you", "hola"))
    ana = await night.sits("Ana", f"/desk/talk/{talk}", **options)
    await expect(ana.locator("html[data-keys]")).to_have_count(1)
    return ana


@pytest.mark.parametrize(("look", "width"), [("light", 1440), ("dark", 1024), ("light", 390)])
async def test_a_slash_at_the_start_of_the_box_finds_a_reply_and_enter_puts_it_in(
    night: Night, look: str, width: int
) -> None:
    ana = await at_work(night, color_scheme=look, viewport={"width": width, "height": 800})
    box, over = ana.get_by_role("textbox", name="Your reply"), ana.locator("#over-box")
    await box.focus()
    await ana.keyboard.press("/")
    await expect(over).to_be_visible()
    assert await faults(ana) == []
    await ana.keyboard.type("not your fault")
    await expect(over.locator("li:visible")).to_have_count(1)
    await ana.keyboard.press("Enter")
    await expect(over).to_be_hidden()
    await expect(box).to_have_value(reply(night, "not_your_fault"))
    await expect(box).to_be_focused()
    assert night.told == []  # put in, not sent


async def test_arrows_move_and_escape_leaves_the_box_as_it_was(night: Night) -> None:
    ana = await at_work(night)
    box, over = ana.get_by_role("textbox", name="Your reply"), ana.locator("#over-box")
    await box.focus()
    await ana.keyboard.press("/")
    first, second = over.locator("li").nth(0), over.locator("li").nth(1)
    await expect(first).to_have_attribute("data-chosen", "")
    await ana.keyboard.press("ArrowUp")
    await expect(first).to_have_attribute("data-chosen", "")
    await ana.keyboard.press("ArrowDown")
    await expect(second).to_have_attribute("data-chosen", "")
    await ana.keyboard.press("Escape")
    await expect(over).to_be_hidden()
    await expect(box).to_be_focused()
    await expect(box).to_have_value("")
    await ana.keyboard.press("/")
    await ana.keyboard.press("ArrowDown")
    await ana.keyboard.press("Enter")
    await expect(box).to_have_value(reply(night, "who_else_sees"))


async def test_a_slash_within_a_sentence_and_a_second_slash_are_slashes(night: Night) -> None:
    ana = await at_work(night)
    box = ana.get_by_role("textbox", name="Your reply")
    await box.type("24/7")
    await expect(box).to_have_value("24/7")
    await expect(ana.locator("#over-box")).to_be_hidden()
    await box.fill("")
    await box.type("//")
    await expect(box).to_have_value("/")
    await expect(ana.locator("#over-box")).to_be_hidden()


async def test_what_nothing_fits_says_so_and_enter_puts_nothing_in(night: Night) -> None:
    ana = await at_work(night)
    await ana.get_by_role("textbox", name="Your reply").focus()
    await ana.keyboard.press("/")
    await ana.keyboard.type("zebra <b>")
    await expect(ana.locator("#over-box output")).to_have_text("No reply has these words.")
    await ana.keyboard.press("Enter")
    await expect(ana.get_by_role("textbox", name="Your reply")).to_have_value("")


async def test_what_is_written_already_stays_behind_the_reply(night: Night) -> None:
    ana = await at_work(night)
    box = ana.get_by_role("textbox", name="Your reply")
    await box.fill("Un momento.")
    await ana.keyboard.press("Control+Home")
    await ana.keyboard.press("/")
    await ana.locator("#over-box").get_by_text(reply(night, "not_your_fault").split("\n")[0]).click()
    await expect(box).to_have_value(f"{reply(night, 'not_your_fault')}\n\nUn momento.")


async def test_beside_the_conversation_enter_and_arrows_work_in_the_filter(night: Night) -> None:
    ana = await at_work(night)
    box = ana.get_by_role("textbox", name="Your reply")
    await ana.keyboard.press("Escape")
    await ana.keyboard.press("w")
    await expect(ana.locator("#filter")).to_be_focused()
    await ana.keyboard.type("fault")
    await ana.keyboard.press("Enter")
    await expect(box).to_have_value(reply(night, "not_your_fault"))
    await ana.locator("#filter").fill("")
    await ana.locator("#filter").focus()
    await ana.keyboard.press("ArrowDown")
    assert await faults(ana) == []
    await ana.keyboard.press("Enter")
    await expect(box).to_have_value(f"{reply(night, 'not_your_fault')}\n\n{reply(night, 'who_else_sees')}")


async def test_outside_of_the_box_a_slash_still_finds_help(night: Night) -> None:
    ana = await at_work(night)
    await ana.keyboard.press("Escape")
    await ana.keyboard.press("/")
    await expect(ana.locator(".find input[name=place]")).to_be_focused()
    await expect(ana.locator("#over-box")).to_be_hidden()
