"""Lines for the people of one other country: a consulate, a labour office abroad, whatever else it helps with."""

from typing import Any

import pytest

from resources_directory.files.checks import in_service
from resources_directory.model.directory import Directory
from resources_directory.model.hsds import Service
from resources_directory.model.line import PhoneLine
from resources_directory.ranking.nationality import is_shared, speaks_like
from tests.every import every
from tests.resources_directory.ranking.lines import line, names, of
from tests.resources_directory.small import service

FOR_INDIANS = line("Delhi", "migrant", "labour", languages=["hi", "en"], nationals=["IN"])


def given(*others: dict[str, Any], needs: tuple[str, ...] = ("labour",), language: str | None = "hi") -> list[str]:
    return names(of(FOR_INDIANS, *others).lines("US", needs, language=language))


def test_it_comes_after_the_lines_for_everybody_also_for_its_own_people() -> None:
    assert given(line("Work", "labour"), line("Union", "labour")) == ["Work", "Union", "Delhi"]


@pytest.mark.parametrize("language", ["ne", "zh-Hans", "uk"])
def test_it_is_not_given_to_who_writes_in_the_language_of_another_country(language: str) -> None:
    assert given(line("Work", "labour"), language=language) == ["Work"]


def test_a_line_in_other_languages_alone_is_not_given_either() -> None:
    assert given(line("Work", "labour"), language="bn") == ["Work"]


def test_who_asks_for_a_consulate_gets_their_own_before_anything_else() -> None:
    assert given(line("Work", "migrant"), needs=("consulate", "migrant")) == ["Delhi", "Work"]


@pytest.mark.parametrize(("language", "found"), [("en", ["Delhi"]), ("tl", []), (None, ["Delhi"])])
def test_who_asks_in_a_language_of_many_countries_may_be_one_of_its_people(
    language: str | None, found: list[str]
) -> None:
    assert given(needs=("consulate",), language=language) == found


def test_it_fills_no_answer_to_something_else() -> None:
    assert given(needs=("legal_aid",)) == []


def test_it_is_said_whose_it_is_in_the_language_of_the_reader() -> None:
    (one,) = of(FOR_INDIANS).lines("US", ("labour",), language="hi")

    assert said(one, "es") == [{"say": "line_for_nationals", "arguments": {"country": "India"}}]
    assert said(one, "hi") == [{"say": "line_for_nationals", "arguments": {"country": "भारत"}}]


def said(one: PhoneLine, locale: str) -> list[dict[str, Any]]:
    warnings: list[dict[str, Any]] = one.reply(locale)["arguments"]["warning"]
    return warnings


def test_where_it_is_all_that_there_is_asking_a_consulate_is_worth_it() -> None:
    assert of(FOR_INDIANS).floor("US", ("labour",)).consulate


@every(
    ("language", "country", "like"),
    [("tl", "PH", True), ("zh-Hans", "CN", True), ("ml", "IN", True), ("es", "MX", True), ("uz", "CN", False)],
)
def test_a_language_may_be_that_of_a_country_or_of_a_region_of_it(language: str, country: str, like: bool) -> None:
    assert speaks_like(language, (country,)) is like


def test_a_language_of_few_countries_is_not_shared() -> None:
    assert (is_shared("es-419"), is_shared("tl")) == (True, False)


def test_a_local_service_and_one_for_the_own_people_of_a_country_are_refused() -> None:
    local = Service.model_validate(service("Desk", nationals=["MX"]))
    own = Service.model_validate(line("Desk", nationals=["US"]))

    assert list(in_service(local, "US")) == [
        "nationals: only a line of a country or region can have them, no local service."
    ]
    assert list(in_service(own, "US")) == ["nationals: US is the country of this file; leave it out."]


def test_every_line_whose_name_says_so_is_marked() -> None:
    lines = [one for found in Directory.load().national.values() for one in found]

    assert [one.id for one in lines if one.name.startswith("For ") and not one.nationals] == []


def test_a_consulate_is_no_other_peoples_whose_language_nobody_speaks_there() -> None:
    lanka = line("Lanka", "consulate", nationals=["LK"], languages=["en", "si"])
    kyrgyz = line("Kyrgyz", "consulate", nationals=["KG"])
    asked = of(lanka, kyrgyz)
    assert names(asked.lines("US", ("consulate",), language="ru")) == ["Kyrgyz"]
    assert names(asked.lines("US", ("consulate",), language="en")) == ["Lanka", "Kyrgyz"]
