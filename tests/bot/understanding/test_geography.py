"""Places that a phone tells, rounded to a city."""

from bot.understanding.geography import nearest_city
from tests.every import every


@every(
    ("latitude", "longitude", "country"),
    [(48.8584, 2.2945, "FR"), (14.6, 120.98, "PH"), (-33.9, 18.4, "ZA"), (64.1, -21.9, "IS"), (-17.7, 178.0, "FJ"),
     (25.2, 55.3, "AE")],
)  # fmt: skip
def test_the_country_of_the_nearest_city_is_found(latitude: float, longitude: float, country: str) -> None:
    assert nearest_city(latitude, longitude).name[-4:] == f", {country}"


def test_near_the_date_line_the_other_side_is_near() -> None:
    assert nearest_city(-16.8, -179.9).name[-2:] == nearest_city(-16.8, 179.9).name[-2:] == "FJ"


def test_cities_of_one_name_are_told_apart_by_their_number() -> None:
    illinois, missouri = nearest_city(39.80, -89.64), nearest_city(37.21, -93.29)
    assert illinois.name == missouri.name == "Springfield, US"
    assert (illinois.id, missouri.id) == (4250542, 4409896)
