"""How long a row may be trusted after a check, and what is due for the next one (docs/directory.md).

A national line with an old date is still better than none, so it stays, labelled with the date. A shelter
that has closed sends somebody into the street at night, so a local row goes when nobody looked at it.
"""

from datetime import date, timedelta
from typing import Literal

from resources_directory.resource import Service

NATIONAL_DAYS = 30
SHELTER_DAYS = 30
LOCAL_DAYS = 90

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


def is_served(service: Service, today: date) -> bool:
    """Say whether the row may be shown: a national line when verified, a local service when checked in time."""
    if service.national:
        return service.trusted
    return service.status in ("active", "stale") and freshness(service, today) in ("fresh", "due")


def _days(service: Service) -> int:
    if service.national:
        return NATIONAL_DAYS
    return SHELTER_DAYS if "shelter" in service.kinds else LOCAL_DAYS
