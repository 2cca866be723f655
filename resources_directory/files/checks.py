"""Checks for mistakes that a well-formed country file can still have, in sentences with file, entry and field."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import opening_hours

from resources_directory.files.entries_folder import file_of
from resources_directory.model.hsds import CountryEntries, Evidence, Location, Service
from resources_directory.model.phone_numbers import mistake_in

# One hundredth of a degree is about a kilometer: a city, not a door.
DECIMALS_OF_A_CITY = 2


def mistakes(countries: Sequence[CountryEntries], today: date) -> Iterator[str]:
    """Yield the mistakes in all country files that must never reach a person."""
    for entries in countries:
        for row in entries.emergency:
            for mistake in _in_proof(row, today):
                yield f"{_file(entries)}, {row.name or 'emergency'}: {mistake}"
        for service in _services(entries):
            for mistake in (*in_service(service, entries.country), *_in_proof(service, today)):
                yield f"{_file(entries)}, {service.id}: {mistake}"
    yield from _twice(countries)


def _in_proof(row: Evidence, today: date) -> Iterator[str]:
    # A typo in the year would keep a row fresh for a lifetime. One day ahead is only another time zone.
    if row.checked_on is not None and row.checked_on > str(today + timedelta(1)):
        yield f"checked_on: {row.checked_on} lies in the future."


def in_service(service: Service, country: str) -> Iterator[str]:
    """Yield what is wrong with one service."""
    yield from _in_phones(service, country)
    yield from _in_hours(service)
    yield from _in_places(service)
    yield from _in_nationals(service, country)


def _in_phones(service: Service, country: str) -> Iterator[str]:
    # The number of a closed service may have left the numbering plan too.
    if service.status != "closed":
        yield from filter(None, (mistake_in(phone, country) for phone in service.phones))


def _in_hours(service: Service) -> Iterator[str]:
    for schedule in service.schedules:
        hours = schedule.opening_hours
        if hours is not None and not opening_hours.validate(hours):
            yield f"opening_hours: {hours!r} is not in the form of OpenStreetMap; unsure hours go into hours_note."


def _in_nationals(service: Service, country: str) -> Iterator[str]:
    # A search near a place does not know whose a service is, and a country's own people are everybody.
    if service.nationals and not service.national:
        yield "nationals: only a line of a country or region can have them, no local service."
    if country in service.nationals:
        yield f"nationals: {country} is the country of this file; leave it out."


def _in_places(service: Service) -> Iterator[str]:
    # An imported row has no coordinates when its place is hidden; it is shown to nobody until a steward activates it.
    if (
        service.status != "proposed"
        and not service.national
        and not any(_on_the_map(location) for location in service.locations)
    ):
        yield "locations: a local service needs the latitude and longitude of its city."
    for location in service.locations:
        if location.confidential and _finer_than_a_city(location):
            yield f"locations: a confidential place in {location.city} is given finer than its city."


def _on_the_map(location: Location) -> bool:
    return location.latitude is not None and location.longitude is not None


def _finer_than_a_city(location: Location) -> bool:
    degrees = (degree for degree in (location.latitude, location.longitude) if degree is not None)
    return any(round(degree, DECIMALS_OF_A_CITY) != degree for degree in degrees)


def _twice(countries: Sequence[CountryEntries]) -> Iterator[str]:
    """Yield the ids that two services share: the second would hide the first, in a search and in an export."""
    ids: set[str] = set()
    hsds_ids: set[str] = set()
    for entries in countries:
        for service in _services(entries):
            if service.id in ids:
                yield f"{_file(entries)}, {service.id}: id: another service has this id."
            if service.hsds_id in hsds_ids:
                yield f"{_file(entries)}, {service.id}: hsds_id: another service has {service.hsds_id}."
            ids.add(service.id)
            if service.hsds_id:
                hsds_ids.add(service.hsds_id)


def _services(entries: CountryEntries) -> Iterator[Service]:
    for organization in entries.organizations:
        yield from organization.services


def _file(entries: CountryEntries) -> str:
    return file_of(entries.country)
