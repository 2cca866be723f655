"""When a service is open: the opening hours of OpenStreetMap, read by a library, at a moment and in the service's own time."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, validate

ALWAYS = "24/7"


@dataclass(frozen=True)
class Opening:
    """What can be said of one moment."""

    open_now: bool | None  # None: the hours are not known for sure
    changes_at: datetime | None  # when that ends, in the service's own time; None: never, or not known


UNKNOWN = Opening(None, None)


def is_readable(expression: str) -> bool:
    """Tell whether hours are written in the form of OpenStreetMap."""
    return bool(validate(expression))


def opening(expression: str, timezone: str, now: datetime) -> Opening:
    """Tell whether it is open at an aware moment; hours that are empty or can not be read are not known."""
    if expression == ALWAYS:
        return Opening(True, None)
    hours = _read(expression, timezone) if expression else None
    if hours is None:
        return UNKNOWN
    there = now.astimezone(ZoneInfo(timezone))
    return Opening(hours.is_open(there), hours.next_change(there))


@lru_cache(4096)
def _read(expression: str, timezone: str) -> OpeningHours | None:
    return OpeningHours(expression, timezone=ZoneInfo(timezone)) if is_readable(expression) else None
