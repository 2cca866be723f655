"""The calendar of duty as a page: a supervisor plans, operators look, and what persons are told follows from it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser

from bot.handoff import duty_hours
from bot.storage.store import Store
from desk.duty.duty_calendar import Duty, Shift, ShiftOccurrence
from desk.duty.week_view import WIDE, monday, week
from tests.accessible import faults
from tests.desk.desk_page import DeskSite

FRIDAY = "2027-01-15"  # the clock of the desk begins there, at eight in the morning


def turn(begins: datetime, ends: datetime, who: str = "a") -> ShiftOccurrence:
    return ShiftOccurrence(Shift(who, who, begins.isoformat(), 60), begins.timestamp(), ends.timestamp())


async def test_a_supervisor_plans_a_shift_and_persons_are_told_of_it(desk_site: DeskSite, store: Store) -> None:
    ana = await (await desk_site.hires("Ana")).account()
    async with desk_site.seat(await desk_site.hires("Cam", "supervisor")) as seat:
        form = {"account": ana.id, "day": FRIDAY, "from": "20:00", "until": "04:00", "weekly": "yes"}
        assert await seat.sends("/duty", **form) == (303, f"/duty?week={FRIDAY}&done=shift_planned")
        _, source = await seat.opens("/duty")

    assert "20:00" in source and "04:00" in source and "every week" in source
    assert await duty_hours.next_in_hours(store, desk_site.clock()) == 12
    lines = [line async for line in desk_site.services.accounts.audit.lines()]
    assert ("shift_planned", ana.id) in [(line.what, line.which) for line in lines]


async def test_a_shift_is_taken_out(desk_site: DeskSite, store: Store) -> None:
    ana = await (await desk_site.hires("Ana")).account()
    shift = await Duty(store, desk_site.clock).add(ana.id, datetime(2027, 1, 16, 8), 60)
    async with desk_site.seat(await desk_site.hires("Cam", "supervisor")) as seat:
        assert (await seat.sends(f"/duty/{shift.id}/take-out"))[0] == 303
        assert (await seat.sends(f"/duty/{shift.id}/take-out"))[0] == 404

    assert await Duty(store, desk_site.clock).shifts() == []


@pytest.mark.parametrize(
    "wrong", [{"day": ""}, {"day": "tomorrow"}, {"from": "25:00"}, {"until": ""}, {"account": "a" * 32}]
)
async def test_what_is_no_shift_is_said_to_be_none_and_stays_in_the_form(
    desk_site: DeskSite, store: Store, wrong: dict[str, str]
) -> None:
    ana = await (await desk_site.hires("Ana")).account()
    async with desk_site.seat(await desk_site.hires("Cam", "supervisor")) as seat:
        form = {"account": ana.id, "day": FRIDAY, "from": "11:11", "until": "12:12"} | wrong
        status, source = await seat.sends("/duty", **form)

    assert status == 422
    assert "A shift needs a day, a start and an end" in source
    assert "11:11" in source or "12:12" in source
    assert await Duty(store, desk_site.clock).shifts() == []


async def test_who_is_planned_for_now_and_not_there_is_seen(desk_site: DeskSite, store: Store) -> None:
    ana = await (await desk_site.hires("Ana")).account()
    await Duty(store, desk_site.clock).add(ana.id, datetime(2027, 1, 15, 7), 240)
    async with desk_site.seat(await desk_site.hires("Cam", "supervisor")) as seat:
        _, source = await seat.opens("/duty")
    assert "Planned to be on duty now" in source
    assert "pill-off" in source


async def test_an_operator_sees_the_week_and_plans_nothing(desk_site: DeskSite) -> None:
    ana = await desk_site.hires("Ana")
    async with desk_site.seat(ana) as seat:
        status, source = await seat.opens("/duty?week=no-date")
        assert status == 200
        assert "Plan a shift" not in source
        form = {"account": (await ana.account()).id, "day": FRIDAY, "from": "20:00", "until": "21:00"}
        assert (await seat.sends("/duty", **form))[0] == 403
        assert (await seat.sends(f"/duty/{'a' * 32}/take-out"))[0] == 403


async def test_a_steward_has_nothing_to_do_with_it(desk_site: DeskSite) -> None:
    async with desk_site.seat(await desk_site.hires("Dee", "steward")) as seat:
        assert (await seat.opens("/duty"))[0] == 403


def test_a_night_is_drawn_on_two_days() -> None:
    night = turn(datetime(2027, 1, 18, 18, tzinfo=UTC), datetime(2027, 1, 19, 6, tzinfo=UTC))
    drawn = week(date(2027, 1, 18), [night], UTC)

    assert [(bar.x, bar.wide) for bar in drawn.days[0].bars] == [(WIDE * 0.75, WIDE * 0.25)]
    assert [(bar.x, bar.wide) for bar in drawn.days[1].bars] == [(0, WIDE * 0.25)]
    assert drawn.empty == 7 * 24 - 12


def test_two_at_once_stand_below_each_other_and_one_after_another_in_one_row() -> None:
    def hours(begins: int, ends: int, who: str) -> ShiftOccurrence:
        return turn(datetime(2027, 1, 18, begins, tzinfo=UTC), datetime(2027, 1, 18, ends, tzinfo=UTC), who)

    (day, *_) = week(date(2027, 1, 18), [hours(8, 12, "a"), hours(9, 13, "b"), hours(12, 16, "c")], UTC).days
    assert [bar.y for bar in day.bars] == [0, 22, 0]
    assert day.high == 44


def test_a_day_on_which_the_clocks_change_is_as_wide_as_any() -> None:
    zone = ZoneInfo("Europe/Berlin")
    whole = turn(datetime(2027, 3, 28, tzinfo=zone), datetime(2027, 3, 29, tzinfo=zone))
    drawn = week(monday(date(2027, 3, 28)), [whole], zone)
    assert [(bar.x, bar.wide) for bar in drawn.days[6].bars] == [(0, WIDE)]


async def planned(site: DeskSite, store: Store) -> None:
    """A week with nights and gaps."""
    duty = Duty(store, site.clock)
    for at, name in enumerate(("Ana", "Ben", "Dee")):
        who = await (await site.hires(name)).account()
        for day in range(11, 16):
            await duty.add(who.id, datetime(2027, 1, day, (6 + 8 * at) % 24), 540, weekly=True)
    await duty.add(who.id, datetime(2027, 1, 16, 10), 240)


@pytest.mark.browser
@pytest.mark.parametrize("look", ["light", "dark"])
async def test_the_calendar_is_accessible(desk_site: DeskSite, store: Store, browser: Browser, look: str) -> None:
    await planned(desk_site, store)
    cam = await desk_site.hires("Cam", "supervisor")
    page = await desk_site.sits_down(browser, cam, "/duty", color_scheme=look)
    assert await page.get_by_role("heading", name="Plan a shift").count() == 1
    assert await faults(page) == []
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320
