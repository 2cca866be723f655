"""When a service is open: the opening hours of OpenStreetMap, read by a library, at a moment and in the service's own time."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State, UnknownCountryError, validate  # type: ignore[attr-defined]  # the stub lacks one

ALWAYS = "24/7"
_AHEAD = timedelta(days=8)  # further than that nobody waits


@dataclass(frozen=True)
class Hours:
    """Opening hours, with the clock and the public holidays of their place."""

    expression: str  # the form of OpenStreetMap; empty: not known for sure
    timezone: str  # IANA
    country: str  # ISO 3166-1 alpha-2


NOT_KNOWN = Hours("", "", "")


def is_readable(expression: str) -> bool:
    """Tell whether hours are written in the form of OpenStreetMap."""
    return bool(validate(expression))


def open_now(hours: Hours, now: datetime) -> bool | None:
    """Tell whether it is open at an aware moment; None where that is not known for sure."""
    if hours.expression == ALWAYS:
        return True
    read = _read(hours)
    state = read.state(_there(hours, now))[0] if read else State.UNKNOWN
    return {State.OPEN: True, State.CLOSED: False}.get(state)


def changes_at(hours: Hours, now: datetime) -> datetime | None:
    """Give when it closes or opens next, in its own time; None where that is far away or not known for sure."""
    read = _read(hours)
    if read is None or hours.expression == ALWAYS:
        return None
    there = _there(hours, now)
    # Looking for the next change itself can take a second: hours that never change have none to find.
    spans = list(read.intervals(there, there + _AHEAD))[:2]
    known = all(state in (State.OPEN, State.CLOSED) for _, _, state, _ in spans)
    return spans[0][1] if known and len(spans) == 2 else None


def open_between(hours: Hours, begins: datetime, ends: datetime) -> list[tuple[datetime, datetime]]:
    """Give the times at which it is surely open between two aware moments."""
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
