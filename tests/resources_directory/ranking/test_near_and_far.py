"""Services near a place beside the lines of the country: what is too far, whom a service fits, and what is left to say."""

from typing import Any

import pytest

from resources_directory.model.place import Place
from tests.resources_directory.ranking.conftest import Find, names
from tests.resources_directory.ranking.lines import line
from tests.resources_directory.small import query, service

MANCHESTER = Place(2643123, "Manchester", "GB", "ENG", "England", 53.48, -2.24, 395_515, "Europe/London")
LAWYER, HOUSE = line("Lawyer", "legal_aid"), line("House")
HERS: dict[str, Any] = {"eligibility": {"genders": ["female"]}}


def in_london() -> dict[str, Any]:
    place = {"location_type": "physical", "city": "London", "latitude": 51.51, "longitude": -0.13}
    phones = [{"number": "020 7946 0100"}]
    return service("London Law", locations=[place], phones=phones) | {"id": "gb-london-law"}


def test_a_service_far_away_in_a_small_country_gives_way_to_a_line_of_the_country(find: Find) -> None:
    asked = query(country="GB", place=MANCHESTER)
    lawyer = LAWYER | {"id": "gb-lawyer", "phones": [{"number": "0800 555 111"}]}

    found = find([in_london(), lawyer], asked, "GB")

    assert (names(found), found.reach) == (["Lawyer"], None)
    assert names(find([in_london()], asked, "GB")) == ["London Law"]


def test_in_a_wide_country_it_is_what_there_is(find: Find) -> None:
    assert names(find([service("Dallas Law", "Dallas"), LAWYER])) == ["Dallas Law", "Lawyer"]


def test_a_service_for_women_comes_last_while_nobody_has_said_that_they_are_one(find: Find) -> None:
    rows = [service("Rose Law", **HERS), service("Lily Law", **HERS), service("Lamp Law", "Galveston")]

    assert names(find(rows)) == ["Lamp Law", "(Rose Law)"]
    assert names(find(rows, query(gender="female"))) == ["Rose Law", "Lily Law", "Lamp Law"]
    assert names(find(rows, query(gender="male"))) == ["Lamp Law"]


def test_it_fits_violence_at_home(find: Find) -> None:
    rows = [service("Rose House", kinds=["domestic_violence"], **HERS)]

    assert names(find(rows, query(kinds=("domestic_violence",)))) == ["Rose House"]


def test_what_is_left_to_say_is_told_where_nothing_of_the_country_fits(find: Find) -> None:
    floor = find([line("Ear", "crisis")], query(kinds=("medical",))).floor

    assert floor is not None
    assert (floor.emergency and floor.emergency.ambulance, floor.consulate) == ("912", False)


@pytest.mark.parametrize("rows", [[LAWYER], [service("Lamp Law")]])
def test_where_something_fits_nothing_more_is_said(find: Find, rows: list[dict[str, Any]]) -> None:
    assert find(rows).floor is None


def test_where_there_is_no_line_at_all_those_for_any_country_are_left(find: Find) -> None:
    found = find([service("Clinic", kinds=["medical"])], query(kinds=("labour",)))

    assert found.floor is not None
    assert ([one.name for one in found.floor.lines], found.floor.consulate) == (["Home"], True)


def test_a_line_that_is_given_is_not_said_once_more(find: Find) -> None:
    found = find([HOUSE], query(kinds=("return",)))

    assert names(found) == ["Home", "(House)"]
    assert found.floor is not None
    assert found.floor.lines == ()
