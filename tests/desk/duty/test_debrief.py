"""After what was hard somebody reads a kind word, may skip it, and nothing is kept of that."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, expect

from bot.handoff.case_card import Priority
from bot.settings import Settings
from bot.storage.store import Store
from desk.alarms.alarms import Alarms
from desk.auth.people import Account
from tests.accessible import faults
from tests.desk.colleagues import Colleague
from tests.desk.desk_page import DeskSite, Seat
from tests.desk.talking import Lines

HARD, BEFORE = "That was hard", "Before you go"


@dataclass
class Evening:
    """An operator at their seat, and who writes."""

    site: DeskSite
    lines: Lines
    ana: Seat
    account: Account

    async def ends_a_talk(self, priority: Priority) -> str:
        talk = await self.lines.has(self.account, "+1", priority=priority)
        assert await self.ana.sends(f"/desk/talk/{talk}/close") == (303, "/desk")
        return (await self.ana.opens("/desk"))[1]

    async def kept(self) -> set[str]:
        """What stands in the store, by name; the log may only tell what was done to somebody else."""
        return {name.decode() for name in await self.lines.store.call("KEYS", "*")}


@pytest.fixture
async def ana(desk_site: DeskSite) -> Colleague:
    return await desk_site.hires("Ana", "operator")


@pytest.fixture
async def evening(desk_site: DeskSite, store: Store, settings: Settings, ana: Colleague) -> AsyncIterator[Evening]:
    async with desk_site.seat(ana) as seat:
        yield Evening(desk_site, Lines(store, settings, desk_site.clock), seat, await ana.account())


async def test_after_a_life_in_danger_a_word_stands_there_and_is_skipped_by_a_click(evening: Evening) -> None:
    assert HARD in await evening.ends_a_talk("P0")
    before = await evening.kept()
    assert HARD not in (await evening.ana.opens("/desk?skip=debrief"))[1]
    assert await evening.kept() == before


async def test_after_another_talk_there_is_none(evening: Evening) -> None:
    assert HARD not in await evening.ends_a_talk("P2")


async def test_a_supervisor_is_called_by_one_click_and_nothing_is_said_of_why(evening: Evening) -> None:
    await evening.ends_a_talk("P0")
    assert await evening.ana.sends("/debrief/call") == (303, "/desk?done=called")
    (alarm,) = await Alarms(evening.lines.store, evening.site.clock).open()
    assert (alarm.kind, alarm.account, alarm.conversation) == ("call", evening.account.id, "")


async def test_a_shift_with_severe_talks_ends_with_a_word(evening: Evening) -> None:
    await evening.ends_a_talk("P1")
    assert await evening.ana.sends("/on-duty", step="off", next="/you") == (303, "/debrief")
    assert BEFORE in (await evening.ana.opens("/debrief"))[1]
    assert await evening.ana.sends("/sign-out") == (303, "/sign-in?done=signed_out_tired")
    assert "This shift had hard conversations" in (await evening.ana.opens("/sign-in?done=signed_out_tired"))[1]


async def test_a_calm_shift_ends_where_it_was(evening: Evening) -> None:
    await evening.ends_a_talk("P2")
    assert await evening.ana.sends("/on-duty", step="off", next="/you") == (303, "/you")
    assert await evening.ana.sends("/sign-out") == (303, "/sign-in?done=signed_out")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
async def test_a_checker_finds_no_fault(evening: Evening, browser: Browser, ana: Colleague, width: int) -> None:
    await evening.ends_a_talk("P0")
    page = await evening.site.sits_down(browser, ana, "/desk", viewport={"width": width, "height": 800})
    await expect(page.get_by_role("heading", name=HARD)).to_be_visible()
    assert await faults(page) == []
    await page.get_by_role("link", name="Skip", exact=True).click()
    await expect(page.get_by_role("heading", name=HARD)).to_have_count(0)
