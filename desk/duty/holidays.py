"""Days without shifts: no shift that begins on one takes place, and people are told of no hour on one."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta, tzinfo

from bot.crypto.vault import SealBroken
from bot.handoff.duty_hours import DutySpan
from bot.storage.store import Store
from desk.auth.people import KEPT

LONGEST = 40  # letters of a name
_KEY = "holidays"


class Holidays:
    """The days in the store; each name is sealed for its day, so write access to Redis alone makes no holiday."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add(self, day: date, name: str) -> None:
        """Add a day, or rename it."""
        sealed = self._store.vault.desk.seal(name.strip()[:LONGEST].encode(), _purpose(day.isoformat()))
        await self._store.call("HSET", _KEY, day.isoformat(), sealed)
        await self._store.call("EXPIRE", _KEY, KEPT)

    async def remove(self, day: date) -> None:
        """Remove a day: its shifts take place again."""
        await self._store.call("HDEL", _KEY, day.isoformat())

    async def all(self) -> dict[date, str]:
        """Return the days in order, with their names, without those sealed with another master key."""
        found = {}
        for day, sealed in (await sealed_holidays(self._store)).items():
            with suppress(SealBroken):
                found[date.fromisoformat(day)] = self._store.vault.desk.open(sealed, _purpose(day)).decode()
        return dict(sorted(found.items()))


def without(spans: Iterable[DutySpan], days: Collection[date], zone: tzinfo) -> list[DutySpan]:
    """Return spans of time without these days."""
    left = list(spans)
    for day in days:
        begins, ends = (
            datetime(each.year, each.month, each.day, tzinfo=zone).timestamp()
            for each in (day, day + timedelta(days=1))
        )
        parts = [(since, min(until, begins)) for since, until in left if since < begins]
        left = parts + [(max(since, ends), until) for since, until in left if until > ends]
    return sorted(left)


async def reseal(store: Store) -> None:
    """Seal all days with the master key of now."""
    for day, sealed in (await sealed_holidays(store)).items():
        if store.vault.is_of_before(sealed, _purpose(day)):
            again = store.vault.desk.seal(store.vault.desk.open(sealed, _purpose(day)), _purpose(day))
            await store.call("HSET", _KEY, day, again)


async def sealed_holidays(store: Store) -> Mapping[str, bytes]:
    """Return all days, with their names as they are sealed."""
    found = await store.call("HGETALL", _KEY)
    pairs = found.items() if isinstance(found, dict) else zip(found[::2], found[1::2], strict=True)
    return {day.decode(): sealed for day, sealed in pairs}


def _purpose(day: str) -> str:
    return f"holiday {day}"
