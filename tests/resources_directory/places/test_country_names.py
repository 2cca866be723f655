"""A country is found by the name that people use for it."""

import pytest

from resources_directory.places.country_names import country_name, country_of
from resources_directory.places.gazetteer import Gazetteer
from tests.every import every


@every(
    ("said", "code"),
    [
        ("es", "ES"),
        ("Germany", "DE"),
        ("ALEMANIA", "DE"),
        ("Mexico", "MX"),
        ("México ", "MX"),
        ("ألمانيا", "DE"),
        ("السعودية", "SA"),
        ("Україна", "UA"),
        ("भारत", "IN"),
        ("U.K.", "GB"),
        ("USA", "US"),
        ("日本", "JP"),
        ("Guinea Bissau", "GW"),
        ("America", "US"),
    ],
)
def test_a_country_is_found_by_its_name_in_any_language(said: str, code: str) -> None:
    assert country_of(said) == code


@every("said", ["Narnia", "", "zz", "419", "I am in the kitchen"])
def test_what_names_no_country_finds_none(said: str) -> None:
    assert country_of(said) is None


@every(
    ("locale", "name"), [("en", "Germany"), ("es", "Alemania"), ("zh-Hant", "德國"), ("xx", "Germany"), ("", "Germany")]
)
def test_a_country_is_named_for_its_reader(locale: str, name: str) -> None:
    assert country_name("DE", locale) == name


@pytest.mark.parametrize(
    "said", ["es", "ALEMANIA", "السعودية", "U.K.", "日本", "Guinea Bissau", "America", "Narnia", "", "zz", "419"]
)
def test_the_compiled_names_say_the_same(gazetteer: Gazetteer, said: str) -> None:
    assert gazetteer.country_named(said) == country_of(said)
