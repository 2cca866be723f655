"""Days without shifts: nobody is on duty, no alarm rings, and a person is told of the first hour after them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.crypto.vault import Vault
from bot.handoff import duty_hours
from bot.storage.store import Store
from desk.duty.duty_calendar import Duty
from desk.duty.holidays import Holidays, reseal, without
from tests.desk.colleagues import Clock
from tests.desk.desk_page import DeskSite, readable
from tests.hotline import MASTER

FRIDAY = datetime(2027, 1, 15, 8, 0)


async def test_a_person_is_told_of_the_next_shift_after_the_holiday(store: Store, clock: Clock) -> None:
    clock.now = FRIDAY.replace(tzinfo=UTC).timestamp()
    duty = Duty(store, clock)
    for days in (1, 2, 3):
        await duty.add("ana", FRIDAY + timedelta(days=days), 240)
    assert await duty_hours.next_in_hours(store, clock()) == 24
    for day in (16, 17):
        await Holidays(store).add(date(2027, 1, day), "Carnival")
    await duty.publish()
    assert await duty_hours.next_in_hours(store, clock()) == 72
    assert not await duty_hours.should_be_there(store, clock() + 86_400)
    assert await duty.on_duty_now(clock() + 86_400) == []
    await Holidays(store).remove(date(2027, 1, 16))
    await duty.publish()
    assert await duty_hours.next_in_hours(store, clock()) == 24


async def test_the_usual_hours_do_not_count_on_a_holiday_either(store: Store, clock: Clock) -> None:
    clock.now = FRIDAY.replace(tzinfo=UTC).timestamp()
    await Holidays(store).add(FRIDAY.date(), "")
    duty = Duty(store, clock, usual="24/7")
    await duty.publish()
    assert await duty_hours.next_in_hours(store, clock()) == 16  # at midnight


async def test_a_night_that_began_before_the_holiday_goes_on(store: Store, clock: Clock) -> None:
    duty = Duty(store, clock)
    await duty.add("ana", datetime(2027, 1, 15, 22), 600)
    await Holidays(store).add(date(2027, 1, 16), "")
    assert await duty.on_duty_now(datetime(2027, 1, 16, 3, tzinfo=UTC).timestamp()) == ["ana"]


def test_days_are_cut_out_of_spans() -> None:
    day = datetime(2027, 1, 16, tzinfo=UTC).timestamp()
    assert without([(day - 10, day + 86_410)], [date(2027, 1, 16)], UTC) == [
        (day - 10, day),
        (day + 86_400, day + 86_410),
    ]
    assert without([(day + 10, day + 20)], [date(2027, 1, 16)], UTC) == []
    assert without([(day - 20, day - 10)], [date(2027, 1, 16)], UTC) == [(day - 20, day - 10)]


async def test_nobody_who_can_only_write_to_redis_makes_a_holiday(store: Store) -> None:
    await Holidays(store).add(date(2027, 1, 16), "Carnival")
    sealed = await store.call("HGET", "holidays", "2027-01-16")
    await store.call("HSET", "holidays", "2027-01-17", sealed)
    assert await Holidays(store).all() == {date(2027, 1, 16): "Carnival"}
    assert await store.call("TTL", "holidays") > 0


async def test_holidays_outlive_a_change_of_the_master_key(store: Store) -> None:
    await Holidays(store).add(date(2027, 1, 16), "Carnival")
    new = bytes(range(100, 132))
    await reseal(Store(store.redis, Vault(new, before=MASTER)))
    assert await Holidays(Store(store.redis, Vault(new))).all() == {date(2027, 1, 16): "Carnival"}


async def test_a_supervisor_sets_a_day_and_everybody_sees_it(desk_site: DeskSite) -> None:
    ana, cam = await desk_site.hires("Ana"), await desk_site.hires("Cam", "supervisor")
    async with desk_site.seat(cam) as lead, desk_site.seat(ana) as seat:
        assert await lead.sends("/duty/holidays", day="2027-01-16", name="Carnival") == (303, "/duty?done=saved")
        assert "Sat 16 Jan 2027: Carnival" in readable((await seat.opens("/duty"))[1])
        assert (await seat.sends("/duty/holidays", day="2027-01-16", step="remove"))[0] == 403
        status, source = await lead.sends("/duty/holidays", day="one day")
        assert (status, "Choose a day first." in source) == (422, True)
        await lead.sends("/duty/holidays", day="2027-01-16", step="remove")
        assert "Carnival" not in (await seat.opens("/duty"))[1]


@pytest.mark.parametrize("name", ["x" * 200, "<b>bold</b>"])
async def test_a_name_is_cut_and_shown_as_it_is(desk_site: DeskSite, name: str) -> None:
    async with desk_site.seat(await desk_site.hires("Cam", "supervisor")) as lead:
        await lead.sends("/duty/holidays", day="2027-01-16", name=name)
        _, source = await lead.opens("/duty")
    assert "<b>bold" not in source
    assert "x" * 41 not in source
