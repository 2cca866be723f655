"""The shapes in which public directories publish themselves reach the directory, and what has no field there is named."""

from typing import Any
from zipfile import ZipFile

import pytest

from resources_directory.exchange.feeds.mapping import read_mapping
from resources_directory.exchange.feeds.refusal import FeedRefused
from tests.every import every
from tests.resources_directory.exchange.feed_files import HSDS, as_bytes, draft, read, service


def official(name: str) -> bytes:
    """An official example; its British number stands at an address in the United States, which is put right."""
    with ZipFile(HSDS / "hsds-3.2.3-official-examples.zip") as examples:
        return examples.read(name).replace(b'"US"', b'"GB"')


def at_location(city: str, **changes: Any) -> dict[str, Any]:
    """A service at a location, as an API lists them: the service inside, and the place beside it."""
    row = service(**changes)
    ((place,), row["service_at_locations"]) = row["service_at_locations"], []
    place["location"] |= {"id": city, "latitude": None, "longitude": None}
    place["location"]["addresses"][0] |= {"city": city}
    del row["service_at_locations"]
    return {"id": city, **place, "phones": [{"number": "713-526-2101"}], "service": row}


def test_a_service_at_a_location_is_read_with_its_place_and_its_number() -> None:
    kept = draft({"contents": [at_location("Houston")]}).service

    assert (kept.name, [place.city for place in kept.locations]) == ("Immigrant Legal Services", ["Houston"])
    assert [phone.number for phone in kept.phones] == ["(713) 526-2100", "713-526-2101"]


def test_a_service_at_several_locations_is_one_service_with_several_places() -> None:
    found = read(
        as_bytes([at_location("Houston"), at_location("Dallas"), at_location("Houston", id="2", name="Legal Aid")])
    )

    assert found.refused == ()
    assert [[place.city for place in one.service.locations] for one in found.drafts] == [
        ["Houston", "Dallas"],
        ["Houston"],
    ]


@pytest.mark.parametrize(
    "name", ["service_full.json", "service_at_location_full.json", "organization_full.json", "tabular.json"]
)
def test_the_official_examples_are_read(name: str) -> None:
    found = read(official(name))

    assert [one.service.name for one in found.drafts] == ["Community Counselling"]
    assert found.drafts[0].service.phones[0].e164 == "+441234234567"
    assert [place.city for place in found.drafts[0].service.locations] == ["MyCity"]


@pytest.mark.parametrize("name", ["service_list.json", "service_at_location_list.json"])
def test_lists_of_official_examples_have_no_address_and_need_an_area(name: str) -> None:
    assert "constants: area in a mapping file" in read(official(name), country="GB").refused[0].reason

    found = read(official(name), read_mapping(b"country: GB\nconstants: {area: Cornwall}\n"))

    assert [(one.service.name, one.service.service_area.name) for one in found.drafts] == [
        ("Community Counselling", "Cornwall")
    ]


@every(
    ("name", "sentence"),
    [
        ("organization_list.json", "these are organizations without their services"),
        ("location.json", "these are places, so ask for services"),
        ("taxonomy_list.json", "no services in a form that is known here"),
    ],
)
def test_a_page_without_services_is_refused_with_what_it_holds(name: str, sentence: str) -> None:
    with pytest.raises(FeedRefused, match=sentence):
        read(official(name))


def test_a_list_whose_rows_all_share_one_id_says_how_many() -> None:
    rows = [service(minimum_age=age) for age in range(12, 20)] * 16

    found = read(as_bytes({"contents": rows}))

    assert [one.reason for one in found.refused] == [
        "its id stands on 128 rows; 8 of these have its name too and differ, so nobody knows which is right"
    ]


FULL = {
    "accreditations": "All of us are accredited.",
    "licenses": "County licence 7",
    "wait_time": "Two weeks",
    "cost_options": [
        {"option": "Under 18s", "amount": 35, "currency": "gbp", "amount_description": "per hour", "valid_to": "2022-12-31"},
        {"option": "Others", "amount_description": "ask"},
    ],
    "required_documents": [{"document": "Passport"}],
}  # fmt: skip


def test_prices_access_and_accreditations_are_kept_for_the_steward() -> None:
    row = service(**FULL)
    row["service_at_locations"][0]["location"]["accessibility"] = [
        {"description": "Ramp", "details": "Ring at the side."}
    ]

    kept = draft(row).service

    assert kept.evidence == (
        "Prices: Under 18s: 35 GBP per hour (until 2022-12-31); Others: ask. Access: Ramp - Ring at the side. "
        "Papers to bring: Passport. Waiting time: Two weeks. Accreditations: All of us are accredited. Licences: County licence 7."
    )
    assert kept.cost == "paid"


def test_what_has_no_field_is_named_once_with_the_number_of_rows() -> None:
    rows = [
        service(id=str(number), name=f"Legal Aid {number}", funding=[{"source": "Grants"}], program={"name": "P"})
        for number in range(3)
    ]
    rows[0]["organization"]["email"] = "office@example.org"

    found = read(as_bytes(rows))

    assert [(one.row, one.reason) for one in found.left_out] == [
        ("all rows", "no field here for: funding (3), program (3), organization email (1)")
    ]


def test_a_feed_that_fits_has_nothing_named() -> None:
    assert read(as_bytes([service()])).left_out == ()
