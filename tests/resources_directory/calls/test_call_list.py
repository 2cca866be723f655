"""When a call comes back on the list, and how far a country has come."""

from datetime import UTC, datetime, timedelta

import pytest

from resources_directory.calls.call_attempts import attempts_of
from resources_directory.calls.call_list import CallFacts, calls_of
from resources_directory.files.change_log import Change, What
from tests.resources_directory.small import NOW, entries, service

TRIED = NOW - timedelta(minutes=1)


def tries(what: What, count: int = 1) -> list[Change]:
    when = f"{TRIED:%Y-%m-%dT%H:%M:%SZ}"
    return [Change(id="us-aid", what=what, who="Blue Heron", when=when)] * count


@pytest.mark.parametrize(
    ("what", "count", "hours"),
    [("no_answer", 1, 2), ("no_answer", 2, 2), ("no_answer", 3, 20), ("left_message", 1, 48)],
)
def test_an_attempt_comes_back_after_its_time(what: What, count: int, hours: int) -> None:
    found = attempts_of(tries(what, count))["us-aid"]
    assert (found.count, found.again - found.when) == (count, timedelta(hours=hours))


def test_a_check_ends_the_attempts_before_it() -> None:
    assert attempts_of([*tries("no_answer", 3), *tries("checked"), *tries("no_answer")])["us-aid"].count == 1


def test_progress_counts_numbers_and_not_rows() -> None:
    country = entries(
        service("Aid", checked_on=None, checked_by=None),
        service("Bar", checked_on=None, checked_by=None),
        service("Cot", phones=[{"number": "713-555-0101"}]),
        service("Den", phones=[{"number": "713-555-0102"}], status="closed"),
    )
    calls, progress = calls_of(country, CallFacts(NOW))
    assert [[row.service.id for row in call.rows] for call in calls] == [["us-aid", "us-bar"]]
    assert (progress.done, progress.total, progress.today) == (1, 2, 1)


def test_a_call_that_was_tried_waits_and_is_not_left_for_today_when_it_comes_back_tomorrow() -> None:
    country = entries(service("Aid", checked_on=None, checked_by=None))
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    noted = Change(id="us-aid", what="no_answer", who="Blue Heron", when="2026-11-25T23:29:00Z")
    (call,), progress = calls_of(country, CallFacts(late, attempts=attempts_of([noted])))
    assert (call.is_for("Blue Heron", late), progress.today) == (False, 0)
    assert call.is_for("Blue Heron", late + timedelta(hours=2))


def test_who_made_the_first_check_of_a_shelter_is_not_given_the_second() -> None:
    country = entries(service("Aid", kinds=["shelter"], checked_on=str(NOW.date()), checked_by="Blue Heron"))
    (call,), _ = calls_of(country, CallFacts(NOW))
    assert (call.is_for("Blue Heron", NOW), call.is_for("Owl", NOW)) == (False, True)
