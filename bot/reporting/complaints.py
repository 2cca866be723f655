"""What people said does not work: counted, and not given again until a steward has looked.

A dead number must go at once, and a trafficker who complains must not silence a country. So a complaint takes a service
out, but no more than five in a day, of the whole hotline, and never more than a third of the local services of one country
(of one or two, one): beyond that it is only counted, and comes first on the steward's list. A national line and an
emergency number never go. Each further complaint begins the time anew, and the time is as long as any check counts: what
nobody has looked at does not come back by itself. Kept are the id of the service, how often, and a day: nothing of the
conversation, and no hour from which it could be told whose it was.
"""

import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from bot.storage.store import Store

DAYS = 180  # that a complaint counts, and a service is not given: as long as the longest check (a test compares them)
MOST_A_DAY = 5  # services that complaints take out in one day
_ID = re.compile(r"[a-z]{2}(-[a-z0-9]+)+")
_LONGEST = 90  # letters of an id

# How many services of its country may be out when this one is; 0 for one that no complaint takes out.
Ceiling = Callable[[str], int]


def one(_: str) -> int:
    """Let one service of a country go, where nothing is known of how many it has."""
    return 1


def arguments(complaints: Iterable[str], ceiling: Ceiling, now: float) -> list[Any]:
    """Give the part of a script's arguments that notes these."""
    ids = [id_ for id_ in dict.fromkeys(complaints) if _ID.fullmatch(id_) and len(id_) <= _LONGEST]
    noted = [part for id_ in ids for part in (id_, ceiling(id_))]
    return [day(now), DAYS, MOST_A_DAY, len(ids), *noted]


async def complain(store: Store, service: str, now: float, ceiling: Ceiling = one) -> None:
    """Note one complaint outside of any turn."""
    await store.run("complain", [], arguments([service], ceiling, now))


async def suspended(store: Store, now: float | None = None) -> frozenset[str]:
    """Give the ids of services that are not given for now."""
    return named(await store.call(*suspended_now(now)))


async def hold(store: Store, service: str, now: float | None = None) -> None:
    """Hold a service back that a steward took out, while the directory that answers still has it."""
    await store.run("hold", [], [service, day(now), DAYS])


async def counts(store: Store, now: float | None = None) -> dict[str, int]:
    """Give the services that wait for a steward's look, with the number of complaints."""
    since = day(now) - DAYS
    ids = await store.call("ZRANGEBYSCORE", "complained", since, "+inf")
    numbers = await store.call("HMGET", "complaints", *ids) if ids else []
    return {id_.decode(): int(number or 1) for id_, number in zip(ids, numbers, strict=True)}


async def looked_at(store: Store, service: str) -> None:
    """A steward has looked: the complaints are answered, and what the entry says counts again."""
    await store.run("looked_at", [], [service])


async def let_go(store: Store, service: str) -> None:
    """Take back a hold, where what it was for did not come about. Complaints stay."""
    await store.call("ZREM", "suspended", service)


def day(now: float | None = None) -> int:
    """Number a day."""
    return int(time.time() if now is None else now) // 86_400


def suspended_now(now: float | None = None) -> tuple[str, str, int, str]:
    """Give the command that reads what is suspended, for who reads more in the same step."""
    return "ZRANGEBYSCORE", "suspended", day(now), "+inf"


def named(ids: Iterable[bytes]) -> frozenset[str]:
    """Read what the command gave."""
    return frozenset(id_.decode() for id_ in ids)
