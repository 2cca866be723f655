"""How long a row may be trusted after a check, and what is due for the next one (docs/directory.md).

A national line with an old date is still better than none, so it stays, labelled with the date. A shelter
that has closed sends somebody into the street at night, so a local row goes when nobody looked at it.
"""

from datetime import date, timedelta
from typing import Literal

from resources_directory.model.hsds import Service

NATIONAL_DAYS = 30
SHELTER_DAYS = 30
LOCAL_DAYS = 90
NO_END = date.max

Freshness = Literal["fresh", "due", "expired", "never_checked"]


def freshness(service: Service, today: date) -> Freshness:
    """Say how far the last check by a steward is to be trusted. Emergency numbers are not asked: they stay."""
    if service.checked_on is None:
        return "never_checked"
    age = today - date.fromisoformat(service.checked_on)
    limit = timedelta(days=_days(service))
    if age <= limit:
        return "fresh"
    return "due" if service.national or age <= 2 * limit else "expired"


def is_due(service: Service, today: date) -> bool:
    """Say whether a steward should look at it now. A closed service needs no look."""
    return service.status != "closed" and freshness(service, today) != "fresh"


def served_until(service: Service) -> date | None:
    """Give the last day on which the row may be shown; NO_END for a verified national line, None for never."""
    if service.status not in ("active", "stale"):
        return None
    if service.national:
        return NO_END if service.verified else None
    if service.checked_on is None or lacks_second_steward(service):
        return None
    return date.fromisoformat(service.checked_on) + 2 * timedelta(days=_days(service))


def is_served(service: Service, today: date, unchecked: bool = False) -> bool:
    """Say whether the row may be shown today. `unchecked`: a demonstration shows rows that no steward has seen yet."""
    if unchecked and service.checked_on is None and service.status == "active" and service.verified:
        return True
    until = served_until(service)
    return until is not None and today <= until and not _from_the_future(service, today)


def lacks_second_steward(service: Service) -> bool:
    """Say whether a shelter was seen by one steward only: a false one is a trap, and one person can be deceived."""
    return is_shelter(service) and service.checked_by is not None and service.confirmed_by is None


def is_shelter(service: Service) -> bool:
    """Say whether people are sent there to sleep."""
    return "shelter" in service.kinds and not service.national


def _from_the_future(service: Service, today: date) -> bool:
    # A slip in the year would keep a closed shelter for a lifetime. One day ahead is only another time zone.
    return not service.national and service.checked_on is not None and service.checked_on > str(today + timedelta(1))


def _days(service: Service) -> int:
    if service.national:
        return NATIONAL_DAYS
    return SHELTER_DAYS if "shelter" in service.kinds else LOCAL_DAYS
