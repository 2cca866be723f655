"""The directory as HSDS 3: nested services, each complete, with nothing that leads to a hidden door."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from resources_directory.exchange import attributes, ids
from resources_directory.exchange.export.export_hours import schedule_rows
from resources_directory.exchange.fields import phone_cells
from resources_directory.exchange.fields.language_codes import name_of
from resources_directory.model.discontinued import Discontinued
from resources_directory.model.freshness import is_served
from resources_directory.model.hsds import CountryEntries, Location, Organization, Phone, Service, Status
from resources_directory.places.country_names import country_name

ExportRow = dict[str, Any]
_STATUS: dict[Status, str] = {
    "active": "active",
    "stale": "active",
    "proposed": "inactive",
    "suspended": "temporarily closed",
    "closed": "defunct",
}
# HSDS requires these fields of an address; we do not store them separately.
_NOT_TOLD = "-"


@dataclass(frozen=True)
class ExportEntry:
    """A service with what it needs to stand on its own."""

    country: str
    organization: Organization
    service: Service

    @property
    def id(self) -> str:
        return ids.exported_id(self.service)


def chosen(entries: Iterable[CountryEntries], today: date, everything: bool = False) -> list[ExportEntry]:
    """Return what may be served today, or everything; a dead number is never given to anybody."""
    dead = Discontinued.load()
    return [
        ExportEntry(country.country, organization, service)
        for country in entries
        for organization in country.organizations
        for service in organization.services
        if (everything or is_served(service, today)) and dead.of(country.country).first_of(service) is None
    ]


def nested(entry: ExportEntry) -> ExportRow:
    """Return one service, nested as in HSDS 3."""
    service, made = entry.service, entry.id
    row: ExportRow = {
        "id": made,
        "organization_id": _organization_id(entry),
        "name": service.name,
        "description": service.description,
        "url": service.url,
        "email": service.email,
        "status": _STATUS[service.status],
        "fees_description": service.cost,
        "eligibility_description": service.eligibility.description,
        "minimum_age": service.eligibility.minimum_age,
        "maximum_age": service.eligibility.maximum_age,
        "assured_date": service.checked_on,
        "organization": _organization(entry),
        "phones": [_phone(entry, position, phone) for position, phone in enumerate(service.phones)],
        "schedules": [row for at, one in enumerate(service.schedules) for row in schedule_rows(made, at, one)],
        "service_areas": [_area(entry)],
        "service_at_locations": [_at(entry, position, place) for position, place in enumerate(service.locations)],
        "languages": list(_languages(service.languages, "service_id", made)),
        "attributes": attributes.rows(made, "service", _own_fields(entry)),
    }
    return _told(row)


def as_json(services: Iterable[ExportRow]) -> bytes:
    """Return the file, a list of services."""
    return json.dumps(list(services), indent=2, ensure_ascii=False).encode() + b"\n"


def _own_fields(entry: ExportEntry) -> Iterator[tuple[str, str]]:
    """Yield what HSDS has no field for."""
    service, eligibility = entry.service, entry.service.eligibility
    yield "directory_id", service.id
    yield "country", entry.country
    yield from (("kind", kind) for kind in service.kinds)
    yield from (("notice", notice) for notice in service.before_you_call)
    yield from (("gender", gender) for gender in eligibility.genders)
    yield from (("for", group) for group in service.people)
    yield from (("nationals", country) for country in service.nationals)
    answers = {"with_children": eligibility.with_children, "without_papers": eligibility.without_papers}
    yield from ((name, "yes" if answer else "no") for name, answer in answers.items() if answer is not None)
    texts = {"before_you_call_note": service.before_you_call_note, "chat": service.chat, "cost": service.cost}
    yield from ((name, text) for name, text in texts.items() if text)


def _organization(entry: ExportEntry) -> ExportRow:
    organization, made = entry.organization, _organization_id(entry)
    return {
        "id": made,
        "name": organization.name,
        "description": organization.description or organization.name,
        "attributes": attributes.rows(made, "organization", [("operated_by", organization.operated_by)]),
    }


def _organization_id(entry: ExportEntry) -> str:
    return ids.made_id("organization", f"{entry.country}|{entry.organization.name}")


def _phone(entry: ExportEntry, position: int, phone: Phone) -> ExportRow:
    made = ids.made_id("phone", f"{entry.id}|{position}")
    own = [("from_abroad", "yes")] if phone.from_abroad else []
    own += [("word", phone.word)] if phone.word else []
    # Our entries know better than the library whether a number has an international form.
    own += [("e164", "none")] if phone.e164 is None and phone_cells.international(phone.number, entry.country) else []
    return _told(
        {
            "id": made,
            "service_id": entry.id,
            "number": phone.number,
            "type": phone.type,
            "description": phone.description,
            "languages": list(_languages(phone.languages, "phone_id", made)),
            "attributes": attributes.rows(made, "phone", own),
        }
    )


def _languages(codes: Iterable[str], key: str, owner: str) -> Iterator[ExportRow]:
    for code in codes:
        yield {"id": ids.made_id("language", f"{owner}|{code}"), key: owner, "name": name_of(code), "code": code}


def _area(entry: ExportEntry) -> ExportRow:
    area = entry.service.service_area
    return {
        "id": ids.made_id("service_area", entry.id),
        "service_id": entry.id,
        "name": area.name or country_name(entry.country, "en"),
        "extent": area.extent_type,
        "extent_type": "text",
    }


def _at(entry: ExportEntry, position: int, place: Location) -> ExportRow:
    made = ids.made_id("location", f"{entry.id}|{position}")
    return {
        "id": ids.made_id("service_at_location", f"{entry.id}|{position}"),
        "service_id": entry.id,
        "location_id": made,
        "location": _location(entry, made, place),
    }


def _location(entry: ExportEntry, made: str, place: Location) -> ExportRow:
    own = [("city", place.city)] + ([("region", place.region)] if place.region else [])
    own += [("confidential", "yes")] if place.confidential else []
    row: ExportRow = {
        "id": made,
        "location_type": "virtual" if place.confidential else place.location_type,
        "name": place.city,
        "attributes": attributes.rows(made, "location", own),
    }
    if not place.confidential:
        row |= {"latitude": place.latitude, "longitude": place.longitude}
        row["addresses"] = [_address(entry, made, place)] if place.address else []
    return _told(row)


def _address(entry: ExportEntry, location: str, place: Location) -> ExportRow:
    return {
        "id": ids.made_id("address", location),
        "location_id": location,
        "address_1": place.address,
        "city": place.city,
        "state_province": place.region or _NOT_TOLD,
        "postal_code": _NOT_TOLD,
        "country": entry.country,
        "address_type": place.location_type,
    }


def _told(row: ExportRow) -> ExportRow:
    """Drop what is not known: HSDS allows no null."""
    return {name: value for name, value in row.items() if value not in (None, [])}
