"""The page of a supervisor: the load of this moment, what calls, and what can be done about it."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Page, expect

from bot.handoff.handoff import SEVERE
from bot.settings import Settings
from bot.storage.store import Store
from desk.alarms.alarms import Alarm, Alarms
from desk.auth.people import Account
from desk.auth.roles import Role
from desk.duty.wellbeing import Wellbeing
from tests.accessible import faults
from tests.desk.colleagues import Colleague
from tests.desk.desk_page import DeskSite, Seat
from tests.desk.talking import Lines


@dataclass
class Shift:
    """Two operators and a supervisor on duty, and who writes."""

    site: DeskSite
    lines: Lines
    ana: Account
    ben: Account
    cam: Account
    cams: Colleague
    seat: Seat  # of Cam, the supervisor

    @property
    def alarms(self) -> Alarms:
        return Alarms(self.site.services.store, self.site.clock)

    async def shows(self) -> str:
        """What stands on the page, as text."""
        status, source = await self.seat.opens("/load")
        assert status == 200
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", source.partition("<main")[2]))

    async def noted(self) -> list[tuple[str, str, str]]:
        """Who did what with which, as the log has it, without the ways in."""
        lines = [line async for line in self.site.services.accounts.audit.lines()]
        return [
            (line.who, line.what, line.which) for line in lines if line.who == self.cam.id and "sign" not in line.what
        ][1:]


@pytest.fixture
async def shift(desk_site: DeskSite, store: Store, settings: Settings) -> AsyncIterator[Shift]:
    async with AsyncExitStack() as stack:
        found = [await desk_site.hires(name, "operator") for name in ("Ana", "Ben")]
        cam = await desk_site.hires("Cam", "supervisor")
        ana, ben, cams = [await each.account() for each in (*found, cam)]
        seat = await stack.enter_async_context(desk_site.seat(cam))
        lines = Lines(store, settings, desk_site.clock)
        await lines.works(ana, ben)
        yield Shift(desk_site, lines, ana, ben, cams, cam, seat)


# What stands there


async def test_the_load_of_this_moment_is_shown(shift: Shift) -> None:
    await shift.lines.has(shift.ana, "+1", priority="P1")
    waits = await shift.lines.waits("+2", priority="P0")
    shift.site.clock.now += 70
    shown = await shift.shows()

    assert "P0 0 with operators 1 waiting, 1 too long" in shown
    assert "P1 1 with operators 0 waiting" in shown
    assert "longest 1 min 10 s, target 1 min" in shown
    assert "Ana On duty 1 of 3" in shown
    alias = next(each.alias for each in (await shift.lines.conversations.desk()).handoffs if each.id == waits)
    assert alias in shown


async def test_an_empty_desk_says_what_it_means(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Cam", "supervisor")) as seat:
        await seat.sends("/on-duty", step="off")
        _, source = await seat.opens("/load")
    assert "Nobody is on duty. People who ask for an operator are told so" in source
    assert "Nobody is waiting." in source


async def test_a_talk_that_was_taken_and_not_written_to_is_shown_as_late(shift: Shift) -> None:
    await shift.lines.has(shift.ana, "+1", priority="P0")
    shift.site.clock.now += 70
    assert 'class="since late"' in (await shift.seat.opens("/load"))[1]


async def test_that_everybody_pauses_while_people_wait_is_said(shift: Shift) -> None:
    await shift.alarms.raise_(Alarm("pausing P2", "nobody", shift.site.clock(), "P2"))
    assert "Somebody is waiting, and everybody on duty is paused" in await shift.shows()


async def test_no_word_of_a_person_stands_on_the_page(shift: Shift) -> None:
    talk = await shift.lines.waits("+15550001111", named={"place": ["Zebratown"]})
    await shift.alarms.raise_(Alarm(f"late {talk}", "late", shift.site.clock(), "P2", talk))
    shown = await shift.shows()
    assert "Zebratown" not in shown
    assert "15550001111" not in shown


@pytest.mark.parametrize("role", ["operator", "steward", "administrator"])
async def test_nobody_but_a_supervisor_sees_the_load(desk_site: DeskSite, role: Role) -> None:
    async with desk_site.seat(await desk_site.hires("Blue Heron", role)) as seat:
        assert [(await seat.opens(path))[0] for path in ("/load", "/load/part")] == [403, 403]
        assert (await seat.sends("/load/alarm", alarm="unmanned"))[0] == 403
        assert (await seat.sends(f"/load/operator/{'a' * 32}/end"))[0] == 403
        assert (await seat.sends(f"/load/talk/{'a' * 32}/queue"))[0] == 403


# Alarms


@pytest.mark.parametrize("said", ["nearly used up", "used up"])
async def test_a_supervisor_sees_that_text_messages_are_used_up(shift: Shift, said: str) -> None:
    await shift.alarms.raise_(Alarm(f"texts {said}", "texts", shift.site.clock()))
    assert f"This hour's text messages are {said}" in html.unescape(await shift.shows())


async def test_an_alarm_is_taken_on_by_one_and_shown_so_to_all(shift: Shift) -> None:
    await shift.alarms.raise_(Alarm("unmanned", "unmanned", shift.site.clock()))
    assert "Nobody is on duty, but somebody should be" in await shift.shows()
    assert await shift.seat.sends("/load/alarm", alarm="unmanned", step="take") == (303, "/load")

    assert "Cam is on it" in await shift.shows()
    assert await shift.noted() == [(shift.cam.id, "alarm_taken_on", "")]


async def test_a_call_of_a_colleague_is_over_when_a_supervisor_says_so(shift: Shift) -> None:
    talk = await shift.lines.has(shift.ana, "+1")
    call = await Wellbeing(shift.lines.store, shift.alarms).call_supervisor(shift.ana.id, talk)
    assert "Ana needs a supervisor, with" in await shift.shows()
    await shift.seat.sends("/load/alarm", alarm=call.id, step="end")

    assert await shift.alarms.open() == []
    assert await shift.noted() == [(shift.cam.id, "alarm_ended", talk)]


async def test_an_alarm_that_is_over_is_said_to_be(shift: Shift) -> None:
    status, source = await shift.seat.sends("/load/alarm", alarm="late x", step="take")
    assert status == 409
    assert "This is over" in source


# What can be done


async def test_a_shift_is_ended_and_the_talk_goes_back_to_the_line(shift: Shift) -> None:
    talk = await shift.lines.has(shift.ana, "+1")
    assert await shift.seat.sends(f"/load/operator/{shift.ana.id}/end") == (303, "/load?done=shift_ended")

    await shift.lines.handoffs.lapse(shift.site.clock())
    desk = await shift.lines.conversations.desk()
    assert {each.id for each in desk.operators} == {shift.ben.id, shift.cam.id}
    assert [(each.id, each.state) for each in desk.handoffs] == [(talk, "waiting")]
    assert await shift.noted() == [(shift.cam.id, "shift_ended", shift.ana.id)]


async def test_a_break_and_a_measure_are_lifted(shift: Shift) -> None:
    held = await shift.lines.has(shift.ana, "+1", priority="P0")
    await shift.lines.handoffs.close(held, shift.ana.id, shift.site.clock())
    await shift.lines.store.call("SET", f"severe:{shift.ana.id}", SEVERE, "EX", 60)
    assert "break, 10 min left" in await shift.shows() or "break, 9 min left" in await shift.shows()
    await shift.seat.sends(f"/load/operator/{shift.ana.id}/lift-break")
    await shift.seat.sends(f"/load/operator/{shift.ana.id}/lift-measure")

    wellness = await Wellbeing(shift.lines.store, shift.alarms).of(shift.ana.id)
    assert (wellness.break_left, wellness.severe) == (0, 0)
    assert [what for _, what, _ in await shift.noted()] == ["break_lifted", "measure_lifted"]


async def test_a_rank_is_changed_in_the_line(shift: Shift) -> None:
    talk = await shift.lines.waits("+1", priority="P3")
    assert await shift.seat.sends(f"/load/talk/{talk}/rank", priority="P0") == (303, "/load?done=ranked")
    assert (await shift.lines.conversations.desk()).handoffs[0].priority == "P0"
    assert await shift.noted() == [(shift.cam.id, "rank", talk)]
    assert (await shift.seat.sends(f"/load/talk/{talk}/rank", priority="P9"))[0] == 400


async def test_a_talk_is_offered_to_another_or_put_back_into_the_line(shift: Shift) -> None:
    talk = await shift.lines.has(shift.ana, "+1")
    assert await shift.seat.sends(f"/load/talk/{talk}/offer", to=shift.ben.id) == (303, "/load?done=offered")
    assert "offered to Ben" in await shift.shows()
    assert await shift.seat.sends(f"/load/talk/{talk}/queue") == (303, "/load?done=queued")
    assert (await shift.lines.conversations.desk()).handoffs[0].state == "waiting"


async def test_who_can_not_take_it_is_not_offered_it(shift: Shift) -> None:
    for number in range(3):
        await shift.lines.has(shift.ben, f"+9{number}")
    talk = await shift.lines.has(shift.ana, "+1")
    status, source = await shift.seat.sends(f"/load/talk/{talk}/offer", to=shift.ben.id)
    assert status == 409
    assert "They cannot take it now" in source


async def test_a_talk_that_is_gone_is_said_to_be(shift: Shift) -> None:
    status, source = await shift.seat.sends(f"/load/talk/{'a' * 32}/queue")
    assert status == 409
    assert "This is over" in source


# In a browser


async def seen_by(shift: Shift, browser: Browser, **options: object) -> Page:
    return await shift.site.sits_down(browser, shift.cams, "/load", **options)


@pytest.mark.browser
async def test_the_page_keeps_itself_fresh_and_an_open_menu_stays_open(shift: Shift, browser: Browser) -> None:
    talk = await shift.lines.has(shift.ana, "+1")
    page = await seen_by(shift, browser)
    menu = page.locator(f'li[data-key="{talk}"] details')
    await menu.locator("summary").click()
    await menu.get_by_label("Priority of").select_option("P0")
    await shift.lines.waits("+2", priority="P1")
    await shift.alarms.raise_(Alarm("unmanned", "unmanned", shift.site.clock()))

    await expect(page.get_by_text("Nobody is on duty, but somebody should be", exact=True)).to_be_visible()
    await expect(page).to_have_title("Workload (1)")
    await expect(menu.get_by_role("button", name="Take over")).to_be_visible()
    await expect(menu.get_by_label("Priority of")).to_have_value("P0")


@pytest.mark.browser
@pytest.mark.parametrize("look", ["light", "dark"])
async def test_a_checker_finds_nothing(shift: Shift, browser: Browser, look: str) -> None:
    await busy(shift)
    page = await seen_by(shift, browser, color_scheme=look)
    assert await faults(page) == []
    await page.locator(".talks summary").first.click()
    assert await faults(page) == []
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320


async def busy(shift: Shift) -> None:
    """A night with much to do."""
    lines, clock = shift.lines, shift.site.clock
    calling = await lines.has(shift.ana, "+1", priority="P0", locale="ar", by="telegram")
    await lines.has(shift.ben, "+2", priority="P2", locale="en")
    await lines.has(shift.ben, "+3", priority="P1", locale="es")
    await lines.waits("+4", priority="P2", locale="vi", by="web")
    clock.now += 130
    await lines.waits("+5", priority="P1", locale="es")
    late = await lines.waits("+6", priority="P0", locale="en", by="web")
    clock.now += 95
    await lines.waits("+7", priority="P3", locale="uk", by="telegram")
    await shift.alarms.raise_(Alarm(f"late {late} 1 P0 60", "late", clock() - 95, "P0", late))
    call = await Wellbeing(lines.store, shift.alarms).call_supervisor(shift.ana.id, calling)
    await shift.alarms.see(call.id, shift.cam.id)
