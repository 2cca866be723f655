"""A machine's English of what a person wrote: of their lines only, and no fault of it stops anything."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from bot.messaging.transcript import Line
from bot.settings import Settings
from bot.storage.store import Store
from commands.runtime.free_ports import free_port
from desk.translation.incoming import english
from desk.translation.translator import NotTranslated
from tests.desk.desk_page import DeskSite
from tests.desk.talking import Lines
from tests.desk.translation.machine import Machine

TALK = [
    Line("you", "hola", id="1-0"),
    Line("us", "Hola.", id="2-0"),
    Line("you", "OK", id="3-0"),
    Line("you", "", id="4-0"),
]


async def test_only_what_the_person_wrote_is_translated(machine: Machine) -> None:
    assert await english(machine.url, TALK) == {"1-0": "E hola", "3-0": "E OK"}
    assert [asked["q"] for asked in machine.asked] == [["hola", "OK"]]


@pytest.mark.parametrize("answer", [{}, [], {"translatedText": "one"}, {"translatedText": ["one"]}, {"error": "busy"}])
async def test_an_answer_that_can_not_be_read_is_none(machine: Machine, answer: Any) -> None:
    machine.answer = answer

    with pytest.raises(NotTranslated):
        await english(machine.url, TALK)


async def test_a_machine_that_is_away_stops_nothing() -> None:
    with pytest.raises(NotTranslated):
        await english(f"http://127.0.0.1:{free_port()}", TALK)


async def test_english_is_given_to_who_may_read_the_talk(
    desk_site: DeskSite, store: Store, settings: Settings, machine: Machine
) -> None:
    site = DeskSite(replace(desk_site.services, settings=replace(settings, translate_url=machine.url)), desk_site.clock)
    ana, ben = await site.hires("Ana", "operator"), await site.hires("Ben", "operator")
    lines = Lines(store, settings, site.clock)
    await lines.works(await ana.account(), await ben.account())
    talk = await lines.has(await ana.account(), "+1", Line("you", "hola"))
    async with site.open(), site.seat(ana) as hers, site.seat(ben) as his:
        assert "E hola" in (await hers.opens(f"/desk/part/english?talk={talk}"))[1]
        assert (await his.opens(f"/desk/part/english?talk={talk}"))[0] == 404
    assert len(machine.asked) == 1


@pytest.mark.browser
async def test_the_english_stands_below_the_original_says_that_a_machine_made_it_and_goes_again(
    desk_site: DeskSite, store: Store, settings: Settings, machine: Machine, browser: Browser
) -> None:
    site = DeskSite(replace(desk_site.services, settings=replace(settings, translate_url=machine.url)), desk_site.clock)
    ana, lines = await site.hires("Ana", "operator"), Lines(store, settings, site.clock)
    await lines.works(await ana.account())
    talk = await lines.has(await ana.account(), "+1", Line("you", "tiene mis papeles"), Line("us", "Sí", by="Sam"))
    async with site.open():
        page = await site.sits_down(browser, ana, f"/desk/talk/{talk}")
        assert machine.asked == []  # nothing leaves the house before somebody asks for it
        await page.get_by_role("button", name="Machine translation").click()
        line = page.locator(".line.you")
        await expect(line.locator(".machine")).to_have_text("Machine translation: E tiene mis papeles")
        await expect(line.locator(".machine bdi")).to_have_attribute("lang", "en")
        await expect(line.locator(".text")).to_have_text("tiene mis papeles")

        await lines.adds(talk, Line("you", "no sé"))
        await expect(page.locator(".machine")).to_have_count(2)
        await expect(page.locator(".line.desk .machine")).to_have_count(0)
        await page.get_by_role("button", name="Machine translation").click()
        await expect(page.locator(".machine")).to_have_count(0)
