"""The calendar of who is on duty when, as the desk keeps it: single and weekly shifts, in local time."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from hashlib import sha1
from zoneinfo import ZoneInfo

from bot.crypto.identity import new_id
from bot.crypto.vault import SealBroken
from bot.handoff import duty_hours
from bot.organisation import in_force
from bot.settings import Settings
from bot.storage.store import Store
from desk.auth.people import KEPT, Clock
from desk.duty.holidays import Holidays, without
from resources_directory.model.opening_hours import Hours, open_between

_KEY = "shifts"
SWAPS = "shift_swaps"  # proposals to swap two shifts (desk/shifts/shift_swaps.py), which end with the swap
_LONGEST = 24 * 60  # minutes
_PAST = 31 * 86_400  # seconds after which a past single shift is deleted
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Shift:
    """A shift of duty: once, or every week from then on."""

    id: str
    account: str  # empty: an open place, for whoever signs up
    begins: str  # local time: 2027-01-15T08:00
    minutes: int
    weekly: bool = False
    asked: str = ""  # the account that wants it, until a supervisor confirms
    offered: bool = False  # its account looks for a colleague who takes it, and has it until then
    without: tuple[str, ...] = ()  # days on which a weekly one does not take place: 2027-01-15


@dataclass(frozen=True)
class ShiftOccurrence:
    """One occurrence of a shift."""

    shift: Shift
    begins: float  # seconds since 1970
    ends: float


CalendarTurns = Sequence[ShiftOccurrence]


class Duty:
    """The shifts in the store, sealed. `zone`: an IANA name. `usual`: opening hours that apply while there are no shifts."""

    def __init__(self, store: Store, clock: Clock, zone: str = "UTC", usual: str = "") -> None:
        self._store, self._clock, self.zone = store, clock, place(zone)
        self._usual = Hours(usual, zone, "")

    async def add(self, account: str, begins: datetime, minutes: int, weekly: bool = False) -> Shift:
        """Add a shift. `begins` is local time, without a zone; raises ValueError for no duration or one too long."""
        if begins.tzinfo or not 0 < minutes <= _LONGEST:
            raise ValueError("A shift begins by the clocks of the place and lasts at most a day.")
        shift = Shift(new_id(), account, begins.isoformat(timespec="minutes"), minutes, weekly)
        await self.keep(shift)
        return shift

    async def keep(self, shift: Shift) -> None:
        """Save a shift that is new."""
        await self._store.run("add_shift", [_KEY], id=shift.id, sealed=_sealed(self._store, shift), seconds=KEPT)
        await self.publish()

    async def change(self, shift: str, alter: Callable[[Shift], Shift]) -> Shift | None:
        """Change a shift, and return it; None if it is gone. `alter` is called again when somebody else was faster."""
        while True:
            before = await self._store.call("HGET", _KEY, shift)
            if not before:
                return None
            after = alter(_opened(self._store, shift, before))
            replaced = {"id": shift, "before": before, "after": _sealed(self._store, after)}
            if await self._store.run("replace_shift", [_KEY], **replaced):
                await self.publish()
                return after

    async def swap(
        self, proposal: tuple[str, bytes], span: tuple[float, float], alter: Callable[[CalendarTurns], Sequence[Shift]]
    ) -> bool:
        """Change shifts and end the proposal (id, sealed) that asked for it, in one step; False if the proposal is gone.

        `alter` gets the occurrences in a span of time and returns the shifts to be saved, new ones included. It is called again
        if anything in the calendar has changed meanwhile, so what it has checked holds.
        """
        id_, sealed = proposal
        while await self._store.call("HGET", SWAPS, id_) == sealed:
            before = await sealed_shifts(self._store)
            after = alter(await self._between(_read(self._store, before), *span))
            saved = [{"id": shift.id, "sealed": _sealed(self._store, shift)} for shift in after]
            asked = {"swap": id_, "proposal": sealed, "calendar": _digest(before), "shifts": saved}
            if await self._store.run("swap_shifts", [_KEY, SWAPS], **asked):
                await self.publish()
                return True
        return False

    async def remove(self, shift: str) -> None:
        """Remove a shift."""
        await self._store.call("HDEL", _KEY, shift)
        await self.publish()

    async def shifts(self) -> list[Shift]:
        """Return all shifts, without those sealed with another master key."""
        return await _shifts(self._store)

    async def between(self, begins: float, ends: float) -> list[ShiftOccurrence]:
        """Return the occurrences that overlap a span of time, in order, open places included."""
        return await self._between(await self.shifts(), begins, ends)

    async def _between(self, shifts: Sequence[Shift], begins: float, ends: float) -> list[ShiftOccurrence]:
        days = frozenset(await Holidays(self._store).all())
        every = (turn for shift in shifts for turn in self._turns(shift, begins, ends))
        turns = (turn for turn in every if self.day(turn) not in days)
        return sorted(turns, key=lambda turn: (turn.begins, turn.ends, turn.shift.id))

    async def on_duty_now(self, now: float) -> list[str]:
        """Return the accounts that should be on duty."""
        return sorted({turn.shift.account for turn in await self.between(now, now + 1) if turn.shift.account})

    async def next_shift(self, now: float) -> float | None:
        """Return when the next shift begins, as far as the calendar looks ahead."""
        begins = [turn.begins for turn in await self.between(now, now + duty_hours.AHEAD) if turn.shift.account]
        return min((moment for moment in begins if moment > now), default=None)

    async def publish(self) -> None:
        """Publish the hours that people are told, and drop shifts long past. Called every hour and after each change."""
        now = self._clock()
        for shift in await self.shifts():
            if not shift.weekly and self._moment(shift, 0) + shift.minutes * 60 < now - _PAST:
                await self._store.call("HDEL", _KEY, shift.id)
        await self._store.call("EXPIRE", _KEY, KEPT)
        turns = await self.between(now, now + duty_hours.AHEAD)
        filled = [(turn.begins, turn.ends) for turn in turns if turn.shift.account]
        days = await Holidays(self._store).all()
        usual = without(self._as_usual(now, now + duty_hours.AHEAD), days, self.zone)
        await duty_hours.publish(self._store, filled if turns else usual)

    def day(self, turn: ShiftOccurrence) -> date:
        """Return the local day on which an occurrence begins."""
        return datetime.fromtimestamp(turn.begins, self.zone).date()

    def _as_usual(self, begins: float, ends: float) -> list[duty_hours.DutySpan]:
        moments = (datetime.fromtimestamp(moment, UTC) for moment in (begins, ends))
        return [(since.timestamp(), until.timestamp()) for since, until in open_between(self._usual, *moments)]

    def _turns(self, shift: Shift, begins: float, ends: float) -> Iterator[ShiftOccurrence]:
        week = max(int((begins - self._moment(shift, 0)) // _WEEK.total_seconds()) - 1, 0) if shift.weekly else 0
        while (moment := self._moment(shift, week)) < ends:
            if moment + shift.minutes * 60 > begins and _day(shift, week) not in shift.without:
                yield ShiftOccurrence(shift, moment, moment + shift.minutes * 60)
            if not shift.weekly:
                return
            week += 1

    def _moment(self, shift: Shift, week: int) -> float:
        # Eight in the morning stays eight when the clocks change.
        return (datetime.fromisoformat(shift.begins) + week * _WEEK).replace(tzinfo=self.zone).timestamp()


async def by_the_clocks(store: Store, clock: Clock, settings: Settings) -> Duty:
    """Return the calendar in the time zone in force; shifts keep their local hours if that zone is changed."""
    return Duty(store, clock, (await in_force(store, settings)).time_zone, settings.duty_hours)


async def take_out(store: Store, account: str) -> None:
    """Remove all shifts of an account that is disabled or no longer answers people. Published hours follow within an hour."""
    shifts = await _shifts(store)
    own = [shift.id for shift in shifts if shift.account == account]
    if own:
        await store.call("HDEL", _KEY, *own)
    for shift in shifts:
        if shift.asked == account and shift.id not in own:
            before = await store.call("HGET", _KEY, shift.id)
            after = _sealed(store, replace(shift, asked=""))
            await store.run("replace_shift", [_KEY], id=shift.id, before=before or b"", after=after)


async def sealed_shifts(store: Store) -> dict[bytes, bytes]:
    """Return all shifts by id, as they are sealed."""
    ids = await store.call("HKEYS", _KEY)
    return {id_: sealed for id_ in ids if (sealed := await store.call("HGET", _KEY, id_))}


async def reseal(store: Store) -> None:
    """Seal all shifts with the master key of now."""
    for id_, sealed in (await sealed_shifts(store)).items():
        purpose = f"shift {id_.decode()}"
        if store.vault.is_of_before(sealed, purpose):
            after = store.vault.desk.seal(store.vault.desk.open(sealed, purpose), purpose)
            await store.run("replace_shift", [_KEY], id=id_, before=sealed, after=after)


async def _shifts(store: Store) -> list[Shift]:
    return _read(store, await sealed_shifts(store))


def _read(store: Store, sealed_ones: Mapping[bytes, bytes]) -> list[Shift]:
    found = []
    for id_, sealed in sealed_ones.items():
        with suppress(SealBroken):
            found.append(_opened(store, id_.decode(), sealed))
    return sorted(found, key=lambda shift: (shift.begins, shift.id))


def _sealed(store: Store, shift: Shift) -> bytes:
    return store.vault.desk.seal(json.dumps(asdict(shift)).encode(), f"shift {shift.id}")


def _opened(store: Store, id_: str, sealed: bytes) -> Shift:
    fields = json.loads(store.vault.desk.open(sealed, f"shift {id_}"))
    return Shift(**fields | {"without": tuple(fields.get("without", ()))})


def _digest(sealed: Mapping[bytes, bytes]) -> str:
    """Return what `swap_shifts` compares with the calendar as it is then."""
    read = "".join(sha1(sealed[id_]).hexdigest() for id_ in sorted(sealed))  # noqa: S324  # compares, and protects nothing
    return sha1(b"".join(sorted(sealed)) + read.encode()).hexdigest()  # noqa: S324


def _day(shift: Shift, week: int) -> str:
    return (datetime.fromisoformat(shift.begins) + week * _WEEK).date().isoformat()


def place(zone: str) -> tzinfo:
    """Return a time zone; UTC works even where the machine has no time zone data."""
    return UTC if zone == "UTC" else ZoneInfo(zone)
