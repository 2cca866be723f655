"""Checks of emergency numbers: which are due, and how a check is noted. Nobody rings them to see whether they work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from resources_directory.model.freshness import is_emergency_due
from resources_directory.model.hsds import CountryEntries, EmergencyNumber, emergency_id
from resources_directory.stewards.editing import Edit
from resources_directory.stewards.verification import Check, CheckRefused, day_of

EmergencyDueReason = Literal["doubt", "never_checked", "again"]  # in order of urgency
_ORDER: tuple[EmergencyDueReason, ...] = get_args(EmergencyDueReason)


@dataclass(frozen=True)
class EmergencyDue:
    """One emergency number to look at."""

    country: str
    row: EmergencyNumber
    why: EmergencyDueReason

    @property
    def id(self) -> str:
        """The name under which it is checked."""
        return emergency_id(self.country, self.row.number, self.row.reaches)


def is_emergency(id: str) -> bool:
    """Whether an id is that of an emergency number and not of a service."""
    return id[2:].startswith("-emergency-")


def emergency_due(countries: Iterable[CountryEntries], today: date) -> list[EmergencyDue]:
    """Return the numbers to look at: those in doubt first, then those that nobody has looked at."""
    found = [
        EmergencyDue(entries.country, row, _why(row))
        for entries in countries
        for row in entries.emergency
        if is_emergency_due(row, today)
    ]
    return sorted(found, key=lambda due: (_ORDER.index(due.why), due.row.checked_on or "", due.id))


def confirmed(row: EmergencyNumber, check: Check) -> Edit:
    """Return the edit for a check of a page of the state or the network; raise CheckRefused."""
    if check.number or check.hours or check.languages or check.second:
        raise CheckRefused(
            "Of an emergency number only the day and a note are kept; write another number into its file."
        )
    if not row.verified or row.status == "closed":
        raise CheckRefused(
            "%(number)s is not given to anybody: write the page that states it into its file first.", number=row.number
        )
    day = day_of(check, row, row.number)
    # A doubt stays: "merged into 112" is true of a number that still forwards today.
    return Edit("checked", check.by, check.note, {"checked_on": str(day), "checked_by": check.by})


def _why(row: EmergencyNumber) -> EmergencyDueReason:
    if row.doubt:
        return "doubt"
    return "never_checked" if row.checked_on is None else "again"
