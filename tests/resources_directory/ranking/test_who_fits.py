"""Which lines fit whom: seafarers, people who miss an adult, who need a doctor, men, and people of an unknown gender."""

from typing import Any

import pytest

from resources_directory.model.directory import Directory
from resources_directory.model.needs import kinds
from tests.resources_directory.ranking.lines import line, names, of

HOUSE, WORK, EAR = line("House"), line("Work", "labour"), line("Ear", "crisis")
FOR_WOMEN: dict[str, Any] = {"for": ["women"]}
HER = line("Her", "domestic_violence", **FOR_WOMEN)
CHILD = line("Child", "child")
LOST_CHILD = line("Lost", "missing", "child")
FOR_SEAFARERS: dict[str, Any] = {"for": ["seafarers"]}
AT_SEA = line("Sea", "seafarers", "labour", world=True, languages=["en"], **FOR_SEAFARERS)
FAMILIES = line("Links", "missing", world=True)


def given(need: str, *lines: dict[str, Any], people: tuple[str, ...] = (), young: bool = False) -> list[str]:
    return names(of(*lines).lines("US", kinds(need, young), people=people, language="tl"))


def test_the_line_for_seafarers_of_any_country_comes_before_the_labour_lines_of_this_one() -> None:
    assert given("seafarers", WORK, AT_SEA) == ["Sea", "Work"]
    assert given("labour", WORK, AT_SEA, people=("seafarers",)) == ["Sea", "Work"]


def test_nobody_else_is_given_a_line_for_seafarers() -> None:
    assert given("labour", WORK, AT_SEA) == ["Work"]


def test_an_adult_is_not_looked_for_by_a_line_for_children() -> None:
    assert given("missing", CHILD, LOST_CHILD, HOUSE, FAMILIES) == ["Links", "(House)"]
    assert given("missing", LOST_CHILD) == ["(Lost)"]


def test_a_child_is() -> None:
    found = given("missing", CHILD, LOST_CHILD, FAMILIES, people=("children",), young=True)

    assert found == ["Lost", "Child"]


def test_who_asks_for_a_line_for_children_means_a_child() -> None:
    assert names(of(CHILD).lines("US", ("child",))) == ["Child"]


def test_a_need_for_a_doctor_is_not_answered_by_who_helps_after_violence() -> None:
    assert given("find_medical_care", HOUSE, HER, EAR) == ["(House)"]
    assert given("find_medical_care", HER) == []
    assert names(of(HOUSE, HER).lines("US", ("medical", "trafficking", "domestic_violence"))) == ["(House)"]


def test_a_line_that_has_doctors_too_answers_it() -> None:
    clinic = line("Clinic", "domestic_violence", "medical")

    assert given("find_medical_care", HOUSE, clinic) == ["Clinic", "(House)"]


@pytest.mark.parametrize(
    ("need", "number"), [("medical", "912"), ("missing", "913"), ("labour", "911"), ("shelter", "911")]
)
def test_the_number_for_an_emergency_is_that_of_who_comes_for_it(need: str, number: str) -> None:
    emergency = of().floor("US", (need,)).emergency

    assert emergency is not None
    assert emergency.for_need((need,)) == number


def test_no_consulate_is_named_to_who_needs_a_doctor() -> None:
    assert not of().floor("US", ("medical",)).consulate
    assert of().floor("US", ("labour",)).consulate


def test_who_asks_for_one_is_sent_to_it_also_where_others_help() -> None:
    assert of(WORK).floor("US", ("consulate", "migrant")).consulate


def test_where_nothing_for_any_country_fits_the_floor_has_who_can_say_more() -> None:
    floor = of(line("Home", "return", world=True)).floor("US", ("labour",))

    assert names(list(floor.lines)) == ["(Home)"]


def test_a_line_for_women_is_never_given_to_a_man() -> None:
    assert given("find_shelter", HOUSE, HER, people=("men",)) == ["House"]
    assert given("find_shelter", HER, people=("men",)) == []


def test_to_somebody_of_an_unknown_gender_a_line_for_women_only_fills_an_answer() -> None:
    assert given("find_shelter", HER, HOUSE) == ["House", "(Her)"]
    assert given("find_counselling", HER, EAR, line("Talk", "counselling"), HOUSE) == ["Talk", "Ear", "House"]


def test_another_line_fills_it_before() -> None:
    assert given("find_shelter", HER, CHILD) == ["(Her)"]
    assert given("missing", HER, EAR) == ["(Ear)"]


@pytest.mark.parametrize(("need", "people"), [("find_shelter", ("women",)), ("domestic_violence", ())])
def test_a_line_for_women_fits_a_woman_and_violence_at_home(need: str, people: tuple[str, ...]) -> None:
    wanted = ("domestic_violence",) if need == "domestic_violence" else kinds(need, young=False)

    assert names(of(HER).lines("US", wanted, people=people)) == ["Her"]


def test_no_line_that_is_named_for_women_is_given_to_a_man() -> None:
    lines = [one for found in Directory.load().national.values() for one in found]
    named = ("(women)", "(mujeres)", "(mulheres)", "Women's Refuge", "Women's Aid")

    assert [one.id for one in lines if any(part in one.name for part in named) and "women" not in one.people] == []


IN_TEXAS: dict[str, Any] = {"service_area": {"extent_type": "region", "name": "Texas and Oklahoma"}}
TEXAN = line("Texan", "labour", **IN_TEXAS)


@pytest.mark.parametrize(
    ("near", "found"),
    [
        ("Houston Texas", ["Work", "Texan"]),
        ("Erie Pennsylvania", ["Work"]),
        ("Norman Oklahoma", ["Work", "Texan"]),
        ("Somewhere West Texas Hills", ["Work", "Texan"]),
        ("", ["Work", "Texan"]),
    ],
)
def test_a_line_of_one_region_comes_after_those_of_the_country_and_is_not_for_who_is_elsewhere(
    near: str, found: list[str]
) -> None:
    assert names(of(TEXAN, WORK).lines("US", ("labour",), near=near)) == found


@pytest.mark.parametrize("group", ["lgbt", "disability", "refugees"])
def test_a_line_for_a_few_is_for_those_who_say_that_they_belong_to_them(group: str) -> None:
    theirs: dict[str, Any] = {"for": [group]}
    few = line("Few", "labour", **theirs)
    assert given("labour", few, WORK) == ["Work"]
    assert given("labour", few, WORK, people=(group,)) == ["Few", "Work"]


def test_a_line_for_one_of_the_few_is_for_no_other_of_them() -> None:
    theirs: dict[str, Any] = {"for": ["lgbt"]}
    assert given("labour", line("Few", "labour", **theirs), WORK, people=("refugees",)) == ["Work"]


@pytest.mark.parametrize(("near", "found"), [("Cape Town Western Cape", ["Cape"]), ("Kimberley Northern Cape", [])])
def test_a_word_that_two_regions_share_makes_them_no_one_place(near: str, found: list[str]) -> None:
    area: dict[str, Any] = {"service_area": {"extent_type": "region", "name": "Western Cape"}}
    assert names(of(line("Cape", "labour", **area)).lines("US", ("labour",), near=near)) == found
