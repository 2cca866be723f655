"""How long a row can be trusted after a check, and which rows are due for the next check (docs/directory.md).

A national line with an old date is still better than none, so it stays, labeled with the date. A shelter
that has closed leaves somebody on the street at night, so a local row is dropped when nobody has checked it.
"""

from datetime import date, timedelta
from typing import Literal

from resources_directory.model.hsds import EmergencyNumber, Service

NATIONAL_DAYS = 30
SHELTER_DAYS = 30
LOCAL_DAYS = 90
EMERGENCY_DAYS = 180
NO_END = date.max

Freshness = Literal["fresh", "due", "expired", "never_checked"]


def freshness(service: Service, today: date) -> Freshness:
    """Return how far a steward's last check can be trusted."""
    if service.checked_on is None:
        return "never_checked"
    age = today - date.fromisoformat(service.checked_on)
    limit = timedelta(days=_days(service))
    if age <= limit:
        return "fresh"
    return "due" if service.national or age <= 2 * limit else "expired"


def is_due(service: Service, today: date) -> bool:
    """Whether a steward should check it now. A closed service needs no check."""
    return service.status != "closed" and freshness(service, today) != "fresh"


def is_emergency_due(row: EmergencyNumber, today: date) -> bool:
    """Whether a steward should look at an emergency number again. It stays until then, and after: there is no other."""
    if not row.trusted:
        return False
    return row.checked_on is None or today - date.fromisoformat(row.checked_on) > timedelta(days=EMERGENCY_DAYS)


def served_until(service: Service) -> date | None:
    """Return the last day on which the row may be shown: NO_END for a verified national line, None for never."""
    if service.status not in ("active", "stale"):
        return None
    if service.national:
        return NO_END if service.verified else None
    if service.checked_on is None or lacks_second_steward(service):
        return None
    return date.fromisoformat(service.checked_on) + 2 * timedelta(days=_days(service))


def is_served(service: Service, today: date, unchecked: bool = False) -> bool:
    """Whether the row may be shown today. `unchecked`: a demonstration shows verified rows that no steward has checked yet."""
    if unchecked and service.checked_on is None and service.status == "active" and service.verified:
        return True
    until = served_until(service)
    return until is not None and today <= until and not _from_the_future(service, today)


def lacks_second_steward(service: Service) -> bool:
    """Whether only one steward has checked a shelter: a fake shelter is a trap, and one person can be deceived."""
    return is_shelter(service) and service.checked_by is not None and service.confirmed_by is None


def is_shelter(service: Service) -> bool:
    """Whether people are sent there to sleep."""
    return "shelter" in service.kinds and not service.national


def _from_the_future(service: Service, today: date) -> bool:
    # A typo in the year would keep a closed shelter listed for a lifetime. One day ahead is only another time zone.
    return not service.national and service.checked_on is not None and service.checked_on > str(today + timedelta(1))


def _days(service: Service) -> int:
    if service.national:
        return NATIONAL_DAYS
    return SHELTER_DAYS if "shelter" in service.kinds else LOCAL_DAYS
