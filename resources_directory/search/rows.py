"""Services as rows of the compiled file: numbers that a search can compare, and the facts that are shown."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from resources_directory.model.freshness import served_until
from resources_directory.model.hsds import ABOUT_POLICE, Gender, Kind, Location, Organization, Service
from resources_directory.model.line import hours_of, own_numbers_of
from resources_directory.ranking.audience import people_of

KINDS: dict[Kind, int] = {kind: number for number, kind in enumerate(get_args(Kind))}
# Whom a service refuses, or what it asks for: one bit each. A query names the bits that rule a service out.
REFUSES = {"female": 1, "male": 2, "other": 4, "children": 8, "no_police": 16, "no_papers": 32, "no_money": 64}
_GENDERS: dict[str, Gender] = {"women": "female", "men": "male"}
ANY_AGE = (0, 999)  # years
NEVER = 0  # days, as date.toordinal counts them
UNCHECKED = -1  # in place of a day: verified, but no steward has checked it yet


@dataclass(frozen=True)
class CompiledRow:
    """One service at one of its places, ready to be written to the file."""

    id: str
    kinds: tuple[int, ...]
    location: Location
    refuses: int
    ages: tuple[int, int]
    languages: str  # " en es ": with spaces around each
    hours: str  # OpenStreetMap opening hours; empty if they are not known for sure
    served_until: int
    checked: int  # day; NEVER if no steward has checked it
    facts: str
    text: str


def rows(organization: Organization) -> Iterator[CompiledRow]:
    """Yield one row per place of each local service that may be shown, today or after a check."""
    for service in organization.services:
        until = _until(service)
        if service.national or not service.phones or until == NEVER or service.for_professionals:
            continue
        for location in service.locations:
            yield _row(organization, service, location, until)


def _row(organization: Organization, service: Service, location: Location, until: int) -> CompiledRow:
    who = service.eligibility
    checked = date.fromisoformat(service.checked_on).toordinal() if service.checked_on else NEVER
    return CompiledRow(
        id=service.id,
        kinds=tuple(KINDS[kind] for kind in service.kinds),
        location=location,
        refuses=_refuses(organization, service),
        ages=(
            ANY_AGE[0] if who.minimum_age is None else who.minimum_age,
            ANY_AGE[1] if who.maximum_age is None else who.maximum_age,
        ),
        languages=f" {' '.join(service.languages)} ",
        hours=hours_of(service),
        served_until=until,
        checked=checked,
        facts=json.dumps(_facts(organization, service, location), ensure_ascii=False, separators=(",", ":")),
        text=" ".join(filter(None, (service.name, organization.name, location.city, service.description))),
    )


def _until(service: Service) -> int:
    until = served_until(service)
    if until is not None:
        return until.toordinal()
    unchecked = service.checked_on is None and service.verified and service.status == "active"
    return UNCHECKED if unchecked else NEVER


def _refuses(organization: Organization, service: Service) -> int:
    who = service.eligibility
    genders = who.genders or tuple(_GENDERS[group] for group in people_of(service) if group in _GENDERS)
    refused = [gender for gender in ("female", "male", "other") if genders and gender not in genders]
    refused += ["children"] if who.with_children is False else []
    police = organization.operated_by == "police" or ABOUT_POLICE & set(service.before_you_call)
    refused += ["no_police"] if police else []
    refused += ["no_papers"] if who.without_papers is False else []
    refused += ["no_money"] if service.cost == "paid" or "know_may_cost" in service.before_you_call else []
    return sum(REFUSES[what] for what in refused)


def _facts(organization: Organization, service: Service, location: Location) -> dict[str, Any]:
    """Return what is shown, except what depends on who asks and when. Unknown facts are left out."""
    called, text = service.called, service.phone("text")
    who = service.eligibility
    told = {
        "name": f"{service.name}{called.mark}",
        "kinds": service.kinds,
        "operated_by": organization.operated_by,
        "number": called.number,
        "e164": called.e164,
        "own_numbers": own_numbers_of(service),
        "sms": text.number if text else None,
        "sms_word": text.word if text else None,
        "city": location.city,
        "languages": service.languages,
        "genders": who.genders,
        "people": people_of(service),
        "minimum_age": who.minimum_age,
        "maximum_age": who.maximum_age,
        "free": {"free": True, "paid": False}.get(service.cost or ""),
        "notices": service.before_you_call,
        "note": service.before_you_call_note,
        "checked_on": service.checked_on,
        "chat": service.chat,
    }
    return {name: value for name, value in told.items() if value not in (None, ())}
