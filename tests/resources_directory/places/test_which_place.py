"""Where several places have one name: which of them is meant, and when people are asked."""

import pytest

from resources_directory.places.gazetteer import Gazetteer
from tests.resources_directory.labels import labels


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("houston tx", "Houston, Texas"),
        ("Paris, Texas", "Paris, Texas"),
        ("Paris France", "Paris, France"),
        ("Los Angeles, California, USA", "Los Angeles, California"),
        ("usa houston", "Houston, Texas"),
        ("Toronto ON", "Toronto, Ontario"),
        ("Lima Ohio", "Lima, Ohio"),
        ("Lima, Perú", "Lima, Peru"),
        ("san juan puerto rico", "San Juan, Puerto Rico"),
        ("حيدر آباد پاکستان", "Hyderabad, Pakistan"),
        ("ढाका बांग्लादेश", "Dhaka, Bangladesh"),
        ("美国纽约", "New York City, New York"),
        ("德克萨斯州休斯顿", "Houston, Texas"),
        ("Лондон, Великобритания", "London, United Kingdom"),
        ("birmingham uk", "Birmingham, United Kingdom"),
    ],
)
def test_a_country_or_region_beside_a_city_tells_which_one_is_meant(gazetteer: Gazetteer, text: str, city: str) -> None:
    assert labels(gazetteer, text) == [city]


@pytest.mark.parametrize(
    ("text", "country", "city"),
    [
        ("Paris", "US", "Paris, Texas"),
        ("Georgia", "US", "Georgia, United States"),
        ("Birmingham", "US", "Birmingham, Alabama"),
        ("Hyderabad", "PK", "Hyderabad, Pakistan"),
        ("Lebanon", "US", "Lebanon, Tennessee"),
        ("Nice", "FR", "Nice, France"),
        ("Reading", "GB", "Reading, United Kingdom"),
        ("Manila", "US", "Manila, Philippines"),
    ],
)
def test_the_country_of_the_conversation_comes_first(gazetteer: Gazetteer, text: str, country: str, city: str) -> None:
    assert labels(gazetteer, text, country)[0] == city


def test_who_names_a_city_and_its_region_at_once_means_the_city(gazetteer: Gazetteer) -> None:
    assert labels(gazetteer, "new york") == ["New York City, New York"]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("paris", ["Paris, France", "Paris, Texas"]),
        ("london", ["London, United Kingdom", "London, Ontario"]),
        ("Valencia", ["Valencia, Venezuela", "Valencia, Spain"]),
        ("Guadalajara", ["Guadalajara, Mexico", "Guadalajara, Spain"]),
        ("Springfield", ["Springfield, Missouri", "Springfield, Massachusetts"]),
        ("Punjab", ["Punjab, Pakistan", "Punjab, India"]),
    ],
)
def test_where_two_are_meant_as_often_both_are_asked_about(gazetteer: Gazetteer, text: str, both: list[str]) -> None:
    asked = gazetteer.ambiguous(gazetteer.find(text))
    assert [gazetteer.label(place, "en") for place in asked][:2] == both


@pytest.mark.parametrize(
    ("text", "third"),
    [
        ("cordoba", "Córdoba, Spain"),
        ("victoria", "Victoria, British Columbia"),
        ("springfield", "Springfield, Illinois"),
    ],
)
def test_the_third_of_a_name_is_asked_about_too(gazetteer: Gazetteer, text: str, third: str) -> None:
    found = gazetteer.ambiguous(gazetteer.find(text, limit=12))
    assert third in [gazetteer.label(place, "en") for place in found]


def test_the_east_of_london_may_be_the_east_london_of_south_africa(gazetteer: Gazetteer) -> None:
    both = ["London, United Kingdom", "East London, South Africa"]
    assert [gazetteer.label(place, "en") for place in gazetteer.ambiguous(gazetteer.find("east london"))] == both


@pytest.mark.parametrize(
    "text", ["houston", "manila", "dubai", "bangkok", "Paris, Texas", "Texas", "hong kong", "lima peru"]
)
def test_where_one_is_meant_nobody_is_asked(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.ambiguous(gazetteer.find(text)) == []


@pytest.mark.parametrize(
    ("name", "cities"),
    [
        ("granada", ["Granada, Spain", "Granada, Nicaragua", "Granada, Meta"]),
        ("Salvador", ["Salvador, Brazil"]),
        ("Armenia", ["Armenia, Colombia"]),
        ("georgia", ["Georgia, United States"]),
        ("mexico", []),
        ("panama", []),
        ("lebanon", []),
    ],
)
def test_large_places_with_the_name_of_a_country_are_known(gazetteer: Gazetteer, name: str, cities: list[str]) -> None:
    assert [gazetteer.label(place, "en") for place in gazetteer.namesakes(name)] == cities


@pytest.mark.parametrize(
    ("text", "locale", "label"),
    [
        ("paris france", "fr", "Paris, France"),
        ("köln", "es", "Köln, Alemania"),
        ("köln", "zh-Hans", "Köln, 德国"),
        ("houston", "ar", "Houston, Texas"),
        ("san fernando, ilocos", "en", "San Fernando, Ilocos"),
        ("scotland", "de", "Scotland, Vereinigtes Königreich"),
    ],
)
def test_a_label_tells_its_reader_which_one_it_is(gazetteer: Gazetteer, text: str, locale: str, label: str) -> None:
    assert gazetteer.label(gazetteer.find(text)[0], locale) == label
