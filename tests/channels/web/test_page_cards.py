"""Help on the page as cards: the number on its own line, plain words, and a call only after a word about its traces."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from bot.messaging.message import Reply
from resources_directory.model.line import PhoneLine
from tests.accessible import LOOKS, faults
from tests.channels.conftest import WebHotline
from tests.page import opened, ours, write

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
HELLO = {"en": "hello my friend, how are you", "ar": "مرحبا كيف حالك"}  # words that settle the language
NOTE = "A call can show on the phone bill. It also stays in the phone's list of calls."
FAMILY = PhoneLine(
    id="xx-family",
    name="1919 (violence in the <b>family</b>)",
    number="1919",
    kind="domestic_violence",
    kinds=("domestic_violence",),
    always_open=True,
    last_seen="2025-12-19",
    notices=("know_call_back",),
    languages=(),
    sms=None,
    sms_word=None,
    from_abroad=None,
    region=None,
    rank=(0, 0, 0),
    chat="https://www.family.example/chat",
)
ACT = "We call you #back"  # no number: nothing to dial


def lines(locale: str = "en") -> Reply:
    return Reply(
        "utter_lines",
        {"lines": [FAMILY.reply(locale, "XX"), {"say": "line_emergency", "arguments": {"number": "112"}}]},
    )


async def with_card(browser: Browser, hotline: WebHotline, query: str = "", **options: Any) -> Page:
    hotline.engine_says([lines(query[-2:] or "en")])
    page, _ = await opened(browser, hotline, query, **{**PHONE, **options})
    await page.fill("#text", HELLO["ar" if query.endswith("ar") else "en"])
    await page.click("#send")
    await expect(page.locator(".card")).to_have_count(1)
    return page


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_line_to_call_is_a_card_with_its_number_apart(
    browser: Browser, web_hotline: WebHotline, scripts: bool
) -> None:
    page = await with_card(browser, web_hotline, java_script_enabled=scripts)
    card = page.locator(".card")
    await expect(card.locator("> p")).to_have_text([
        "Violence in the <b>family</b>",
        "1919",
        "Open day and night.",
        "They call you back. Others may hear your phone.",
        "Web chat: family.example/chat",
        "Last seen online: December 2025.",
    ])  # fmt: skip
    assert int(await card.locator(".number").evaluate("(number) => getComputedStyle(number).fontWeight")) >= 700
    await expect(ours(page)).to_have_text(
        ["You can call:", "In danger now: call 112.\nYou can ask first if they tell others."], use_inner_text=True
    )


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_call_takes_two_presses_and_the_first_says_where_it_can_be_seen(
    browser: Browser, web_hotline: WebHotline, scripts: bool
) -> None:
    page = await with_card(browser, web_hotline, java_script_enabled=scripts)
    link = page.get_by_role("link", name="Call 1919")
    await expect(link).to_be_hidden()
    await page.locator(".card summary").tap()
    await expect(page.get_by_text(NOTE)).to_be_visible()
    await expect(link).to_have_attribute("href", "tel:1919")
    await expect(link).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_call_has_its_plus_and_its_signs_as_a_phone_dials_them(
    browser: Browser, web_hotline: WebHotline, scripts: bool
) -> None:
    abroad = {"name": "Night", "number": "030 1234567", "call": "+49 30 1234567"}
    code = {"name": "Code", "number": "*212#", "call": "*212#"}
    web_hotline.engine_says(
        [Reply("utter_line", {"line": [{"say": "line_short", "arguments": each} for each in (abroad, code)]})]
    )
    page, _ = await opened(browser, web_hotline, **PHONE, java_script_enabled=scripts)
    await page.fill("#text", HELLO["en"])
    await page.click("#send")
    await expect(page.locator(".card")).to_have_count(2)
    shown = [[await a.get_attribute("href"), await a.text_content()] for a in await page.locator(".card a").all()]
    assert shown == [["tel:+49301234567", "Call +49301234567"], ["tel:*212%23", "Call *212#"]]


async def test_who_goes_to_call_finds_the_page_as_it_was(browser: Browser, web_hotline: WebHotline) -> None:
    page = await with_card(browser, web_hotline)
    await page.locator(".card summary").tap()
    await page.get_by_role("link", name="Call 1919").tap()
    await write(page, "again")
    await expect(ours(page).last).to_have_text("again")
    await expect(page.locator(".card")).to_have_count(1)


async def test_without_a_number_there_is_nothing_to_call(browser: Browser, web_hotline: WebHotline) -> None:
    page_only = {"say": "line_national", "arguments": {"name": "Form", "number": "form.example/x", "call": ""}}
    odd = {"say": "line_short", "arguments": {"name": "Odd", "number": ACT, "call": f"javascript:{ACT}"}}
    web_hotline.engine_says([Reply("utter_line", {"line": [page_only, odd]})])
    page, _ = await opened(browser, web_hotline, **PHONE)
    await write(page, HELLO["en"])
    await expect(page.locator(".card .number")).to_have_text(["form.example/x", ACT])
    await expect(page.locator(".card summary, .card a")).to_have_count(0)


@pytest.mark.parametrize(("locale", "viewport", "scheme"), LOOKS)
async def test_a_checker_finds_nothing_wrong_with_a_card(
    browser: Browser, web_hotline: WebHotline, locale: str, viewport: tuple[int, int], scheme: Any
) -> None:
    size = {"width": viewport[0], "height": viewport[1]}
    page = await with_card(browser, web_hotline, f"?lang={locale}", viewport=size, color_scheme=scheme, is_mobile=False)
    found = await faults(page)
    await page.locator(".card summary").click()
    assert [*found, *await faults(page)] == []


READ_ALOUD = "() => document.querySelector('.line.us').textContent.replace(/\\s+/g, ' ')"


async def test_a_screen_reader_hears_the_card_in_order_and_its_call_by_its_number(
    browser: Browser, web_hotline: WebHotline
) -> None:
    page = await with_card(browser, web_hotline)
    read = str(await page.evaluate(READ_ALOUD))
    order = ["You can call:", "Violence in the", "1919", "Open day and night.", "In danger now: call 112."]
    assert sorted(order, key=read.index) == order
    summary = page.locator(".card summary")
    assert "Call this number 1919" in " ".join(str(await summary.text_content()).split())
