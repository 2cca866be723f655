"""Which services near a place give way to a line of the country that fits better."""

from typing import Any

import pytest

from resources_directory.model.needs import kinds
from tests.resources_directory.ranking.conftest import Find, names
from tests.resources_directory.ranking.lines import line
from tests.resources_directory.small import query, service

LAW = query(kinds=kinds("find_legal_aid", young=False))
TALK = kinds("find_counselling", young=False)
WORK = line("Work", "labour", "legal_aid")
RIGHTS = line("Rights", "labour")
EAR = line("Ear", "crisis")
SEEN_BY_TWO = {"confirmed_by": "second"}
HERS: dict[str, Any] = {"eligibility": {"genders": ["female"]}}


def home(**fields: Any) -> dict[str, Any]:
    return service("Home", kinds=["trafficking", "domestic_violence", "shelter", "legal_aid"], **SEEN_BY_TWO | fields)


def house(**fields: Any) -> dict[str, Any]:
    return service("House", kinds=["trafficking", "case_management"], **fields)


def test_a_house_for_violence_at_home_gives_way_to_who_advises_workers(find: Find) -> None:
    assert names(find([home(), WORK], LAW)) == ["Work"]
    assert names(find([home()], LAW)) == ["Home"]


def test_a_house_for_trafficked_people_that_has_lawyers_keeps_its_place(find: Find) -> None:
    rows = [service("Refuge", kinds=["trafficking", "shelter", "legal_aid"], **SEEN_BY_TWO), WORK]

    assert names(find(rows, LAW)) == ["Refuge", "Work"]


def test_who_is_only_for_trafficked_people_gives_way_to_the_help_itself(find: Find) -> None:
    assert names(find([house(), RIGHTS], LAW)) == ["Rights"]
    assert names(find([house(), service("Lawyer"), RIGHTS], LAW)) == ["Lawyer", "Rights"]
    assert names(find([house(), EAR], query(kinds=TALK))) == ["Ear"]


@pytest.mark.parametrize(
    "unlike",
    [
        {"before_you_call": ["line_warn_police"]},
        {"service_area": {"extent_type": "region", "name": "Texas"}},
        {"for": ["seafarers"]},
        {"nationals": ["PH"]},
        {"kinds": ["medical", "referral"]},
    ],
)
def test_a_line_of_the_police_of_a_region_or_for_others_makes_nobody_give_way(
    find: Find, unlike: dict[str, Any]
) -> None:
    assert names(find([house(), RIGHTS | unlike], LAW))[0] == "House"


def test_who_speaks_the_language_keeps_its_place_before_who_does_not(find: Find) -> None:
    spanish = RIGHTS | {"languages": ["es"]}  # spoken there too

    assert names(find([house(languages=["en"]), spanish], LAW))[0] == "House"
    assert names(find([house(), spanish], LAW)) == ["Rights"]


@pytest.mark.parametrize("asked", [{"open_now": True}, {"free": True}, {"nearer_than": 50.0}, {"language": "en"}])
def test_what_is_asked_for_this_once_is_asked_of_services(find: Find, asked: dict[str, Any]) -> None:
    rows = [house(schedules=[{"always": True}], languages=["en"]), RIGHTS]

    assert names(find(rows, query(kinds=LAW.kinds, **asked)))[0] == "House"


def test_a_line_that_was_given_before_makes_nobody_give_way(find: Find) -> None:
    assert names(find([house(), RIGHTS], query(kinds=LAW.kinds, without=frozenset({"us-rights"}))))[0] == "House"


def test_a_service_for_women_gives_way_while_nobody_has_said_that_they_are_one(find: Find) -> None:
    rows = [service("Rose", kinds=["counselling"], **HERS), EAR]

    assert names(find(rows, query(kinds=TALK))) == ["Ear"]
    assert names(find(rows, query(kinds=TALK, gender="female"))) == ["Rose", "Ear"]


def test_a_bed_for_women_does_not(find: Find) -> None:
    rows = [service("Rose", kinds=["shelter"], **SEEN_BY_TWO, **HERS), line("Night")]

    assert names(find(rows, query(kinds=kinds("find_shelter", young=False)))) == ["(Rose)", "Night"]
