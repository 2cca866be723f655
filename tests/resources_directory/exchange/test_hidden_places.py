"""What would lead somebody to the door of a shelter, or name a person, does not get in."""

from typing import Any

import pytest

from resources_directory.resource import Location
from tests.resources_directory.exchange.feeds import draft, refusal, service

HIDDEN = (Location(location_type="virtual", city="Houston", region="TX", confidential=True),)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Emergency Shelter"},
        {"name": "Women's Refuge and Legal Aid"},
        {"name": "Frauenhaus Rechtsberatung"},
        {"description": "The address is confidential."},
        {"alert": "Undisclosed location."},
        {"attributes": [{"id": "x", "taxonomy_term": {"name": "Domestic Violence Shelters"}}]},
    ],
)
@pytest.mark.parametrize("keep_addresses", [False, True])
def test_a_hidden_place_is_its_city_and_nothing_else(changes: dict[str, Any], keep_addresses: bool) -> None:
    kept = draft(service(**changes), keep_addresses=keep_addresses).service

    assert kept.locations == HIDDEN
    told = kept.model_dump_json()
    assert not [secret for secret in ("Main Street", "77002", "29.7", "95.3") if secret in told]
    assert "hidden place" in (kept.doubt or "")


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("We help. Come to 12 Main Street. Ring first.", "We help. Ring first."),
        ("We help. The house is at 4 Oak Avenue. Ring first.", "We help. Ring first."),
        ("We help. Zip 77002. Ring first.", "We help. Ring first."),
        ("We help. Ask for Ann Persona. Ring first.", "We help. Ring first."),
        ("We help. Write to ann@example.org. Ring first.", "We help. Ring first."),
        ("Siamo in Via Roma 5. Chiamare prima.", "Chiamare prima."),
        ("Ulica Długa 7, Warszawa. Zadzwoń.", "Zadzwoń."),
    ],
)
def test_a_sentence_that_tells_the_door_or_a_person_is_left_out(sentence: str, kept: str) -> None:
    row = service(name="Emergency Shelter", description=sentence)
    row["contacts"] = [{"id": "c", "name": "Ann Persona", "email": "ann@example.org"}]

    assert draft(row).service.description == kept


def test_a_name_that_tells_the_address_refuses_the_row() -> None:
    assert refusal(service(name="Shelter 12 Main Street")) == "its name tells an address or a person"


def test_an_address_that_is_public_is_kept_only_when_asked_for() -> None:
    assert draft(service()).service.locations[0].address is None
    assert draft(service(), keep_addresses=True).service.locations[0].address == "12 Main Street, 77002"


def test_coordinates_are_no_finer_than_a_kilometre() -> None:
    place = draft(service(), keep_addresses=True).service.locations[0]

    assert (place.latitude, place.longitude) == (29.76, -95.37)


@pytest.mark.parametrize(("latitude", "longitude"), [(0, 0), (100, 101), ("x", 3), (None, 3)])
def test_coordinates_that_can_not_be_are_left_out(latitude: Any, longitude: Any) -> None:
    row = service()
    row["service_at_locations"][0]["location"] |= {"latitude": latitude, "longitude": longitude}

    assert draft(row).service.locations[0].latitude is None


def test_names_and_mails_of_contact_persons_are_not_kept() -> None:
    row = service(email="ann@example.org", assurer_email="ann@example.org")
    row["contacts"] = [
        {"id": "c", "name": "Ann Persona", "email": "ann@example.org", "phones": [{"number": "713-526-2101"}]}
    ]

    found = draft(row)

    assert [phone.number for phone in found.service.phones] == ["(713) 526-2100", "713-526-2101"]
    assert not [name for name in ("Ann", "Persona", "ann@") if name in found.service.model_dump_json()]


def test_nothing_that_is_imported_is_served() -> None:
    kept = draft(service(status="active")).service

    assert (kept.status, kept.verified, kept.checked_on, kept.trusted) == ("proposed", False, None, False)
