"""The calendar of who is on duty, and the hours that persons are told of."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.handoff import duty_hours
from bot.storage.store import Store
from desk.accounts import Accounts
from desk.duty.duty_calendar import Duty
from tests.desk.colleagues import Clock, Colleague

MONDAY = datetime(2027, 1, 18, 8, 0)
DATA_MAP = (Path(__file__).parents[3] / "docs" / "privacy.md").read_text("utf-8")


def at(moment: datetime) -> float:
    return moment.replace(tzinfo=UTC).timestamp()


@pytest.fixture
def duty(store: Store, clock: Clock) -> Duty:
    clock.now = at(MONDAY)
    return Duty(store, clock)


async def test_a_single_shift_comes_once_and_a_weekly_one_each_week(duty: Duty) -> None:
    await duty.add("ana", MONDAY, 240)
    await duty.add("ben", MONDAY + timedelta(hours=4), 240, weekly=True)

    turns = await duty.between(at(MONDAY), at(MONDAY + timedelta(days=15)))

    assert [(turn.shift.account, turn.begins) for turn in turns] == [
        ("ana", at(MONDAY)),
        ("ben", at(MONDAY + timedelta(hours=4))),
        ("ben", at(MONDAY + timedelta(days=7, hours=4))),
        ("ben", at(MONDAY + timedelta(days=14, hours=4))),
    ]


async def test_a_weekly_shift_is_found_years_later(duty: Duty) -> None:
    await duty.add("ana", MONDAY, 60, weekly=True)
    much_later = at(MONDAY + timedelta(weeks=300, minutes=30))
    assert await duty.on_duty_now(much_later) == ["ana"]
    assert await duty.on_duty_now(much_later + 1800) == []


async def test_a_night_shift_lasts_over_midnight(duty: Duty) -> None:
    await duty.add("ana", datetime(2027, 1, 18, 22, 0), 600, weekly=True)
    assert await duty.on_duty_now(at(datetime(2027, 1, 19, 7, 59))) == ["ana"]
    assert await duty.on_duty_now(at(datetime(2027, 1, 26, 7, 59))) == ["ana"]
    assert await duty.on_duty_now(at(datetime(2027, 1, 19, 8, 0))) == []


async def test_eight_in_the_morning_stays_eight_when_the_clocks_change(store: Store, clock: Clock) -> None:
    duty = Duty(store, clock, "Europe/Berlin")
    await duty.add("ana", datetime(2027, 3, 22, 8, 0), 60, weekly=True)
    turns = await duty.between(at(datetime(2027, 3, 22)), at(datetime(2027, 4, 1)))
    assert [datetime.fromtimestamp(turn.begins, UTC).hour for turn in turns] == [7, 6]


async def test_who_is_on_duty_is_told_from_who_is_not(duty: Duty) -> None:
    await duty.add("ana", MONDAY, 60)
    await duty.add("ben", MONDAY + timedelta(minutes=30), 60)
    assert await duty.on_duty_now(at(MONDAY) + 2000) == ["ana", "ben"]
    assert await duty.on_duty_now(at(MONDAY) + 3600) == ["ben"]
    assert await duty.next_shift(at(MONDAY)) == at(MONDAY) + 1800
    assert await duty.next_shift(at(MONDAY) + 1800) is None


@pytest.mark.parametrize("minutes", [0, -5, 24 * 60 + 1])
async def test_a_shift_without_end_is_refused(duty: Duty, minutes: int) -> None:
    with pytest.raises(ValueError, match="at most a day"):
        await duty.add("ana", MONDAY, minutes)


async def test_a_shift_that_was_taken_out_is_gone_for_the_person_too(duty: Duty, store: Store) -> None:
    shift = await duty.add("ana", MONDAY + timedelta(hours=5), 60)
    assert await duty_hours.next_in_hours(store, at(MONDAY)) == 5
    await duty.remove(shift.id)
    assert await duty.shifts() == []
    assert await duty_hours.next_in_hours(store, at(MONDAY)) is None


async def test_who_is_shut_out_is_in_the_calendar_no_more(duty: Duty, desk: Accounts, heron: Colleague) -> None:
    account = await (await heron.comes()).account()
    await duty.add(account.id, MONDAY, 60, weekly=True)
    other = await duty.add("b" * 32, MONDAY, 60)
    await desk.disable(heron.name)
    assert await duty.shifts() == [other]


async def test_a_long_past_shift_is_dropped_and_a_weekly_one_stays(duty: Duty, clock: Clock) -> None:
    await duty.add("ana", MONDAY, 60)
    await duty.add("ben", MONDAY, 60, weekly=True)
    clock.now += 40 * 86_400
    await duty.publish()
    assert [shift.account for shift in await duty.shifts()] == ["ben"]


async def test_the_calendar_is_sealed_and_the_hours_have_no_names(duty: Duty, store: Store) -> None:
    await duty.add("a" * 32, MONDAY, 60)
    kept = [await store.call("DUMP", name) for name in ("shifts", "duty_hours")]
    assert not any(b"a" * 32 in value or b"2027-01" in value for value in kept)
    names = [name.decode() async for name in store.redis.scan_iter()]
    assert sorted(names) == ["duty_hours", "shifts"]
    assert [name for name in names if f"`{name}`" not in DATA_MAP] == []
    assert [name for name in names if await store.call("TTL", name) < 0] == []


# What a person is told


async def test_hours_until_the_next_shift_are_rounded_up(store: Store) -> None:
    await duty_hours.publish(store, [(10_000.0, 20_000.0), (90_000.0, 95_000.0)])
    assert await duty_hours.next_in_hours(store, 10_000.0 - 3601) == 2
    assert await duty_hours.next_in_hours(store, 10_000.0 - 10) == 1
    assert await duty_hours.next_in_hours(store, 20_000.0) == 20


async def test_while_somebody_should_be_there_no_later_hour_is_promised(store: Store) -> None:
    await duty_hours.publish(store, [(10_000.0, 20_000.0), (20_000.0, 30_000.0), (90_000.0, 95_000.0)])
    assert await duty_hours.should_be_there(store, 19_999.0)
    assert await duty_hours.next_shift(store, 20_000.0) is None


async def test_without_a_calendar_nothing_is_known(store: Store) -> None:
    assert not await duty_hours.should_be_there(store, 0.0)
    assert await duty_hours.next_in_hours(store, 0.0) is None


def test_spans_that_touch_or_overlap_are_one() -> None:
    assert duty_hours.merged([(5, 6), (1, 3), (2, 4), (4, 4.5), (5.5, 5.7)]) == [(1, 4.5), (5, 6)]


async def test_while_nobody_has_entered_a_shift_the_usual_hours_count(store: Store, clock: Clock) -> None:
    clock.now = at(MONDAY)  # nine in the morning in Berlin
    duty = Duty(store, clock, "Europe/Berlin", "Mo-Fr 10:00-18:00")
    await duty.publish()
    assert await duty_hours.next_shift(store, at(MONDAY)) == at(MONDAY + timedelta(hours=1))
    assert await duty_hours.should_be_there(store, at(MONDAY + timedelta(hours=2)))
    assert not await duty_hours.should_be_there(store, at(MONDAY + timedelta(days=5, hours=2)))  # a Saturday
    await duty.add("ana", MONDAY + timedelta(hours=5), 60)
    assert await duty_hours.next_in_hours(store, at(MONDAY)) == 4


async def test_a_desk_that_is_always_manned_says_so(store: Store, clock: Clock) -> None:
    clock.now = at(MONDAY)
    await Duty(store, clock, usual="24/7").publish()
    assert await duty_hours.should_be_there(store, at(MONDAY + timedelta(days=6)))
