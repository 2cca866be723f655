"""Whom to call: which lines are given for a need, in which order, and how each is said."""

from pathlib import Path
from typing import Any, get_args

import pytest

from resources_directory.model.directory import Directory
from resources_directory.model.hsds import Notice
from resources_directory.model.line import PhoneLine
from tests.every import every
from tests.resources_directory.small import entries

POLICE = {"operated_by": "police", "before_you_call": ["line_warn_police"]}
BORDER = {"operated_by": "police", "before_you_call": ["line_warn_police", "line_warn_immigration"]}
ALWAYS = {"schedules": [{"always": True}]}
IN_TEXAS = {"service_area": {"extent_type": "region", "name": "Texas"}}
COUNTRY = """
country: IE
organizations:
  - name: House
    operated_by: ngo
    services:
      - {id: ie-house, name: House, kinds: [trafficking], phones: [{number: 1800 000 001}], %s}
"""


def line(name: str, *kinds: str, **fields: Any) -> dict[str, Any]:
    """Return a line of the whole country that somebody vouches for; `fields` are those of the model."""
    plain: dict[str, Any] = {
        "id": f"us-{name.lower()}",
        "name": name,
        "kinds": list(kinds or ("trafficking",)),
        "phones": [{"number": "988"}],
        "status": "active",
        "verified": True,
    }
    return plain | fields


def of(*lines: dict[str, Any]) -> Directory:
    return Directory.of([entries(*lines)])


def names(found: list[PhoneLine]) -> list[str]:
    return [one.name for one in found]


@pytest.fixture(scope="module")
def directory() -> Directory:
    """The directory of the project."""
    return Directory.load()


def _only(folder: Path, state: str) -> list[PhoneLine]:
    (folder / "ie.yml").write_text(COUNTRY % state)
    return Directory.load(folder).lines("IE")


def test_a_verified_active_line_is_given(tmp_path: Path) -> None:
    assert [line.number for line in _only(tmp_path, "status: active, verified: true")] == ["1800 000 001"]


def test_a_line_that_is_due_for_a_check_is_still_given(tmp_path: Path) -> None:
    assert _only(tmp_path, "status: stale, verified: true")


@pytest.mark.parametrize(
    "state",
    [
        "status: active, verified: false",
        "status: proposed, verified: true",
        "status: suspended, verified: true",
        "status: closed, verified: true",
    ],
)
def test_a_line_that_nobody_vouches_for_is_not_given(tmp_path: Path, state: str) -> None:
    assert _only(tmp_path, state) == []


def test_a_dead_number_is_not_given_even_when_a_file_calls_it_verified(tmp_path: Path) -> None:
    (tmp_path / "ie.yml").write_text(
        (COUNTRY % "status: active, verified: true").replace("1800 000 001", "1850 609090")
    )

    assert Directory.load(tmp_path).lines("IE") == []


def test_trafficking_comes_first_and_then_the_needs_as_they_were_told() -> None:
    found = of(line("Ear", "crisis"), line("Work", "labour"), line("House"))

    assert names(found.lines("US", ("labour", "crisis"))) == ["House", "Work", "Ear"]


def test_each_need_gets_a_line_before_any_gets_two() -> None:
    found = of(line("House"), line("Home"), line("Women", "domestic_violence"), line("Child", "child"))

    assert names(found.lines("US", ("domestic_violence", "child"))) == ["House", "Women", "Child"]


def test_a_line_for_two_needs_is_given_once() -> None:
    found = of(line("Both", "child", "domestic_violence"), line("House"))

    assert names(found.lines("US", ("child", "domestic_violence"), limit=10)) == ["House", "Both"]


def test_a_line_that_helps_with_two_needs_stands_where_nothing_else_does() -> None:
    found = of(line("Women", "domestic_violence", "trafficking"), line("House"), line("Child", "child"))

    given = found.lines("US", ("domestic_violence", "child"))

    assert [(one.kind, one.name) for one in given] == [
        ("trafficking", "Women"),
        ("trafficking", "House"),
        ("child", "Child"),
    ]


def test_no_more_lines_than_asked_for_are_given() -> None:
    assert names(of(line("House"), line("Home"), line("Ear", "crisis")).lines("US", limit=2)) == ["House", "Home"]


def test_an_ear_comes_before_an_investigator() -> None:
    found = of(line("Police", **POLICE, **ALWAYS), line("Office", before_you_call=["line_warn_state"]), line("House"))

    assert names(found.lines("US")) == ["House", "Office", "Police"]
    assert names(found.lines("US", limit=1)) == ["House"]


def test_who_takes_callers_comes_before_who_takes_only_those_whom_others_send() -> None:
    found = of(line("Programme", before_you_call=["know_by_referral"], **ALWAYS), line("Way"))

    assert names(found.lines("US")) == ["Way", "Programme"]


def test_a_line_for_the_whole_country_comes_before_one_for_a_region() -> None:
    found = of(line("Texan", **IN_TEXAS, **ALWAYS), line("House"))

    assert [one.region for one in found.lines("US")] == [None, "Texas"]


@pytest.mark.parametrize(("limit", "given"), [(3, ["House", "Ear", "Border"]), (2, ["House", "Ear"])])
def test_who_enforces_immigration_law_comes_after_all_others(limit: int, given: list[str]) -> None:
    found = of(line("Border", **BORDER, **ALWAYS), line("Ear", "crisis"), line("House"))

    assert names(found.lines("US", limit=limit)) == given


def test_a_second_line_for_the_need_comes_before_who_enforces_immigration_law() -> None:
    found = of(line("Border", **BORDER), line("House"), line("Home"), line("Ear", "crisis"))

    assert names(found.lines("US", limit=10)) == ["House", "Home", "Ear", "Border"]


def test_no_more_lines_are_put_before_it_than_an_answer_holds() -> None:
    found = of(line("Border", **BORDER), line("House"), line("Home"), line("Hut"), line("Child", "child"))

    assert names(found.lines("US", limit=10)) == ["House", "Home", "Hut", "Border"]


def test_who_enforces_immigration_law_is_given_where_there_is_nobody_else() -> None:
    assert names(of(line("Border", **BORDER)).lines("US")) == ["Border"]


def test_room_for_another_line_is_made_in_a_list_of_police_lines() -> None:
    found = of(line("Police", **POLICE), line("Women", "domestic_violence"))

    assert names(found.lines("US", limit=1)) == ["Women"]
    assert names(found.lines("US", limit=2)) == ["Police", "Women"]


def test_wherever_there_is_a_line_one_is_given(directory: Directory) -> None:
    assert [country for country, lines in directory.national.items() if lines and not directory.lines(country)] == []


def test_wherever_there_is_another_line_the_police_are_not_the_only_one(directory: Directory) -> None:
    calm = [country for country, lines in directory.national.items() if any(not one.about_police for one in lines)]

    assert [country for country in calm if all(one.about_police for one in directory.lines(country))] == []


@every("notice", get_args(Notice))
def test_all_that_must_be_known_before_a_call_is_said(notice: str) -> None:
    (one,) = of(line("House", before_you_call=[notice])).lines("US")

    assert one.reply()["arguments"]["warning"] == [{"say": notice, "arguments": {}}]


def test_a_line_that_takes_texts_says_where_and_what_to_text() -> None:
    phones = [{"number": "988"}, {"number": "233733", "type": "text", "word": "HELP"}]
    (one,) = of(line("House", phones=phones)).lines("US")

    assert (one.number, one.sms, one.sms_word) == ("988", "233733", "HELP")


def test_doubtful_hours_are_not_told() -> None:
    (one,) = of(line("House", schedules=[{"hours_note": "24/7 in 2019"}])).lines("US")

    assert one.always_open is None


def test_a_line_is_said_with_its_hours_its_date_and_its_warning() -> None:
    (one,) = of(line("Police", **POLICE, **ALWAYS, last_seen="2025-12-16")).lines("US")

    assert one.reply() == {
        "say": "line_national",
        "arguments": {
            "name": "Police",
            "number": "988",
            "open": {"say": "line_open_always", "arguments": {}},
            "seen": {"say": "line_seen", "arguments": {"date": "2025-12-16"}},
            "warning": [{"say": "line_warn_police", "arguments": {}}],
        },
    }


def test_what_is_not_known_of_a_line_is_left_out_or_called_unknown() -> None:
    (one,) = of(line("House")).lines("US")

    assert one.reply() == {
        "say": "line_national",
        "arguments": {
            "name": "House",
            "number": "988",
            "open": "",
            "seen": {"say": "line_seen_unknown", "arguments": {}},
            "warning": [],
        },
    }


def test_a_line_of_a_region_says_which() -> None:
    (one,) = of(line("House", **IN_TEXAS)).lines("US")

    assert one.reply()["arguments"]["name"] == "House (Texas)"
