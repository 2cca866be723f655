"""Places in shifts: opened by a supervisor, taken by one operator, given to a colleague, confirmed where that is set."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.handoff import duty_hours
from bot.storage.store import Store
from desk.duty.duty_calendar import Duty, Shift, take_out
from desk.shifts.shift_places import ShiftPlaces, ShiftRefused
from tests.desk.colleagues import Clock
from tests.desk.desk_page import DeskSite, readable

ANA, BEN, CAM = "a" * 32, "b" * 32, "c" * 32
MONDAY = datetime(2027, 1, 18, 8, 0)


@pytest.fixture
def duty(store: Store, clock: Clock) -> Duty:
    clock.now = datetime(2027, 1, 17, 8, 0, tzinfo=UTC).timestamp()
    return Duty(store, clock)


@pytest.fixture
def places(duty: Duty) -> ShiftPlaces:
    return ShiftPlaces(duty, confirm=False)


async def open_place(places: ShiftPlaces, weekly: bool = False) -> Shift:
    (shift,) = await places.open(MONDAY, 240, weekly, 1)
    return shift


async def test_an_open_place_is_no_duty_until_somebody_has_signed_up(
    places: ShiftPlaces, duty: Duty, store: Store, clock: Clock
) -> None:
    shift = await open_place(places)
    assert await duty_hours.next_in_hours(store, clock()) is None
    assert (await places.take(shift.id, ANA, clock())).account == ANA
    assert await duty_hours.next_in_hours(store, clock()) == 24
    assert await duty.on_duty_now(clock() + 86_400) == [ANA]


async def test_of_two_who_sign_up_at_once_one_has_it(places: ShiftPlaces, duty: Duty, clock: Clock) -> None:
    shift = await open_place(places)
    found = await asyncio.gather(*(places.take(shift.id, who, clock()) for who in (ANA, BEN)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in found) == ["Shift", "ShiftRefused"]
    (kept,) = await duty.shifts()
    assert kept.account in (ANA, BEN)


@pytest.mark.parametrize("number", [0, 11, -1])
async def test_places_are_opened_by_one_to_ten(places: ShiftPlaces, duty: Duty, number: int) -> None:
    with pytest.raises(ValueError, match="one to ten"):
        await places.open(MONDAY, 240, False, number)
    assert await duty.shifts() == []


async def test_nobody_takes_two_shifts_at_the_same_time(places: ShiftPlaces, clock: Clock) -> None:
    first, second = await places.open(MONDAY, 240, False, 2)
    await places.take(first.id, ANA, clock())
    with pytest.raises(ShiftRefused, match="shift_clash"):
        await places.take(second.id, ANA, clock())
    assert (await places.take(second.id, BEN, clock())).account == BEN


async def test_what_is_over_or_gone_is_taken_by_nobody(places: ShiftPlaces, duty: Duty, clock: Clock) -> None:
    shift = await open_place(places)
    clock.now += 3 * 86_400
    with pytest.raises(ShiftRefused, match="shift_gone"):
        await places.take(shift.id, ANA, clock())
    await duty.remove(shift.id)
    with pytest.raises(ShiftRefused, match="shift_gone"):
        await places.take(shift.id, ANA, clock())


async def test_a_shift_stays_with_who_offers_it_until_a_colleague_takes_it(
    places: ShiftPlaces, duty: Duty, clock: Clock
) -> None:
    shift = await duty.add(ANA, MONDAY, 240)
    with pytest.raises(ShiftRefused):
        await places.take(shift.id, BEN, clock())  # not offered
    await places.offer(shift.id, ANA, MONDAY.date())
    assert await duty.on_duty_now(clock() + 86_400) == [ANA]
    await places.take(shift.id, BEN, clock())
    assert await duty.on_duty_now(clock() + 86_400) == [BEN]
    with pytest.raises(ShiftRefused, match="shift_gone"):
        await places.keep(shift.id, ANA)


async def test_of_a_weekly_shift_one_day_is_given_away_and_the_others_stay(
    places: ShiftPlaces, duty: Duty, clock: Clock
) -> None:
    shift = await duty.add(ANA, MONDAY, 240, weekly=True)
    one = await places.offer(shift.id, ANA, date(2027, 1, 25))
    await places.take(one.id, BEN, clock())
    turns = await duty.between(clock(), clock() + 22 * 86_400)
    assert [(turn.shift.account, duty.day(turn).day) for turn in turns] == [(ANA, 18), (BEN, 25), (ANA, 1)]
    with pytest.raises(ShiftRefused, match="shift_gone"):
        await places.offer(shift.id, ANA, date(2027, 1, 25))
    with pytest.raises(ShiftRefused, match="shift_gone"):
        await places.offer(shift.id, ANA, date(2027, 1, 26))


async def test_nobody_offers_or_keeps_the_shift_of_another(places: ShiftPlaces, duty: Duty) -> None:
    shift = await duty.add(ANA, MONDAY, 240)
    with pytest.raises(ShiftRefused, match="shift_not_yours"):
        await places.offer(shift.id, BEN, MONDAY.date())
    with pytest.raises(ShiftRefused, match="shift_gone"):
        await places.keep(shift.id, BEN)
    assert await duty.shifts() == [shift]


async def test_where_it_is_set_a_supervisor_confirms_whom_they_saw(duty: Duty, clock: Clock) -> None:
    places = ShiftPlaces(duty, confirm=True)
    shift = await open_place(places)
    assert (await places.take(shift.id, ANA, clock())).account == ""
    with pytest.raises(ShiftRefused, match="shift_gone"):
        await places.take(shift.id, BEN, clock())
    with pytest.raises(ShiftRefused, match="shift_gone"):
        await places.confirm(shift.id, BEN)
    await places.withdraw(shift.id, ANA)
    await places.take(shift.id, BEN, clock())
    with pytest.raises(ShiftRefused, match="shift_gone"):
        await places.confirm(shift.id, ANA)  # the page of the supervisor was older
    assert (await places.confirm(shift.id, BEN)).account == BEN


async def test_who_is_shut_out_asks_for_no_shift_any_more(duty: Duty, store: Store, clock: Clock) -> None:
    places = ShiftPlaces(duty, confirm=True)
    shift = await open_place(places)
    await places.take(shift.id, ANA, clock())
    await take_out(store, ANA)
    assert await duty.shifts() == [shift]


async def test_operators_sign_up_on_the_page_and_give_to_each_other(desk_site: DeskSite, store: Store) -> None:
    ana, ben, cam = [await desk_site.hires(*who) for who in (("Ana",), ("Ben",), ("Cam", "supervisor"))]
    form = {"account": "open", "day": "2027-01-16", "from": "08:00", "until": "12:00", "places": "2"}
    async with desk_site.seat(cam) as lead, desk_site.seat(ana) as one, desk_site.seat(ben) as other:
        assert await lead.sends("/duty", **form) == (303, "/duty?week=2027-01-16&done=places_opened")
        first, _ = await Duty(store, desk_site.clock).shifts()
        _, source = await one.opens("/duty")
        assert "Open place" in source and f"/duty/{first.id}/sign-up" in source and "take-out" not in source
        assert await one.sends(f"/duty/{first.id}/sign-up") == (303, "/duty?done=shift_taken")
        assert await one.sends(f"/duty/{first.id}/offer", day="2027-01-16") == (303, "/duty?done=shift_offered")
        assert "looks for somebody" in readable((await other.opens("/duty"))[1])
        assert await other.sends(f"/duty/{first.id}/sign-up") == (303, "/duty?done=shift_taken")
        status, source = await one.sends(f"/duty/{first.id}/keep")
        assert (status, "no longer free" in source) == (409, True)
        assert (await one.sends(f"/duty/{first.id}/offer", day="someday"))[0] == 400
        assert (await one.sends(f"/duty/{first.id}/answer", account=first.id, step="confirm"))[0] == 403
    lines = [line async for line in desk_site.services.accounts.audit.lines()]
    # What was refused has no line, and each step names its shift.
    acts = [(line.what, line.which) for line in lines if line.what.startswith(("places", "shift"))]
    taken = ("shift_taken", first.id)
    assert acts == [("places_opened", ""), taken, ("shift_offered", first.id), taken]


async def test_a_supervisor_says_yes_on_the_page(desk_site: DeskSite, store: Store) -> None:
    settings = replace(desk_site.services.settings, confirm_shifts=True)
    object.__setattr__(desk_site.services, "settings", settings)
    ana, cam = await desk_site.hires("Ana"), await desk_site.hires("Cam", "supervisor")
    shift = await Duty(store, desk_site.clock).add("", datetime(2027, 1, 16, 8), 60)
    async with desk_site.seat(ana) as seat:
        assert await seat.sends(f"/duty/{shift.id}/sign-up") == (303, "/duty?done=shift_asked")
        assert "you asked" in readable((await seat.opens("/duty"))[1])
    who = (await ana.account()).id
    async with desk_site.seat(cam) as seat:
        assert "1 shift waits for your yes: Ana." in readable((await seat.opens("/duty"))[1])
        done = await seat.sends(f"/duty/{shift.id}/answer", account=who, step="confirm")
        assert done == (303, "/duty?done=shift_confirmed")
    (kept,) = await Duty(store, desk_site.clock).shifts()
    assert (kept.account, kept.asked) == (who, "")
