"""Whom to call: which lines are given for a need, in which order, and how each is said."""

from pathlib import Path
from typing import get_args

import pytest

from resources_directory.directory import Directory
from resources_directory.line import Line
from resources_directory.resource import Notice

COUNTRY = """
country: ES
organizations:
  - name: House
    operated_by: ngo
    services:
      - {id: es-house, name: House, kinds: [trafficking], phones: [{number: 900 000 001}], %s}
"""

BORDER = """
  - name: Border
    operated_by: police
    services:
      - id: us-border
        name: Border
        kinds: [trafficking]
        phones: [{number: 1-800-555-0001}]
        before_you_call: [line_warn_police, line_warn_immigration]
        schedules: [{always: true}]
        status: active
        verified: true
"""
OTHERS = """
  - name: House
    operated_by: ngo
    services:
      - {id: us-ear, name: Ear, kinds: [crisis], phones: [{number: 988}], status: active, verified: true}
      - {id: us-house, name: House, kinds: [trafficking], phones: [{number: 233}], status: active, verified: true}
"""


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory.load()


def _only(folder: Path, state: str) -> list[Line]:
    (folder / "es.yml").write_text(COUNTRY % state)
    return Directory.load(folder).lines("ES")


def test_a_verified_active_line_is_given(tmp_path: Path) -> None:
    assert [line.number for line in _only(tmp_path, "status: active, verified: true")] == ["900 000 001"]


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
    ireland = (COUNTRY % "status: active, verified: true").replace("ES", "IE").replace("es-", "ie-")
    (tmp_path / "ie.yml").write_text(ireland.replace("900 000 001", "1850 609090"))

    assert Directory.load(tmp_path).lines("IE") == []


def test_trafficking_comes_first_and_then_the_needs_as_they_were_told(directory: Directory) -> None:
    found = directory.lines("GB", ("labour", "crisis"))

    assert [line.kind for line in found] == ["trafficking", "labour", "crisis"]


def test_each_need_gets_a_line_before_any_gets_two(directory: Directory) -> None:
    found = directory.lines("PT", ("domestic_violence", "child"))

    assert [line.kind for line in found] == ["trafficking", "domestic_violence", "child"]


def test_a_line_for_two_needs_is_given_once(directory: Directory) -> None:
    found = directory.lines("VN", ("child", "domestic_violence"), limit=10)

    assert [line.number for line in found].count("111") == 1


def test_a_line_that_helps_with_two_needs_stands_where_nothing_else_does(directory: Directory) -> None:
    found = directory.lines("EG", ("domestic_violence", "child"))

    assert [(line.kind, line.number) for line in found] == [
        ("trafficking", "15508"),
        ("domestic_violence", "15115"),
        ("child", "16000"),
    ]


def test_no_more_lines_than_asked_for_are_given(directory: Directory) -> None:
    assert len(directory.lines("GB", ("domestic_violence",), limit=2)) == 2


def test_an_ear_comes_before_an_investigator(directory: Directory) -> None:
    found = directory.lines("ES", limit=3)

    assert [line.notices for line in found] == [(), ("line_warn_police",)]


@pytest.mark.parametrize(("limit", "given"), [(3, ["us-house", "us-ear", "us-border"]), (2, ["us-house", "us-ear"])])
def test_who_enforces_immigration_law_comes_after_all_others(tmp_path: Path, limit: int, given: list[str]) -> None:
    (tmp_path / "us.yml").write_text(f"country: US\norganizations:{BORDER}{OTHERS}")

    assert [line.id for line in Directory.load(tmp_path).lines("US", limit=limit)] == given


def test_a_second_line_for_the_need_comes_before_who_enforces_immigration_law(tmp_path: Path) -> None:
    both = OTHERS.replace("[crisis]", "[trafficking]")
    (tmp_path / "us.yml").write_text(f"country: US\norganizations:{BORDER}{both}")

    given = [line.id for line in Directory.load(tmp_path).lines("US")]

    assert given == ["us-ear", "us-house", "us-border"]


def test_who_enforces_immigration_law_is_given_where_there_is_nobody_else(tmp_path: Path) -> None:
    (tmp_path / "us.yml").write_text(f"country: US\norganizations:{BORDER}")

    assert [line.id for line in Directory.load(tmp_path).lines("US")] == ["us-border"]


@pytest.mark.parametrize("notice", get_args(Notice))
def test_all_that_must_be_known_before_a_call_is_said(tmp_path: Path, notice: str) -> None:
    (line,) = _only(tmp_path, f"status: active, verified: true, before_you_call: [{notice}]")

    assert line.reply()["arguments"]["warning"] == [{"say": notice, "arguments": {}}]


def test_a_line_for_the_whole_country_comes_before_one_for_a_region(directory: Directory) -> None:
    found = directory.lines("PT", limit=2)

    assert [line.region for line in found] == [None, "Norte"]


@pytest.mark.parametrize("country", ["KE", "NP", "SG", "NZ", "PK", "AT", "MT"])
def test_who_dares_not_call_the_police_is_given_another_line(directory: Directory, country: str) -> None:
    found = directory.lines(country)

    assert {line.about_police for line in found} == {True, False}


@pytest.mark.parametrize("country", ["AM", "HK", "JP", "LB", "UG"])
def test_where_no_line_on_trafficking_is_known_another_is_given(directory: Directory, country: str) -> None:
    assert directory.lines(country)


def test_room_for_another_line_is_made_in_a_list_of_police_lines(directory: Directory) -> None:
    found = directory.lines("KE", limit=1)

    assert [line.kind for line in found] == ["domestic_violence"]


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("US", "1-866-347-2423"),
        ("AT", "0677 61 34 34 34"),
        ("IE", "1800 666 111"),
        ("AU", "131 237"),
        ("PK", "111-247-786"),
        ("KH", "117"),
    ],
)
def test_the_police_are_announced(directory: Directory, country: str, number: str) -> None:
    found = {line.number: line.notices for line in directory.lines(country, limit=20)}

    assert "line_warn_police" in found[number]


@pytest.mark.parametrize(("country", "number"), [("TR", "157"), ("FI", "029 546 3177"), ("TW", "1955")])
def test_an_office_that_also_decides_on_permits_is_announced(directory: Directory, country: str, number: str) -> None:
    found = {line.number: line.notices for line in directory.lines(country, limit=10)}

    assert "line_warn_state" in found[number]


def test_a_line_that_takes_texts_says_where_and_what_to_text(directory: Directory) -> None:
    line = directory.lines("US")[0]

    assert (line.sms, line.sms_word) == ("233733", "HELP")


@pytest.mark.parametrize(
    ("country", "name"), [("GB", "Modern Slavery & Exploitation Helpline"), ("KH", "Child Helpline Cambodia 1280")]
)
def test_doubtful_hours_are_not_told(directory: Directory, country: str, name: str) -> None:
    found = {line.name: line for line in directory.lines(country, ("child",))}

    assert found[name].always_open is None


def test_a_line_is_said_with_its_hours_its_date_and_its_warning(directory: Directory) -> None:
    police = directory.lines("ES")[1]

    assert police.reply() == {
        "say": "line_national",
        "arguments": {
            "name": "Policía Nacional (trata)",
            "number": "900 105 090",
            "open": {"say": "line_open_always", "arguments": {}},
            "seen": {"say": "line_seen", "arguments": {"date": "2025-12-16"}},
            "warning": [{"say": "line_warn_police", "arguments": {}}],
        },
    }


def test_what_is_not_known_of_a_line_is_left_out_or_called_unknown(directory: Directory) -> None:
    line = directory.lines("GB")[0]

    assert line.reply() == {
        "say": "line_national",
        "arguments": {
            "name": "Modern Slavery & Exploitation Helpline",
            "number": "08000 121 700",
            "open": "",
            "seen": {"say": "line_seen_unknown", "arguments": {}},
            "warning": [],
        },
    }


def test_a_line_of_a_region_says_which(directory: Directory) -> None:
    norte = next(line for line in directory.national["PT"] if line.region == "Norte")
    assert norte.reply()["arguments"]["name"] == f"{norte.name} (Norte)"
