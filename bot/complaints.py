"""What people said does not work: counted, and not given again until a steward has looked.

A trafficker can complain as well, so at most a few services a day go, of the whole hotline, and a national line never
does: beyond that a complaint is only counted, and comes first on the steward's list. Kept are the id of the service, how
often, and a day: nothing of the conversation, and no hour from which it could be told whose it was.
"""

import re
import time
from collections.abc import Container, Iterable
from typing import Any

from bot.store import Store

DAYS = 90  # that a complaint counts, and a service is not given
MOST_A_DAY = 5  # services that complaints take out in one day
_ID = re.compile(r"[a-z]{2}(-[a-z0-9]+)+")
_LONGEST = 90  # letters of an id


def arguments(complaints: Iterable[str], lasting: Container[str], now: float) -> list[Any]:
    """Give the part of a script's arguments that notes these. `lasting`: ids that are never taken out by a complaint."""
    ids = [id_ for id_ in dict.fromkeys(complaints) if _ID.fullmatch(id_) and len(id_) <= _LONGEST]
    noted = [part for id_ in ids for part in (id_, int(id_ not in lasting))]
    return [day(now), DAYS, MOST_A_DAY, len(ids), *noted]


async def complain(store: Store, service: str, now: float, lasting: Container[str] = frozenset()) -> None:
    """Note one complaint outside of any turn."""
    await store.run("complain", [], arguments([service], lasting, now))


async def suspended(store: Store, now: float | None = None) -> frozenset[str]:
    """Give the ids of services that are not given for now."""
    return named(await store.call(*suspended_now(now)))


async def counts(store: Store, now: float | None = None) -> dict[str, int]:
    """Give the services that wait for a steward's look, with the number of complaints."""
    since = day(now) - DAYS
    ids = await store.call("ZRANGEBYSCORE", "complained", since, "+inf")
    numbers = await store.call("HMGET", "complaints", *ids) if ids else []
    return {id_.decode(): int(number or 1) for id_, number in zip(ids, numbers, strict=True)}


async def looked_at(store: Store, service: str) -> None:
    """A steward has looked: the complaints are answered, and what the entry says counts again."""
    await store.run("looked_at", [], [service])


def day(now: float | None = None) -> int:
    """Number a day."""
    return int(time.time() if now is None else now) // 86_400


def suspended_now(now: float | None = None) -> tuple[str, str, int, str]:
    """Give the command that reads what is suspended, for who reads more in the same step."""
    return "ZRANGEBYSCORE", "suspended", day(now), "+inf"


def named(ids: Iterable[bytes]) -> frozenset[str]:
    """Read what the command gave."""
    return frozenset(id_.decode() for id_ in ids)
