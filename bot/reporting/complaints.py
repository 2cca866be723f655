"""Complaints that a service does not work: counted, and the service is suspended until a steward has looked at it.

A dead number must go soon, but a trafficker who complains must not be able to take the shelter that somebody fled to out of the
answers, or silence a country. So nobody is given a service any more once two conversations have complained about it (each counts
once: its record knows what it has complained about), but at most five services a day in the whole hotline, and never more than a
third of a country's local services (one, if it has one or two). Whatever is only counted comes first on the steward's list.
National lines and emergency numbers are never suspended. Each further complaint restarts the suspension, which lasts as long as
any check is valid: a service that nobody has looked at does not come back on its own. Only the service's id, a count and a day
are kept: nothing of the conversation, and no hour that could reveal whose complaint it was.
"""

import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from bot.storage.store import Store

DAYS = 180  # that a complaint counts and a suspension lasts: the longest check interval (a test compares them)
LEAST = 2  # complaints that suspend a service
MOST_A_DAY = 5  # services that complaints can suspend in one day
_ID = re.compile(r"[a-z]{2}(-[a-z0-9]+)+")
_LONGEST = 90  # characters in an id

# How many services of a service's country can be suspended, itself included; 0 if complaints never suspend it.
Ceiling = Callable[[str], int]


def one(_: str) -> int:
    """Allow one suspension per country, if the number of its services is unknown."""
    return 1


def packed(complaints: Iterable[str], ceiling: Ceiling, now: float) -> dict[str, Any]:
    """Return these complaints as scripts read them."""
    ids = [id_ for id_ in dict.fromkeys(complaints) if _ID.fullmatch(id_) and len(id_) <= _LONGEST]
    services = [{"id": id_, "most_of_country": ceiling(id_)} for id_ in ids]
    return {"day": day(now), "days": DAYS, "least": LEAST, "most_a_day": MOST_A_DAY, "services": services}


async def complain(store: Store, service: str, now: float, ceiling: Ceiling = one) -> None:
    """Record one complaint outside a turn."""
    await store.run("complain", about=packed([service], ceiling, now))


async def suspended(store: Store, now: float | None = None) -> frozenset[str]:
    """Return the ids of the suspended services."""
    return ids_of(await store.call(*suspended_now(now)))


async def suspend(store: Store, service: str, now: float | None = None) -> None:
    """Suspend a service that a steward removed, while the directory in use still has it."""
    await store.run("suspend_service", service=service, day=day(now), days=DAYS)


async def counts(store: Store, now: float | None = None) -> dict[str, int]:
    """Return the services that wait for a steward, with the number of complaints."""
    since = day(now) - DAYS
    ids = await store.call("ZRANGEBYSCORE", "complained", since, "+inf")
    numbers = await store.call("HMGET", "complaints", *ids) if ids else []
    return {id_.decode(): int(number or 1) for id_, number in zip(ids, numbers, strict=True)}


async def clear(store: Store, service: str) -> None:
    """Clear a service's complaints and suspension, after a steward has looked at it."""
    await store.run("clear_complaints", service=service)


async def lift(store: Store, service: str) -> None:
    """Lift a suspension whose reason did not come about. Complaints stay."""
    await store.call("ZREM", "suspended", service)


def day(now: float | None = None) -> int:
    """Return the number of a day since 1970."""
    return int(time.time() if now is None else now) // 86_400


def suspended_now(now: float | None = None) -> tuple[str, str, int, str]:
    """Return the Redis command that reads what is suspended, for callers that read more in the same step."""
    return "ZRANGEBYSCORE", "suspended", day(now), "+inf"


def ids_of(ids: Iterable[bytes]) -> frozenset[str]:
    """Parse the result of that command."""
    return frozenset(id_.decode() for id_ in ids)
