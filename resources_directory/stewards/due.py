"""What a steward should check next, most urgent first, with a script for the call."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template
from typing import Literal, get_args

from resources_directory.files.entries_folder import ENTRIES, read_folder
from resources_directory.model.freshness import (
    freshness,
    is_due,
    is_served,
    is_shelter,
    lacks_second_steward,
    served_until,
)
from resources_directory.model.hsds import CountryEntries, Service

SCRIPT = Path(__file__).parent / "call_script.txt"
_SOON = 14  # days before a served row expires

# In order of urgency: what hurts somebody today, what will be missing tomorrow, what could help more.
DueReason = Literal[
    "complaint",  # somebody reported that it does not work
    "suspended",  # a steward withdrew it
    "second_steward",  # a shelter that only one steward has checked
    "asked",  # a steward wants it called
    "soon_gone",  # served, but not for long
    "gone",  # the last check is too old
    "never_checked",  # ready to be served once somebody rings it
    "national",  # a line that stays, with an old date
    "again",  # still served for a while, but the check is due
    "proposed",  # no page states it: find a page first
]
_ORDER: tuple[DueReason, ...] = get_args(DueReason)


@dataclass(frozen=True)
class Due:
    """One service to check."""

    country: str
    organization: str
    service: Service
    why: DueReason
    complaints: int
    until: date | None  # the last day on which it is served
    note: str = ""  # why a steward wants it called

    @property
    def rank(self) -> tuple[int, int, date, bool, str]:
        """Sort key: reason, number of complaints, earliest expiry, shelters first."""
        last = self.until or date.max
        return (_ORDER.index(self.why), -self.complaints, last, not is_shelter(self.service), self.service.id)

    def script(self) -> str:
        """Return the script for the call."""
        service = self.service
        hours = ", ".join(_hours(service)) or "not known"
        return Template(SCRIPT.read_text("utf-8")).substitute(
            organization=self.organization,
            number=service.phones[0].number if service.phones else "not known",
            hours=hours,
            languages=", ".join(service.languages) or "not known",
            doubt=(service.doubt or "nothing in particular").rstrip("."),
        )


def due(today: date, complaints: Mapping[str, int], folder: Path = ENTRIES, country: str | None = None) -> list[Due]:
    """Return what needs checking, most urgent first; raise BadEntry."""
    return due_of((entries for entries in read_folder(folder) if country in (None, entries.country)), today, complaints)


def due_of(
    countries: Iterable[CountryEntries],
    today: date,
    complaints: Mapping[str, int],
    wanted: Mapping[str, str] | None = None,
) -> list[Due]:
    """Return what needs checking in these country files, most urgent first. `wanted`: why a call is wanted, by service."""
    found: list[Due] = []
    for entries in countries:
        for organization in entries.organizations:
            for service in organization.services:
                note, count = (wanted or {}).get(service.id, ""), complaints.get(service.id, 0)
                why = _urgent(_why(service, today), service, count, bool(note))
                if why:
                    until = served_until(service)
                    found.append(Due(entries.country, organization.name, service, why, count, until, note))
    return sorted(found, key=lambda row: row.rank)


def _urgent(why: DueReason | None, service: Service, complaints: int, wanted: bool) -> DueReason | None:
    """Return the most urgent of the reasons."""
    reasons: tuple[DueReason | None, ...] = (why, "complaint" if complaints else None, "asked" if wanted else None)
    found = [one for one in reasons if one] if service.status != "closed" else []
    return min(found, key=_ORDER.index, default=None)


def _why(service: Service, today: date) -> DueReason | None:
    if service.status in ("suspended", "proposed"):
        return "suspended" if service.status == "suspended" else "proposed"
    if service.status == "closed":
        return None
    if lacks_second_steward(service) and freshness(service, today) != "expired":
        return "second_steward"
    if not is_due(service, today):
        return None
    if service.national:
        return "national"
    return "never_checked" if service.checked_on is None else _how_old(service, today)


def _how_old(service: Service, today: date) -> DueReason:
    until = served_until(service)
    if until is None or not is_served(service, today):
        return "gone"
    return "soon_gone" if (until - today).days <= _SOON else "again"


def _hours(service: Service) -> Iterator[str]:
    for schedule in service.schedules:
        yield "day and night" if schedule.always else schedule.opening_hours or schedule.hours_note or ""
