"""Coordinates are taken where they fit the city that the feed names; all others are named and doubted."""

from typing import Any

import pytest

from tests.every import every
from tests.resources_directory.exchange.feed_files import as_bytes, draft, read, service


def placed(latitude: Any, longitude: Any, city: str = "Houston", country: str = "US") -> dict[str, Any]:
    row = service(phones=[])
    place = row["service_at_locations"][0]["location"]
    place |= {"latitude": latitude, "longitude": longitude}
    place["addresses"][0] |= {"city": city, "country": country, "state_province": ""}
    return row


@every(
    ("latitude", "longitude", "city", "country"),
    [
        (29.76043, -95.36981, "Houston", "US"),
        ("29,76", "-95,37", "houston", "US"),
        (29.55, -95.09, "Houston", "US"),  # the edge of a wide city
        (37.21, -93.29, "Springfield", "US"),  # any of those of that name
        (48.14, 11.58, "München", "DE"),
        (48.14, 11.58, "Munich", "DE"),
        (55.75, 37.62, "Москва", "RU"),
        (45.31, -69.0, "A place that nobody has heard of", "US"),
    ],
)
def test_coordinates_in_their_city_are_taken(latitude: Any, longitude: Any, city: str, country: str) -> None:
    found = read(as_bytes(placed(latitude, longitude, city, country)))

    assert found.left_out == ()
    assert found.drafts[0].service.locations[0].latitude is not None


@every(
    ("row", "said"),
    [
        (placed(48.85, 2.35), "its coordinates are 8,086 km from Houston: left out"),
        (placed(32.78, -96.81), "its coordinates are 363 km from Houston: left out"),
        (placed(-95.36981, 29.76043), "its coordinates -95.36981, 29.76043 are no place on earth: left out"),
        (placed(48.85, 2.35, "Nowhere at all"), "its coordinates are not in US: left out"),
        (placed(0, 0), "its coordinates are 0, 0, which means that nobody knows them: left out"),
        (placed(100, 101), "its coordinates 100, 101 are no place on earth: left out"),
        (placed(None, 3), "its coordinates (none), 3 are no place on earth: left out"),
        (placed("north", "west"), "its coordinates north, west are no place on earth: left out"),
        (placed(float("nan"), -95.37), "its coordinates nan, -95.37 are no place on earth: left out"),
        (placed(29.76, float("inf")), "its coordinates 29.76, inf are no place on earth: left out"),
    ],
)
def test_other_coordinates_are_named_doubted_and_not_taken(row: dict[str, Any], said: str) -> None:
    found = read(as_bytes(row))

    kept = found.drafts[0].service
    assert [one.reason for one in found.left_out] == [said]
    assert (kept.locations[0].city, kept.locations[0].latitude, kept.locations[0].longitude) == (
        row["service_at_locations"][0]["location"]["addresses"][0]["city"],
        None,
        None,
    )
    assert said[:1].upper() + said[1:] in (kept.doubt or "")


@pytest.mark.parametrize("number", ["1e400", "-1e400", "NaN", "Infinity"])
def test_numbers_that_json_does_not_know_are_named(number: str) -> None:
    content = as_bytes(placed(29.76, -95.37)).replace(b"29.76", number.encode())

    found = read(content)

    assert "are no place on earth" in found.left_out[0].reason
    assert found.drafts[0].service.locations[0].latitude is None


def test_nothing_is_said_where_a_feed_has_no_coordinates() -> None:
    assert "coordinates" not in (draft(placed(None, None)).service.doubt or "")
