"""When somebody should be on duty in the next days: hours without names, which a turn can read for "out of hours".

The calendar itself is the desk's and sealed; what is here is derived from it.
"""

import json
from collections.abc import Iterable, Sequence
from math import ceil

from bot.storage.store import Store

AHEAD = 15 * 86_400  # seconds published in advance; the desk repeats it each hour
KEY = "duty_hours"
DutySpan = tuple[float, float]  # from, until: seconds since 1970


async def publish(store: Store, spans: Iterable[DutySpan]) -> None:
    """Store the hours to come."""
    await store.call("SET", KEY, json.dumps(merged(spans)), "EX", AHEAD)


async def should_be_there(store: Store, now: float) -> bool:
    """Whether somebody should be on duty; False if there is no calendar."""
    return any(begins <= now < ends for begins, ends in await _spans(store))


async def next_shift(store: Store, now: float) -> float | None:
    """Return when the next duty begins; None if none is known, or if somebody should be there already."""
    return _next(await _spans(store), now)


async def next_in_hours(store: Store, now: float) -> int | None:
    """Return the whole hours until then, rounded up: nobody is told too early a time."""
    return hours_until(await store.call("GET", KEY), now)


def hours_until(published: bytes | None, now: float) -> int | None:
    """Return the same from what `publish` stored, for callers that have already read it."""
    begins = _next(_read(published), now)
    return None if begins is None else max(ceil((begins - now) / 3600), 1)


def merged(spans: Iterable[DutySpan]) -> list[DutySpan]:
    """Return the spans in order, those that overlap or touch joined."""
    found: list[DutySpan] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


async def _spans(store: Store) -> Sequence[DutySpan]:
    return _read(await store.call("GET", KEY))


def _read(published: bytes | None) -> Sequence[DutySpan]:
    return [(begins, ends) for begins, ends in json.loads(published)] if published else []


def _next(spans: Sequence[DutySpan], now: float) -> float | None:
    if any(begins <= now < ends for begins, ends in spans):
        return None
    return min((begins for begins, _ in spans if begins > now), default=None)
