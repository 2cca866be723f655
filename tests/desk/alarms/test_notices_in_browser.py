"""Notices in a real browser: a call rings and stands on whatever page a supervisor has open, and the caller sees who comes."""

import re

import pytest
from playwright.async_api import Browser, expect

from bot.settings import Settings
from bot.storage.store import Store
from desk.alarms.unanswered_watcher import UnansweredWatcher
from tests.accessible import faults
from tests.desk.alarms.test_calls_in_browser import LISTENS, tones
from tests.desk.desk_page import DeskSite
from tests.desk.night_in_browser import Night
from tests.desk.talking import Lines

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


async def test_a_call_rings_on_a_page_that_is_not_the_workload_and_the_caller_sees_who_comes(night: Night) -> None:
    caller, called = await night.sits("Ana", "/duty"), await night.sits("Cam", "/you")
    await called.context.add_init_script(LISTENS)
    await called.goto(f"{night.site.url}/directory")
    await called.mouse.click(700, 500)
    await night.site.services.wellbeing.call_supervisor(night.accounts["Ana"].id)

    await expect(called.get_by_text("Ana needs a supervisor", exact=True)).to_be_visible()
    await expect(called).to_have_title(re.compile(r"^\(1\) "))
    assert await tones(called) == 2
    await expect(caller.get_by_text("You called a supervisor. You will see here who comes.")).to_be_visible()

    await called.get_by_role("button", name=re.compile("I'm on it")).click()
    await expect(called.get_by_text("You are looking into the call of Ana.")).to_be_visible()
    assert called.url.endswith("/directory")
    await expect(caller.get_by_text("Cam is looking into it.")).to_be_visible()
    assert await faults(caller) == []
    await called.get_by_role("button", name=re.compile("Done")).click()
    await expect(caller.get_by_text("Cam has looked into your call.")).to_be_visible()
    await expect(caller).not_to_have_title(re.compile(r"^\("))


async def test_what_somebody_types_stays_while_a_call_comes(night: Night) -> None:
    called = await night.sits("Cam", "/duty")
    day = called.get_by_label("From", exact=True)
    await day.fill("11:11")
    await night.site.services.wellbeing.call_supervisor(night.accounts["Ana"].id)
    await expect(called.get_by_text("Ana needs a supervisor", exact=True)).to_be_visible()
    await expect(day).to_have_value("11:11")
    await expect(day).to_be_focused()


async def test_the_time_until_a_conversation_returns_runs_down_on_every_page(
    night: Night, store: Store, settings: Settings
) -> None:
    page = await night.sits("Ana", "/you")
    lines = Lines(store, settings, night.site.clock)
    await lines.works(*night.accounts.values())
    await lines.has(night.accounts["Ana"], "+1", priority="P1")
    night.site.clock.now += 60
    await expect(
        page.get_by_text(re.compile(r"Write to \w+ \w+\. They have heard nothing from you yet"))
    ).to_be_visible()
    before = await page.locator("time[data-left]").inner_text()
    await expect(page.locator("time[data-left]")).not_to_have_text(before)

    colleague = await night.sits("Ben", "/desk")
    night.site.clock.now += 60
    await UnansweredWatcher(store, lines.handoffs, settings.answer_within, night.site.clock).look()
    await expect(page.get_by_text("Take them again, if you can write now.")).to_be_visible()
    await expect(colleague.locator(".toast").get_by_text("A conversation is back in the queue")).to_be_visible()
    await expect(colleague.locator(".queue .waiting")).to_contain_text("Back in the queue")


@pytest.mark.parametrize("width", [390, 1280])
async def test_notices_push_nothing_out_of_the_page(
    desk_site: DeskSite, browser: Browser, store: Store, settings: Settings, width: int
) -> None:
    ana = await desk_site.hires("Ana")
    await desk_site.services.wellbeing.call_supervisor((await ana.account()).id)
    page = await desk_site.sits_down(browser, ana, "/desk", viewport={"width": width, "height": 800})
    await expect(page.get_by_text("You called a supervisor")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await faults(page) == []
