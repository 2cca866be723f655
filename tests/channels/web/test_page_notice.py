"""What the page says about itself: the summary, the full notice below it, and the word about the history (P34)."""

import html
import re
from dataclasses import replace

import pytest

from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from tests.hotline import ROOT, Hotline, ScriptedEngine

BOOK = Phrasebook.load(ROOT)
HEAVIEST = 40_000  # bytes of the page alone, in the language that needs the most


async def page_of(hotline: Hotline, locale: str) -> str:
    async with hotline.web.get(f"{hotline.url}/?lang={locale}") as response:
        return html.unescape(await response.text())


@pytest.mark.parametrize("locale", BOOK.locales)
async def test_summary_and_full_notice_stand_in_the_page_in_every_language(hotline: Hotline, locale: str) -> None:
    page = await page_of(hotline, locale)
    shown = [BOOK.render(f"page_{name}", {}, locale) for name in ("privacy_text", "notice_title", "notice_text")]
    lines = [line for text in shown for line in text.split("\n")]
    assert [line for line in lines if line not in page] == []
    assert "{contact}" not in page
    assert len(page.encode()) < HEAVIEST


async def test_the_notice_says_where_the_organisation_is_reached(settings: Settings, engine: ScriptedEngine) -> None:
    contact = "Write to <privacy@ngo.example>."
    async with Hotline(replace(settings, privacy_contact=contact), engine, {}).working() as hotline:
        page = await page_of(hotline, "ar")
        assert f"\u2068{contact}\u2069" in page
        async with hotline.web.get(hotline.url) as response:
            assert "<privacy@ngo.example>" not in await response.text()


async def test_without_a_contact_nothing_stands_in_its_place(hotline: Hotline) -> None:
    assert re.search(r"the organisation whose page this is\.</p>", await page_of(hotline, "en"))


@pytest.mark.parametrize("locale", BOOK.locales)
async def test_the_first_screen_says_what_it_costs_and_asks_for_and_promises_no_person(
    hotline: Hotline, locale: str
) -> None:
    assert f'<p class="free">{BOOK.render("page_free", {}, locale)}</p>' in await page_of(hotline, locale)
    assert "A computer answers." in BOOK.texts["en"]["page_free"]


async def test_the_history_is_spoken_of_until_the_talk_has_begun(hotline: Hotline) -> None:
    visitor = await hotline.page()
    _, before = await visitor.posts("/look", plain=True)
    _, after = await visitor.posts("/send", plain=True, text="hello")
    assert [page.count('class="begun"') for page in (before, after)] == [0, 1]
