"""The local services as they stand in the country files: what may be given, and what must never be."""

from datetime import date

import opening_hours

from resources_directory.model.freshness import is_served
from resources_directory.model.hsds import Location, Service
from resources_directory.model.phone_numbers import mistake_in, short_codes
from tests.resources_directory.every_row import LOCAL, ROWS, places

TODAY = date(2026, 11, 25)
BY_ID = {row.id: row.service for row in ROWS}


def _fresh(service: Service) -> bool:
    """Whether it would be given after a check of today by two stewards."""
    check = {"checked_on": str(TODAY), "checked_by": "Steward", "confirmed_by": "Second"}
    return is_served(service.model_copy(update=check), TODAY)


def _finer_than_a_city(location: Location) -> bool:
    return any(degree is None or round(degree, 2) != degree for degree in (location.latitude, location.longitude))


def test_help_near_is_known_in_many_countries() -> None:
    assert len({row.country for row in LOCAL}) > 15


def test_no_proposed_service_is_given_however_fresh_its_check() -> None:
    proposed = [row.service for row in LOCAL if row.service.status == "proposed"]

    assert [one.id for one in proposed if _fresh(one) or one.trusted] == []


def test_no_service_is_given_before_a_steward_looked() -> None:
    unseen = [row.service for row in LOCAL if row.service.status == "active" and row.service.checked_on is None]

    assert [one.id for one in unseen if is_served(one, TODAY)] == []
    assert [one.id for one in unseen if not _fresh(one)] == []


def test_what_is_active_was_read_on_a_page_can_be_called_and_shows_its_proof() -> None:
    active = [row.service for row in LOCAL if row.service.status == "active"]

    assert [one.id for one in active if not (one.verified and one.phones and one.evidence and one.sources)] == []


def test_no_place_is_finer_than_its_city() -> None:
    assert [f"{id}: {place.city}" for id, _, place in places() if _finer_than_a_city(place)] == []


def test_each_place_lies_in_the_city_that_its_service_is_for() -> None:
    elsewhere = [
        f"{id}: {place.city}, {service.service_area.name}"
        for id, service, place in places()
        if place.city != service.service_area.name
    ]

    assert elsewhere == []


def test_no_shelter_has_an_address_hidden_or_not() -> None:
    assert [id for id, service, place in places() if "shelter" in service.kinds and place.address] == []


def test_every_number_that_is_given_can_be_dialled() -> None:
    mistakes = {
        f"{row.id}: {mistake_in(phone, row.country)}"
        for row in ROWS
        for phone in row.service.phones
        if row.service.trusted and mistake_in(phone, row.country)
    }

    assert sorted(mistakes) == []


def test_every_short_code_that_no_plan_knows_is_that_of_the_service_it_names() -> None:
    unknown = [
        f"{country} {code}: {id}"
        for country, codes in short_codes().items()
        for code, id in codes.items()
        if id not in BY_ID or code not in [phone.number for phone in BY_ID[id].phones]
    ]

    assert unknown == []


def test_all_opening_hours_can_be_read() -> None:
    told = [(row.id, schedule.opening_hours) for row in ROWS for schedule in row.service.schedules]

    assert [f"{id}: {hours}" for id, hours in told if hours and not opening_hours.validate(hours)] == []


def test_what_to_know_before_a_call_is_short() -> None:
    assert [row.id for row in LOCAL if len(row.service.before_you_call_note or "") > 200] == []
