"""Checks for mistakes that a well-formed country file can still have, in sentences with file, entry and field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import opening_hours

from resources_directory.files.entries_folder import BadEntry, file_of, line_of, read_folder
from resources_directory.model.hsds import CountryEntries, Evidence, Location, Service
from resources_directory.model.phone_numbers import mistake_in

# One hundredth of a degree is about a kilometer: a city, not a door.
DECIMALS_OF_A_CITY = 2


def mistakes(countries: Iterable[CountryEntries], today: date, folder: Path | None = None) -> Iterator[str]:
    """Yield the mistakes in all country files that must never reach a person; with `folder`, the line of the entry too."""
    checks = _Checks(today, folder)
    for entries in countries:
        yield from checks.in_country(entries)


def checked(folder: Path) -> Iterator[CountryEntries]:
    """Yield every country file of a folder; raise BadEntry with all mistakes of the first file that has any.

    Dates are left to `mistakes`: a machine whose clock is wrong must not take anybody's directory away.
    """
    checks = _Checks(None, folder)
    for entries in read_folder(folder):
        if found := list(checks.in_country(entries)):
            raise BadEntry("\n".join(found))
        yield entries


@dataclass
class _Checks:
    """What is wrong in one file after another; an id may stand in one of them only."""

    today: date | None
    folder: Path | None
    ids: set[str] = field(default_factory=set)
    hsds_ids: set[str] = field(default_factory=set)

    def in_country(self, entries: CountryEntries) -> Iterator[str]:
        for row in entries.emergency:
            place = self._place(entries, "number", row.number)
            for mistake in _in_proof(row, self.today):
                yield f"{place}, {row.name or 'emergency'}: {mistake}"
        for service in _services(entries):
            found = [*in_service(service, entries.country), *_in_proof(service, self.today), *self._twice(service)]
            if found:
                place = self._place(entries, "id", service.id)
                yield from (f"{place}, {service.id}: {mistake}" for mistake in found)

    def _twice(self, service: Service) -> Iterator[str]:
        """Yield the ids that another service has too: it would be hidden, in a search and in an export."""
        if service.id in self.ids:
            yield "id: another service has this id."
        if service.hsds_id in self.hsds_ids:
            yield f"hsds_id: another service has {service.hsds_id}."
        self.ids.add(service.id)
        if service.hsds_id:
            self.hsds_ids.add(service.hsds_id)

    def _place(self, entries: CountryEntries, field_: str, value: str) -> str:
        file = file_of(entries.country)
        line = line_of(self.folder / file, field_, value) if self.folder else None
        return f"{file}, line {line}" if line else file


def _in_proof(row: Evidence, today: date | None) -> Iterator[str]:
    # A typo in the year would keep a row fresh for a lifetime. One day ahead is only another time zone.
    for name, day in (("checked_on", row.checked_on), ("last_seen", row.last_seen)):
        if day is not None and today is not None and day > str(today + timedelta(1)):
            yield f"{name}: {day} lies in the future."
    if row.trusted and not row.sources and row.checked_on is None:
        yield "sources: where does this come from? Without a source, or a check of a steward, it is not given to anybody."


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


def _services(entries: CountryEntries) -> Iterator[Service]:
    for organization in entries.organizations:
        yield from organization.services
