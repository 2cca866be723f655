"""Lines for people in any country, and what is left to say where a country has none."""

from typing import Any

import pytest

from resources_directory.model.directory import Directory
from resources_directory.model.hsds import CountryEntries
from tests.resources_directory.small import entries


def line(id: str, *kinds: str, **fields: Any) -> dict[str, Any]:
    plain = {"id": id, "name": id, "kinds": kinds, "phones": [{"number": f"+44 7909 {sum(map(ord, id)):06}"}]}
    return plain | {"status": "active", "verified": True} | fields


WORLD = entries(
    line("zz-sea", "seafarers", "labour", **{"for": ["seafarers"]}),
    line("zz-pictures", "online_abuse", phones=[], url="https://www.pictures.example/"),
    line("zz-home", "return"),
    country="ZZ",
)
EMERGENCY = {"number": "112", "reaches": ["all"], "status": "active", "verified": True}


def of(*services: dict[str, Any]) -> Directory:
    country = entries(*services).model_dump() if services else {"country": "US"}
    return Directory.of([CountryEntries.model_validate(country | {"emergency": [EMERGENCY]}), WORLD])


def ids(directory: Directory, *needs: str, **known: Any) -> list[str]:
    return [one.id for one in directory.lines("US", needs, **known)]


def test_a_line_for_any_country_is_given_where_the_country_has_none() -> None:
    assert ids(of(), "return") == ["zz-home"]
    assert ids(of(line("us-home", "return")), "return") == ["us-home"]


def test_it_is_given_in_a_country_that_has_no_file() -> None:
    assert [one.id for one in of().lines("AQ", ("return",))] == ["zz-home"]


def test_a_line_for_seafarers_is_for_seafarers_or_for_who_asks_for_one() -> None:
    assert ids(of(), "labour") == []
    assert ids(of(), "labour", people=("seafarers",)) == ["zz-sea"]
    assert ids(of(), "seafarers", "labour") == ["zz-sea"]


def test_it_stands_before_the_line_that_does_not_fit() -> None:
    found = of(line("us-house", "trafficking")).lines("US", ("return",))

    assert [(one.id, one.fits) for one in found] == [("zz-home", True), ("us-house", False)]


def test_a_service_that_is_only_a_page_is_given_by_its_address() -> None:
    (found,) = of().worldwide(("online_abuse",))

    assert (found.number, found.url) == ("pictures.example", "https://www.pictures.example/")


def test_the_world_is_no_country() -> None:
    assert of().countries == ("US",)


def test_where_there_is_no_line_the_floor_has_the_emergency_number_and_what_works_anywhere() -> None:
    floor = of().floor("US")

    assert floor.emergency is not None
    assert (floor.emergency.any, [one.id for one in floor.lines], floor.consulate) == ("112", ["zz-home"], True)


@pytest.mark.parametrize(("kind", "worth_asking"), [("labour", False), ("child", True), ("consulate", True)])
def test_a_consulate_is_worth_asking_where_nobody_is_there_for_foreign_workers(kind: str, worth_asking: bool) -> None:
    assert of(line("us-one", kind)).floor("US").consulate is worth_asking


def test_the_floor_of_no_country_is_what_works_anywhere() -> None:
    floor = of().floor(None, ("seafarers",))

    assert (floor.emergency, [one.id for one in floor.lines]) == (None, ["zz-sea"])
