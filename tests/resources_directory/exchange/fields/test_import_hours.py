"""Hours of a feed become opening hours only where nothing is lost or guessed."""

from typing import Any

from resources_directory.exchange.export.export_hours import schedule_rows
from resources_directory.exchange.feeds.feed_row import ScheduleRow
from resources_directory.exchange.fields.hours import schedules_of
from resources_directory.model.hsds import Schedule
from tests.every import every
from tests.resources_directory.exchange.feed_files import TODAY

WEEK = {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00"}
EVERY_DAY = {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU"}


def hours(*rows: dict[str, Any]) -> tuple[Schedule, ...]:
    return schedules_of([ScheduleRow.model_validate(row) for row in rows], TODAY)


@every(
    ("rows", "text"),
    [
        ([WEEK], "Mo-Fr 09:00-17:00"),
        ([WEEK | {"interval": 1, "opens_at": "9:00:00"}], "Mo-Fr 09:00-17:00"),
        ([WEEK, WEEK | {"byday": "SA", "closes_at": "12:00"}], "Mo-Fr 09:00-17:00; Sa 09:00-12:00"),
        ([WEEK | {"closes_at": "12:00"}, WEEK | {"opens_at": "13:00"}], "Mo-Fr 09:00-12:00,13:00-17:00"),
        ([WEEK | {"byday": "FR", "opens_at": "22:00", "closes_at": "06:00"}], "Fr 22:00-06:00"),
        ([EVERY_DAY | {"opens_at": "08:00", "closes_at": "23:59"}], "Mo-Su 08:00-24:00"),
        ([WEEK | {"byday": None, "dtstart": "2026-01-05"}], "Mo 09:00-17:00"),
        ([{"weekday": "Monday", "opens_at": "9:00", "closes_at": "17:00"}], "Mo 09:00-17:00"),
    ],
)
def test_a_plain_week_is_exact(rows: list[dict[str, Any]], text: str) -> None:
    assert hours(*rows) == (Schedule(opening_hours=text),)


def test_day_and_night_on_every_day_is_always() -> None:
    assert hours(EVERY_DAY | {"opens_at": "00:00", "closes_at": "23:59"}) == (Schedule(always=True),)


@every(
    "more",
    [
        {"notes": "Not on public holidays"},
        {"description": "by appointment"},
        {"freq": "MONTHLY"},
        {"freq": None},
        {"interval": 2},
        {"byday": "1MO"},
        {"until": "2027-01-01"},
        {"valid_to": "2027-01-01"},
        {"valid_from": "2027-01-01"},
        {"count": 3},
        {"bymonthday": "1"},
        {"opens_at": "09:00Z"},
        {"closes_at": "17:00+01:00"},
        {"closes_at": "09:00"},
        {"closes_at": "25:00"},
        {"opens_at": None},
    ],
)
def test_whatever_would_be_lost_makes_it_a_note(more: dict[str, Any]) -> None:
    (found,) = hours(WEEK | more)

    assert (found.opening_hours, found.always) == (None, None)
    assert found.hours_note


def test_midnight_to_midnight_may_mean_closed_so_it_is_a_note() -> None:
    assert hours(EVERY_DAY | {"opens_at": "00:00", "closes_at": "00:00"})[0].hours_note


def test_hours_that_overlap_contradict_each_other() -> None:
    assert hours(WEEK, WEEK | {"opens_at": "12:00"})[0].hours_note


def test_one_row_that_is_not_exact_makes_all_a_note() -> None:
    assert hours(WEEK, WEEK | {"byday": "SA", "notes": "every second week"})[0].hours_note == (
        "MO,TU,WE,TH,FR, 09:00-17:00; SA, 09:00-17:00, every second week"
    )


@every(
    ("text", "first"),
    [
        ("Mo-Fr 09:00-17:00; Sa 10:00-12:00", {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "closes_at": "17:00:00"}),
        ("Sa,Su 00:00-24:00", {"byday": "SA,SU", "opens_at": "00:00:00", "closes_at": "23:59:00"}),
        ("Fr-Mo 09:00-17:00", {"byday": "FR,SA,SU,MO"}),
        ("Mo-Fr 09:00-17:00; PH off", {"description": "Mo-Fr 09:00-17:00; PH off"}),
    ],
)
def test_opening_hours_are_exported_as_weekly_rules_or_as_words(text: str, first: dict[str, str]) -> None:
    row = schedule_rows("a", 0, Schedule(opening_hours=text))[0]

    assert {name: row.get(name) for name in first} == first
