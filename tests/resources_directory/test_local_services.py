"""The local services as they stand in the country files: what may be given, and what must never be."""

from collections import Counter
from datetime import date

import opening_hours
import pytest

from resources_directory.discontinued import Discontinued
from resources_directory.entries_folder import ENTRIES, read_folder
from resources_directory.freshness import is_served
from resources_directory.phone_numbers import mistake_in, short_codes
from resources_directory.resource import Location, Phone, Schedule, Service

TODAY = date(2026, 11, 25)
ROWS = [
    (entries.country, service)
    for entries in read_folder(ENTRIES)
    for organization in entries.organizations
    for service in organization.services
]
LOCAL = [(country, service) for country, service in ROWS if not service.national]
PLACES = [(service, location) for _, service in LOCAL for location in service.locations]
SERVED = [
    pytest.param(country, phone, id=f"{service.id} {phone.number} {phone.type}")
    for country, service in ROWS
    if service.trusted
    for phone in service.phones
]
HOURS = [
    pytest.param(schedule, id=service.id)
    for _, service in ROWS
    for schedule in service.schedules
    if schedule.opening_hours
]
UNLISTED = [
    pytest.param(code, service_id, id=f"{country} {code}")
    for country, codes in short_codes().items()
    for code, service_id in codes.items()
]
DEAD = Discontinued.load()


def _named(service: Service) -> str:
    return service.id


def _checked_today(service: Service) -> Service:
    return service.model_copy(update={"checked_on": str(TODAY), "checked_by": "Steward"})


def test_all_rows_of_the_sources_are_there() -> None:
    assert len(LOCAL) == 232
    assert len({country for country, _ in LOCAL}) == 29


def test_a_row_is_active_only_when_its_number_was_read_on_a_page_that_vouches_for_it() -> None:
    assert Counter((service.status, service.verified) for _, service in LOCAL) == {
        ("active", True): 79,
        ("proposed", True): 71,
        ("proposed", False): 82,
    }


@pytest.mark.parametrize("service", [row for _, row in LOCAL if row.status == "proposed"], ids=_named)
def test_a_proposed_service_is_not_given_however_fresh_its_check(service: Service) -> None:
    assert not is_served(_checked_today(service), TODAY)
    assert not service.trusted


@pytest.mark.parametrize("service", [row for _, row in LOCAL if row.status == "active"], ids=_named)
def test_a_service_is_not_given_before_a_steward_looked(service: Service) -> None:
    assert not is_served(service, TODAY)
    assert is_served(_checked_today(service), TODAY)


@pytest.mark.parametrize("service", [row for _, row in LOCAL if row.status == "active"], ids=_named)
def test_what_is_active_can_be_called_and_shows_its_proof(service: Service) -> None:
    assert service.phones
    assert service.evidence
    assert service.sources


@pytest.mark.parametrize(("service", "location"), PLACES, ids=lambda value: getattr(value, "id", ""))
def test_a_place_is_no_finer_than_its_city(service: Service, location: Location) -> None:
    assert (location.latitude, location.longitude) == (
        round(location.latitude or 99, 2),
        round(location.longitude or 999, 2),
    )
    assert location.city == service.service_area.name


@pytest.mark.parametrize(
    ("service", "location"),
    [pytest.param(service, location, id=service.id) for service, location in PLACES if location.confidential],
)
def test_a_hidden_place_has_no_address_and_is_not_to_be_walked_to(service: Service, location: Location) -> None:
    assert location.address is None
    assert location.location_type == "virtual"


def test_the_hidden_places_of_the_sources_are_all_hidden() -> None:
    assert sum(location.confidential for _, location in PLACES) == 99


@pytest.mark.parametrize(("country", "phone"), SERVED)
def test_a_number_that_is_given_can_be_dialled(country: str, phone: Phone) -> None:
    assert mistake_in(phone, country) is None


@pytest.mark.parametrize(("country", "phone"), SERVED)
def test_a_dead_number_is_not_given(country: str, phone: Phone) -> None:
    assert phone.number not in DEAD.of(country)
    assert phone.e164 not in DEAD.of(country)


@pytest.mark.parametrize(("code", "service_id"), UNLISTED)
def test_a_short_code_that_no_plan_knows_is_that_of_the_service_it_names(code: str, service_id: str) -> None:
    service = {service.id: service for _, service in ROWS}[service_id]

    assert code in [phone.number for phone in service.phones]
    assert service.sources or not service.trusted


@pytest.mark.parametrize("schedule", HOURS)
def test_opening_hours_can_be_read(schedule: Schedule) -> None:
    assert opening_hours.validate(schedule.opening_hours or "")


@pytest.mark.parametrize("service", [row for _, row in LOCAL if row.before_you_call_note], ids=_named)
def test_what_to_know_before_a_call_is_short(service: Service) -> None:
    assert len(service.before_you_call_note or "") <= 200


@pytest.mark.parametrize(
    "service_id",
    [
        "kh-phnom-penh-national-police-117",
        "us-miami-dade-state-attorney",
        "us-atlanta-georgia-hotline",
        "my-putrajaya-mapo",
        "ke-mombasa-trace-kenya",
    ],
)
def test_who_passes_on_to_the_police_says_so(service_id: str) -> None:
    service = {service.id: service for _, service in LOCAL}[service_id]

    assert "line_warn_police" in service.before_you_call


@pytest.mark.parametrize(
    ("service_id", "genders", "ages"),
    [
        ("gb-glasgow-tara", ("female",), (18, None)),
        ("np-kathmandu-pncc", ("male",), (None, None)),
        ("us-los-angeles-cast", ("female", "male", "other"), (None, None)),
        ("us-new-york-city-gems", ("female",), (12, 24)),
        ("be-namur-esperanto", (), (None, 17)),
        ("de-hamburg-koofra-e-v", ("female",), (None, None)),
        ("us-hayward-ruby-s-place", (), (None, None)),
        ("gb-mens-advice-line", ("male",), (None, None)),
        ("cz-linka-bezpeci", (), (None, 26)),
    ],
)
def test_who_may_come_is_what_the_row_says(
    service_id: str, genders: tuple[str, ...], ages: tuple[int | None, int | None]
) -> None:
    eligibility = {service.id: service for _, service in ROWS}[service_id].eligibility

    assert eligibility.genders == genders
    assert (eligibility.minimum_age, eligibility.maximum_age) == ages
