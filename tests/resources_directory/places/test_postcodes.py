"""What people answer to "where are you?" with a postcode, and which numbers are none."""

import pytest

from resources_directory.model.place import Place
from resources_directory.places.gazetteer import Gazetteer
from tests.resources_directory.labels import labels


@pytest.mark.parametrize(
    ("text", "country", "city", "latitude"),
    [
        ("77002", "US", "Houston, Texas", 29.76),
        ("77002 usa", None, "Houston, Texas", 29.76),
        ("zip 77002", None, "Houston, Texas", 29.76),
        ("77002-1234", "US", "Houston, Texas", 29.76),
        ("Houston TX 77002", None, "Houston, Texas", 29.76),
        ("SW1A 1AA", None, "London, United Kingdom", 51.51),
        ("sw1a1aa", None, "London, United Kingdom", 51.51),
        ("EH1", "GB", "Edinburgh, United Kingdom", 55.95),
        ("M5V 2T6", None, "Toronto, Ontario", 43.64),
        ("m5v", "CA", "Toronto, Ontario", 43.64),
    ],
)
def test_a_postcode_leads_to_its_city_and_lies_in_its_own_place(
    gazetteer: Gazetteer, text: str, country: str | None, city: str, latitude: float
) -> None:
    [place] = gazetteer.find(text, country)
    assert isinstance(place, Place)
    assert (gazetteer.label(place, "en"), place.latitude) == (city, latitude)


def test_a_postcode_of_northern_ireland_leads_to_the_region(gazetteer: Gazetteer) -> None:
    assert labels(gazetteer, "BT1 5GS") == ["Northern Ireland, United Kingdom"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("77002", "DE"),
        ("77002", None),
        ("75001", None),
        ("10115", "DE"),
        ("01001", "UA"),
        ("28012", "ES"),
        ("código postal 28012", None),
        ("M5", None),
        ("00000", "US"),
        ("I owe 50000", None),
    ],
)
def test_a_number_that_may_be_something_else_is_no_postcode(
    gazetteer: Gazetteer, text: str, country: str | None
) -> None:
    assert gazetteer.find(text, country) == []
