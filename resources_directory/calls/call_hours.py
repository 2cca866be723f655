"""Whether somebody picks up now where the phone stands: a service's hours by the clock of its town or country."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from resources_directory.model.hsds import Service
from resources_directory.model.line import hours_of
from resources_directory.model.opening_hours import ALWAYS, Hours, changes_at, open_now
from resources_directory.search.finder import Finder

CallTime = Literal["open", "unknown", "later_today", "closed"]  # in the order in which to call


@dataclass(frozen=True)
class CallClock:
    """The time at a service, and whether it is open then."""

    time: CallTime
    there: datetime | None = None  # the time of the place; None: no zone is known
    changes: datetime | None = None  # when it next opens or closes, in the same zone


def call_clock(service: Service, country: str, now: datetime, finder: Finder | None) -> CallClock:
    """Return when to call a service. `now`: an aware datetime; without a compiled directory only day and night is known."""
    zone = _zone(service, country, finder)
    there = now.astimezone(ZoneInfo(zone)) if zone else None
    hours = Hours(hours_of(service), zone, country)
    if hours.expression == ALWAYS:
        return CallClock("open", there)
    if not zone:
        return CallClock("unknown")
    opened, changes = open_now(hours, now), changes_at(hours, now)
    if opened is None:
        return CallClock("unknown", there)
    if opened:
        return CallClock("open", there, changes)
    today = changes is not None and there is not None and changes.date() == there.date()
    return CallClock("later_today" if today else "closed", there, changes)


def _zone(service: Service, country: str, finder: Finder | None) -> str:
    """Return the IANA name of the time zone; empty where it is not known, or the country has several."""
    if finder is None:
        return ""
    for place in service.locations:
        if place.latitude is not None and place.longitude is not None:
            with suppress(LookupError):
                return _zone_at(finder, (place.latitude, place.longitude), country)
    return _only_zone(finder, country)


@lru_cache(4096)
def _zone_at(finder: Finder, here: tuple[float, float], country: str) -> str:
    return finder.gazetteer().nearest(*here, country).timezone


@lru_cache(512)
def _only_zone(finder: Finder, country: str) -> str:
    return finder.gazetteer().only_zone(country)
