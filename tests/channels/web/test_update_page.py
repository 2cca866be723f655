"""The page on which an organisation asks for a change of its own entry: only by its link, and nothing changes by it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import FormData
from playwright.async_api import Browser, expect

from bot.reporting import change_requests
from bot.served_languages import SERVED
from bot.settings import Settings
from channels.web.organisations.page_language import PageLanguage
from tests.accessible import faults
from tests.hotline import Hotline, ScriptedEngine

FACTS = {"numbers": "914 35 41 34", "hours": "", "languages": "Spanish", "url": "", "email": "", "note": ""}
LINK = ("es-ley", "Ley", FACTS)
NOW = 1_800_000_000.0


@pytest.fixture
async def open_to_all(settings: Settings) -> AsyncIterator[Hotline]:
    async with Hotline(replace(settings, organisation_links=True), ScriptedEngine(), {}).working() as hotline:
        yield hotline


async def opened(hotline: Hotline, token: str, query: str = "", accept: str = "en-GB,es;q=0.5") -> tuple[int, str]:
    wanted = {"Accept-Language": accept}
    async with hotline.web.get(f"{hotline.url}/update/{token}{query}", headers=wanted) as response:
        return response.status, await response.text()


async def sent(hotline: Hotline, token: str, query: str = "?lang=en", **fields: str) -> tuple[int, str]:
    async with hotline.web.post(f"{hotline.url}/update/{token}{query}", data={**FACTS, **fields}) as response:
        return response.status, await response.text()


async def test_what_is_asked_for_waits_and_says_only_what_differs(open_to_all: Hotline) -> None:
    token = await change_requests.create(open_to_all.store, LINK, "who", NOW)
    status, page = await opened(open_to_all, token)
    assert (status, "914 35 41 34" in page, "hotline" in page.lower(), "<script" in page) == (200, True, False, False)

    status, page = await sent(open_to_all, token, hours="24/7", note="We moved.")
    assert (status, "nothing changes" in page) == (200, True)
    (asked,) = [one async for one in change_requests.requests(open_to_all.store)]
    assert (asked.service, asked.wanted, asked.ended) == ("es-ley", {"hours": "24/7", "note": "We moved."}, False)


@pytest.mark.parametrize(
    ("query", "accept", "tag"),
    [
        ("", "fr-CA,en;q=0.5", "fr"),
        ("", "de,nl", "es"),  # what the organisation speaks
        ("?lang=ar", "fr", "ar"),
        ("?lang=xx&lang=../en", "zh-TW,zh-CN", "zh-Hans"),
    ],
)
async def test_an_organisation_reads_the_page_in_a_language_that_it_knows(
    open_to_all: Hotline, query: str, accept: str, tag: str
) -> None:
    token = await change_requests.create(open_to_all.store, LINK, "who", NOW)
    assert (
        f'<html lang="{tag}" dir="{"rtl" if tag == "ar" else "ltr"}">'
        in (await opened(open_to_all, token, query, accept))[1]
    )


async def test_languages_are_named_in_the_language_of_the_page_and_reach_the_steward_in_english(
    open_to_all: Hotline,
) -> None:
    token = await change_requests.create(open_to_all.store, LINK, "who", NOW)
    assert 'value="español"' in (await opened(open_to_all, token, "?lang=es"))[1]

    assert (await sent(open_to_all, token, "?lang=es", languages="español"))[0] == 422  # nothing is different
    typed = "Español, ÁRABE، intérpretes;suajili, elvish"
    status, page = await sent(open_to_all, token, "?lang=es", languages=typed)
    assert (status, "Gracias" in page) == (200, True)
    asked = await change_requests.request_for(open_to_all.store, "es-ley")
    assert asked
    assert asked.wanted == {"languages": "Spanish, Arabic, interpreters, Swahili, elvish"}


def test_every_language_says_all_that_the_page_says() -> None:
    said = {tag: PageLanguage(tag).sentences for tag in SERVED}
    english = said["en"]
    assert {tag for tag, sentences in said.items() if sentences.keys() != english.keys()} == set()
    same = {(tag, name) for tag, sentences in said.items() for name in english if sentences[name] == english[name]}
    allowed = {"email", "url", "hours_hint"}
    assert {(tag, name) for tag, name in same if tag != "en" and name not in allowed} == set()


@pytest.mark.parametrize("tag", SERVED)
def test_a_list_of_languages_comes_back_as_it_was(tag: str) -> None:
    spoken = "Spanish, Arabic, Chinese, Ukrainian, interpreters, Rundi"
    page = PageLanguage(tag)
    assert page.meant(page.shown(spoken)) == spoken


async def test_a_link_that_is_made_up_revoked_or_replaced_shows_nothing(open_to_all: Hotline) -> None:
    store = open_to_all.store
    first = await change_requests.create(store, LINK, "who", NOW)
    second = await change_requests.create(store, LINK, "who", NOW)
    made_up = f"{second[:-1]}{'0' if second[-1] != '0' else '1'}"
    other = second.replace("es-ley", "es-casa")
    for token in (first, made_up, other, "x", "es-ley.0.0", "%2e%2e%2f", "é" * 50):
        assert (await opened(open_to_all, token))[0] == 404
        assert (await sent(open_to_all, token, hours="24/7"))[0] == 404
    assert (await opened(open_to_all, second))[0] == 200

    await change_requests.revoke(store, "es-ley")
    status, page = await opened(open_to_all, second)
    assert (status, "914" in page) == (404, False)
    assert await change_requests.request_for(store, "es-ley") is None


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({}, 422, "Nothing is different yet."),
        ({"note": "x" * 1_001}, 422, "too long"),
        ({"note": "x" * 20_000}, 413, "Too long"),
    ],
)
async def test_what_can_not_be_kept_is_said_and_nothing_is_kept(
    open_to_all: Hotline, fields: dict[str, str], status: int, said: str
) -> None:
    token = await change_requests.create(open_to_all.store, LINK, "who", NOW)
    found, page = await sent(open_to_all, token, **fields)
    assert (found, said in page) == (status, True)
    assert await change_requests.request_for(open_to_all.store, "es-ley") is None


async def test_a_link_is_used_five_times_a_day_and_what_was_typed_stays(open_to_all: Hotline) -> None:
    token = await change_requests.create(open_to_all.store, LINK, "who", NOW)
    statuses = [(await sent(open_to_all, token, hours=f"Mo-Fr 0{n}:00-17:00"))[0] for n in range(6)]
    assert statuses == [200] * 5 + [429]
    assert "Mo-Fr 09:00-18:00" in (await sent(open_to_all, token, hours="Mo-Fr 09:00-18:00"))[1]


async def test_who_asks_just_as_the_count_runs_out_is_counted_for_a_day_and_not_for_ever(open_to_all: Hotline) -> None:
    token = await change_requests.create(open_to_all.store, LINK, "who", NOW)
    await open_to_all.store.call("SET", "change_request_count:{es-ley}", 3)  # as a count that has lost its end
    assert (await sent(open_to_all, token, hours="24/7"))[0] == 200
    assert 0 < await open_to_all.store.call("TTL", "change_request_count:{es-ley}") <= 86_400


async def test_who_sends_a_file_by_a_link_has_nothing_written_to_the_disk(open_to_all: Hotline) -> None:
    token = await change_requests.create(open_to_all.store, LINK, "who", NOW)
    parts = FormData(FACTS)
    parts.add_field("note", b"my boss has my papers", filename="note.txt")
    async with open_to_all.web.post(f"{open_to_all.url}/update/{token}", data=parts) as response:
        assert (response.status, "Nothing" in await response.text()) == (415, True)
    assert await change_requests.request_for(open_to_all.store, "es-ley") is None


async def test_markup_in_what_is_sent_stays_words(open_to_all: Hotline) -> None:
    token = await change_requests.create(open_to_all.store, LINK, "who", NOW)
    page = (await sent(open_to_all, token, note="</textarea><script>alert(1)</script>" + "x" * 1_000))[1]
    assert "<script>" not in page


async def test_links_end_and_so_do_requests(open_to_all: Hotline) -> None:
    store = open_to_all.store
    token = await change_requests.create(store, LINK, "who", NOW)
    await sent(open_to_all, token, hours="24/7")
    left = [await store.call("TTL", name) for name in await store.call("KEYS", "change_*")]
    assert len(left) == 3
    assert all(0 < seconds <= change_requests.REQUEST_LASTS for seconds in left)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_checker_finds_nothing_on_the_page(open_to_all: Hotline, browser: Browser, scheme: Any) -> None:
    token = await change_requests.create(open_to_all.store, LINK, "who", NOW)
    page = await browser.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme, locale="en-GB")
    await page.goto(f"{open_to_all.url}/update/{token}")
    found = await faults(page)
    await page.get_by_text("Language:").click()
    await page.get_by_role("link", name="العربية").click()
    found += await faults(page)
    await page.goto(f"{open_to_all.url}/update/{token}")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("alert")).to_have_text("Nothing is different yet.")
    found += await faults(page)
    await page.get_by_role("checkbox").check()
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert [*found, *await faults(page)] == []


async def test_without_the_setting_there_is_no_such_page(hotline: Hotline) -> None:
    token = await change_requests.create(hotline.store, LINK, "who", NOW)
    assert (await opened(hotline, token))[0] == 404
    assert (await sent(hotline, token, hours="24/7"))[0] == 404
    assert await change_requests.request_for(hotline.store, "es-ley") is None
