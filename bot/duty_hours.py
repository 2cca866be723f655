"""When somebody should be on duty in the next days: hours without names, that a turn can read for "out of hours".

The calendar itself is the desk's, sealed; what stands here is worked out from it.
"""

import json
from collections.abc import Iterable, Sequence
from math import ceil

from bot.store import Store

AHEAD = 15 * 86_400  # seconds that are worked out before they come; the desk does it anew each hour
_KEY = "duty_hours"
Span = tuple[float, float]  # from, until: seconds since 1970


async def publish(store: Store, spans: Iterable[Span]) -> None:
    """Keep the hours that are to come."""
    await store.call("SET", _KEY, json.dumps(merged(spans)), "EX", AHEAD)


async def should_be_there(store: Store, now: float) -> bool:
    """Tell whether somebody should be on duty; False where there is no calendar."""
    return any(begins <= now < ends for begins, ends in await _spans(store))


async def next_shift(store: Store, now: float) -> float | None:
    """Give when the next duty begins; None where none is known, and while somebody should be there already."""
    spans = await _spans(store)
    if any(begins <= now < ends for begins, ends in spans):
        return None
    return min((begins for begins, _ in spans if begins > now), default=None)


async def next_in_hours(store: Store, now: float) -> int | None:
    """Give the whole hours until then, rounded up: nobody is told too early a time."""
    begins = await next_shift(store, now)
    return None if begins is None else max(ceil((begins - now) / 3600), 1)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Join spans that overlap or touch, in their order."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


async def _spans(store: Store) -> Sequence[Span]:
    found = await store.call("GET", _KEY)
    return [(begins, ends) for begins, ends in json.loads(found)] if found else []
