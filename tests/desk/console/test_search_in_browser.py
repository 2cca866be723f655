"""Search in an open conversation, and the computer's lines folded, in a real browser."""

import pytest
from playwright.async_api import Page, expect

from bot.messaging.transcript import Line
from tests.accessible import faults
from tests.desk.night_in_browser import Night

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

BOT = [Line("us", f"Línea {number}", "utter_danger", locale="es") for number in range(1, 6)]
MARKED = "[...CSS.highlights.get('hits')].concat([...CSS.highlights.get('hit')]).map(String)"


async def opened(night: Night, *lines: Line, **options: object) -> tuple[Page, str]:
    talk = await night.lines.has(night.accounts["Ana"], "+1", *lines)
    ana = await night.sits("Ana", f"/desk/talk/{talk}", **options)
    await expect(ana.locator("html[data-keys]")).to_have_count(1)
    await ana.keyboard.press("Escape")  # out of the box
    return ana, talk


@pytest.mark.parametrize(("look", "width"), [("light", 1440), ("dark", 390)])
async def test_what_is_typed_is_found_marked_and_walked_through(night: Night, look: str, width: int) -> None:
    said = [
        Line("you", "Mi jefe tiene mi pasaporte"),
        Line("us", "¿Su PASAPORTE?", by="Sam"),
        Line("you", "sí, el pásaporté"),
    ]
    ana, _ = await opened(night, *said, color_scheme=look, viewport={"width": width, "height": 800})
    await ana.keyboard.press("f")
    await ana.keyboard.type("pasaporte")
    number = ana.locator(".search output")
    await expect(number).to_have_text("3 of 3")  # the newest first
    assert sorted(await ana.evaluate(MARKED)) == ["PASAPORTE", "pasaporte", "pásaporté"]
    await expect(ana.locator("[data-hit] .text")).to_have_text("sí, el pásaporté")
    await ana.keyboard.press("Enter")
    await expect(number).to_have_text("1 of 3")
    await ana.keyboard.press("Shift+Enter")
    await ana.keyboard.press("Shift+Enter")
    await expect(ana.locator("[data-hit] .text")).to_have_text("¿Su PASAPORTE?")
    assert await faults(ana) == []
    await ana.keyboard.type("zz")
    await expect(number).to_have_text("None")
    await ana.keyboard.press("Escape")
    await expect(ana.locator(".search")).to_be_hidden()
    assert await ana.evaluate(MARKED) == []
    await expect(ana.get_by_role("textbox", name="Your reply")).to_be_focused()


async def test_a_line_that_comes_while_one_searches_is_found_too_and_the_place_stays(night: Night) -> None:
    ana, talk = await opened(night, Line("you", "pasaporte uno"), Line("you", "pasaporte dos"))
    await ana.get_by_role("button", name="Search", exact=True).click()
    await ana.keyboard.type("pasaporte")
    await ana.keyboard.press("Enter")
    await expect(ana.locator(".search output")).to_have_text("1 of 2")
    await night.lines.adds(talk, Line("you", "pasaporte tres"))
    await expect(ana.locator(".search output")).to_have_text("1 of 3")
    await expect(ana.locator("[data-hit] .text")).to_have_text("pasaporte uno")


async def test_the_english_beside_a_line_is_searched_and_a_hit_opens_its_fold(night: Night) -> None:
    ana, _ = await opened(night, *BOT, *BOT, Line("you", "vale"))
    fold = ana.locator(".group > details")
    assert not await fold.evaluate("(fold) => fold.open")
    await ana.keyboard.press("f")
    english = night.site.services.book.texts["en"]["utter_danger"].split()[0]
    await ana.keyboard.type(english)
    await expect(ana.locator(".search output")).to_contain_text(" of ")
    await expect(ana.locator("[data-hit]")).to_be_visible()
    await ana.keyboard.press("Escape")
    assert not await fold.evaluate("(fold) => fold.open")


@pytest.mark.parametrize("typed", ["(", "\\", "[a-z]", ".", "<b>", "   ", "🙂"])
async def test_signs_are_searched_as_they_are(night: Night, typed: str) -> None:
    ana, _ = await opened(night, Line("you", f"so {typed.strip()} it is"), Line("you", "x"))
    await ana.keyboard.press("f")
    await ana.locator("#words").fill(typed)
    await expect(ana.locator(".search output")).to_have_text("1 of 1" if typed.strip() else "")


@pytest.mark.parametrize("look", ["light", "dark"])
async def test_long_parts_of_the_computer_are_folded_and_open_by_click_and_key(night: Night, look: str) -> None:
    said = [Line("you", "hola"), *BOT, Line("you", "sí"), *BOT[:4], Line("you", "ayuda"), *BOT[:2]]
    ana, talk = await opened(night, *said, color_scheme=look)
    folds = ana.locator(".group > details")
    states = "(all) => all.map((fold) => fold.open)"
    assert await folds.evaluate_all(states) == [False, False, True]  # what was said last is open
    await expect(folds.first.locator("summary")).to_have_text("5 lines by the computer")
    assert await faults(ana) == []
    await folds.first.locator("summary").click()
    assert await folds.evaluate_all(states) == [True, False, True]

    await night.lines.adds(talk, Line("us", "Otra", "utter_danger", locale="es"))
    await expect(folds.last.locator("summary")).to_have_text("3 lines by the computer")
    assert await folds.evaluate_all(states) == [True, False, True]  # what the reader chose stays
    await ana.reload()
    await expect(ana.locator("html[data-keys]")).to_have_count(1)
    assert await folds.evaluate_all(states) == [True, False, True]

    await ana.keyboard.press("Escape")
    await ana.keyboard.press("b")
    assert await folds.evaluate_all(states) == [True, True, True]
    await ana.keyboard.press("b")
    assert await folds.evaluate_all(states) == [False, False, False]


async def test_a_few_lines_of_the_computer_stay_open(night: Night) -> None:
    ana, _ = await opened(night, Line("you", "hola"), *BOT[:3], Line("you", "sí"))
    await expect(ana.locator(".line.bot .text").first).to_be_visible()


async def test_a_number_that_was_picked_stands_beside_its_words_in_both_languages(night: Night) -> None:
    choices = [{"number": 1, "text": "Sí, estoy a salvo"}, {"number": 2, "text": "No"}]
    asked = Line("us", "¿Es seguro?", "utter_safe", choices, locale="es", glosses=["Yes, I am safe", "No"])
    ana, _ = await opened(night, asked, Line("you", "1"))
    await expect(ana.locator(".line.you .text")).to_have_text("1 · Sí, estoy a salvo (Yes, I am safe)")
    await expect(ana.locator(".line.bot .choices")).to_contain_text("1 Sí, estoy a salvo (Yes, I am safe)")
    await expect(ana.locator(".side .answer")).to_contain_text("1 · Sí, estoy a salvo (Yes, I am safe)")
    assert await faults(ana) == []
