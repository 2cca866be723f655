"""Somebody writes on the web page, and somebody answers at the desk: two real browsers, one real Redis between them."""

import pytest
from playwright.async_api import Browser, expect

from tests.desk.desk_page import DeskSite
from tests.hotline import Hotline, eventually
from tests.page import opened, ours, write

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


async def test_a_person_and_an_operator_write_to_each_other_and_part(
    browser: Browser, desk_and_doors: DeskSite, hotline: Hotline
) -> None:
    site, handoffs = desk_and_doors, desk_and_doors.services.handoffs
    heron = await site.hires("Blue Heron", "operator")
    desk = await site.sits_down(browser, heron, "/desk")
    person, _ = await opened(browser, hotline)
    await write(person, "they hold my papers")
    echo = expect(ours(person).last)
    await echo.to_have_text("they hold my papers")  # the scripted bot says it back
    (talk,) = [id_ async for id_ in hotline.store.conversations()]
    assert (await handoffs.ask(talk, "P1", "en", "web", site.clock())).done

    await desk.get_by_role("button", name="Take").click()
    await expect(desk.get_by_text("they hold my papers").first).to_be_visible()
    box = desk.get_by_role("textbox", name="Your reply")
    await box.fill("Is it still safe to write?")
    await desk.get_by_role("button", name="Send").click()
    await expect(ours(person).last).to_have_text("Is it still safe to write?")

    await write(person, "yes, for an hour")
    await expect(desk.locator(".line.you .text").last).to_have_text("yes, for an hour")
    await desk.get_by_text("End", exact=True).click()
    await desk.get_by_role("button", name="End conversation").click()
    await expect(desk.get_by_role("button", name="Undo")).to_be_visible()
    await site.ends()
    await expect(ours(person).last).to_contain_text("talk")

    async def closed() -> bool:
        return (await handoffs.look(site.clock())).waiting(site.clock()) == []

    await eventually(closed)


async def test_a_person_reads_that_a_second_one_has_come_and_what_both_write(
    browser: Browser, desk_and_doors: DeskSite, hotline: Hotline
) -> None:
    site, handoffs = desk_and_doors, desk_and_doors.services.handoffs
    ana, cam = await site.hires("Ana", "operator"), await site.hires("Cam", "supervisor")
    desk = await site.sits_down(browser, ana, "/desk")
    person, _ = await opened(browser, hotline)
    await write(person, "they hold my papers")
    await expect(ours(person).last).to_have_text("they hold my papers")  # the scripted bot says it back
    (talk,) = [id_ async for id_ in hotline.store.conversations()]
    assert (await handoffs.ask(talk, "P1", "en", "web", site.clock())).done
    await desk.get_by_role("button", name="Take").click()

    other = await site.sits_down(browser, cam, f"/desk/talk/{talk}")
    await other.get_by_role("button", name="Join").click()
    alias = (await cam.account()).alias
    await expect(ours(person).last).to_contain_text(f"Hi, I am {alias}, a person.")
    await expect(desk.locator(".beside")).to_be_visible()  # their page is made anew for it
    for page, words in ((other, "I am here too."), (desk, "And I stay.")):
        box = page.get_by_role("textbox", name="Your reply")
        await box.fill(words)
        await box.press("Enter")
        await expect(ours(person).last).to_have_text(words)
    await expect(desk.locator(".line.desk .who").first).to_contain_text("Cam")  # colleagues know each other by name
    # Each of the two is named where they begin, and nobody's words stand below another's name.
    named = [f"{alias}, a person", f"{(await ana.account()).alias}, a person"]
    await expect(person.locator(".person:not(.same) > .by")).to_contain_text(named)
    assert await person.locator(".same > .by").count() == 1
