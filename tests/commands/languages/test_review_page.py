"""A native speaker gets one file, marks phrases in their browser, and what they save comes back."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from commands.languages import review_marks, review_page
from tests.accessible import faults

pytestmark = pytest.mark.browser


@pytest.fixture
async def sheet(browser: Browser, tmp_path: Path) -> Page:
    file = tmp_path / "review-ar.html"
    file.write_text(review_page.written("ar"), "utf-8")
    page = await browser.new_page()
    await page.goto(file.as_uri())
    return page


async def test_what_a_reader_marks_survives_a_reload_and_comes_back(sheet: Page, tmp_path: Path) -> None:
    first = sheet.locator("article[data-name=utter_danger]")
    await sheet.fill("#reader", "N. K.")
    await first.get_by_label("serious").check()
    await first.get_by_placeholder("better").fill("اتصل بالرقم {number} \n\tإذا استطعت.")
    await first.get_by_placeholder("why").fill("cold")
    await sheet.locator("article[data-name=utter_opening]").get_by_label("good").check()
    await sheet.reload()
    await expect(sheet.locator("#progress")).to_contain_text("2 of ")
    async with sheet.expect_download() as saving:
        await sheet.get_by_role("button", name="Save my marks").click()
    saved = tmp_path / "marks.tsv"
    await (await saving.value).save_as(saved)
    marks = review_marks.read(saved.read_text("utf-8"))
    assert (marks.locale, marks.reader) == ("ar", "N. K.")
    assert {(mark.phrase, mark.verdict, mark.better, mark.why) for mark in marks.marks} == {
        ("utter_danger", "serious", "اتصل بالرقم {number}\nإذا استطعت.", "cold"),
        ("utter_opening", "good", "", ""),
    }


async def test_crises_are_read_first_and_buttons_stand_below_what_they_answer(sheet: Page) -> None:
    await expect(sheet.locator("main h2").first).to_contain_text("crisis")
    opening = sheet.locator("article[data-name=utter_opening]")
    await expect(opening.locator(".text")).to_have_attribute("dir", "rtl")
    await expect(opening.locator(".where")).to_contain_text("نعم")


async def test_a_checker_finds_nothing_and_nothing_is_loaded_from_elsewhere(sheet: Page) -> None:
    asked: list[str] = []
    sheet.on("request", lambda request: asked.append(request.url))
    await sheet.reload()
    # All rows are alike: a dozen are enough for a checker that reads every pair of colours.
    await sheet.evaluate("[...document.querySelectorAll('article')].slice(12).forEach((row) => row.remove())")
    assert await faults(sheet) == []
    assert [url for url in asked if not url.startswith("file:")] == []
