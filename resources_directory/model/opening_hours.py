"""When a service is open: OpenStreetMap opening hours, evaluated by a library at a given moment in the service's own time zone."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State, UnknownCountryError, validate  # type: ignore[attr-defined]  # the stub lacks one

ALWAYS = "24/7"
_AHEAD = timedelta(days=8)  # nobody waits longer than that


@dataclass(frozen=True)
class Hours:
    """Opening hours, with the time zone and the country (for public holidays) of their place."""

    expression: str  # OpenStreetMap syntax; empty: not known for sure
    timezone: str  # IANA
    country: str  # ISO 3166-1 alpha-2


NOT_KNOWN = Hours("", "", "")


def is_readable(expression: str) -> bool:
    """Whether the hours are valid OpenStreetMap syntax."""
    return bool(validate(expression))


def open_now(hours: Hours, now: datetime) -> bool | None:
    """Whether it is open at `now`, an aware datetime; None if that is not known for sure."""
    if hours.expression == ALWAYS:
        return True
    read = _read(hours)
    state = read.state(_there(hours, now))[0] if read else State.UNKNOWN
    return {State.OPEN: True, State.CLOSED: False}.get(state)


def changes_at(hours: Hours, now: datetime) -> datetime | None:
    """Return when it next closes or opens, in its own time; None if that is far off or not known for sure."""
    read = _read(hours)
    if read is None or hours.expression == ALWAYS:
        return None
    there = _there(hours, now)
    # Asking the library for the next change can take a second for hours that never change, so only the days ahead are read.
    spans = list(read.intervals(there, there + _AHEAD))[:2]
    known = all(state in (State.OPEN, State.CLOSED) for _, _, state, _ in spans)
    return spans[0][1] if known and len(spans) == 2 else None


def open_between(hours: Hours, begins: datetime, ends: datetime) -> list[tuple[datetime, datetime]]:
    """Return the spans in which it is certainly open between two aware datetimes."""
    read = _read(hours)
    spans = read.intervals(_there(hours, begins), _there(hours, ends)) if read else ()
    return [(since, until) for since, until, state, _ in spans if state == State.OPEN]


def _there(hours: Hours, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(hours.timezone))


@lru_cache(4096)
def _read(hours: Hours) -> OpeningHours | None:
    if not hours.expression or not is_readable(hours.expression):
        return None
    with suppress(UnknownCountryError):
        return OpeningHours(hours.expression, timezone=ZoneInfo(hours.timezone), country=hours.country)
    return OpeningHours(hours.expression, timezone=ZoneInfo(hours.timezone))
