"""Two shifts that change hands: one operator asks a colleague for theirs and gives their own, and with a yes both change at once.

Until then nothing changes. A proposal holds what both have seen; if one of the two shifts is not as it was any more, the
proposal is over, and neither changes.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from bot.crypto.identity import new_id
from bot.crypto.vault import SealBroken
from bot.storage.store import Store
from desk.duty.duty_calendar import SWAPS, CalendarTurns, Duty, Shift, ShiftOccurrence
from desk.shifts.shift_places import ShiftRefused, without_day

AHEAD = 60 * 86_400  # seconds in which shifts are swapped; a proposal is kept no longer
MOST = 10  # proposals of one account at once
_CLASH = 86_400  # seconds around a shift in which another one can overlap it


@dataclass(frozen=True)
class ShiftDay:
    """One occurrence of a shift."""

    shift: str
    day: str  # 2027-01-18

    @classmethod
    def of(cls, text: str) -> "ShiftDay":
        """Parse the two as a form has them; raises ValueError."""
        shift, _, day = text.partition(" ")
        return cls(shift, date.fromisoformat(day).isoformat())


@dataclass(frozen=True)
class SwapProposal:
    """Somebody gives one shift and asks for another."""

    id: str
    by: str  # the account that asks
    gives: ShiftDay
    of: str  # the account that is asked
    takes: ShiftDay
    agreed: bool = False  # they have said yes, and a supervisor has not yet


@dataclass(frozen=True)
class OpenSwap:
    """A proposal that can still be answered, with its two shifts as they are now."""

    proposal: SwapProposal
    given: ShiftOccurrence
    taken: ShiftOccurrence

    def waits_for(self, account: str) -> bool:
        """Whether it is for this account to say yes or no."""
        return self.proposal.of == account and not self.proposal.agreed


TurnsByDay = Mapping[ShiftDay, ShiftOccurrence]


async def _nothing(_: SwapProposal) -> None:
    return


class ShiftSwaps:
    """The proposals in the store, sealed. `confirm`: a supervisor says yes as well.

    `noted` is called once a step is known to be allowed, and before anything is changed.
    """

    def __init__(
        self, store: Store, duty: Duty, confirm: bool, noted: Callable[[SwapProposal], Awaitable[None]] = _nothing
    ) -> None:
        self._store, self._duty, self._confirm, self._noted = store, duty, confirm, noted

    async def ask(self, by: str, gives: ShiftDay, takes: ShiftDay, now: float) -> SwapProposal:
        """Ask a colleague for a swap; asked again, it stays the same proposal. Raises ShiftRefused."""
        turns = await self._turns(now)
        own, other = turns.get(gives), turns.get(takes)
        if own is None or own.shift.account != by:
            raise ShiftRefused("shift_not_yours")
        found = SwapProposal(new_id(), by, gives, other.shift.account if other else "", takes)
        both = _held(found, turns, now)
        if both is None or found.of in ("", by):
            raise ShiftRefused("shift_gone")
        _check_clash(found, both, turns)
        mine = [each.proposal for each in await self._tidied(now) if each.proposal.by == by]
        if same := next((each for each in mine if (each.gives, each.takes) == (gives, takes)), None):
            return same
        if len(mine) >= MOST:
            raise ShiftRefused("swaps_full")
        await self._noted(found)
        await self._store.call("HSET", SWAPS, found.id, self._sealed(found))
        await self._store.call("EXPIRE", SWAPS, AHEAD)
        return found

    async def open(self, now: float) -> list[OpenSwap]:
        """Return the proposals that can still be answered, by when the first of the two shifts begins."""
        found = [each for each, _ in (await self._read()).values()]
        turns = await self._turns(now) if found else {}
        held = [(each, _held(each, turns, now)) for each in found]
        swaps = [OpenSwap(each, *both) for each, both in held if both]
        return sorted(swaps, key=lambda each: (min(each.given.begins, each.taken.begins), each.proposal.id))

    async def accept(self, swap: str, account: str, now: float) -> bool:
        """Say yes to a proposal; False: a supervisor has to, as well. Raises ShiftRefused, and then nothing has changed."""
        found, sealed = await self._one(swap)
        if found.of != account or found.agreed:
            raise ShiftRefused("swap_gone")
        await self._check(found, now)
        if not self._confirm:
            await self._swap(found, sealed, now)
            return True
        await self._noted(found)
        await self._replace(swap, sealed, self._sealed(replace(found, agreed=True)))
        return False

    async def confirm(self, swap: str, now: float) -> None:
        """Let two swap who have agreed on it; raises ShiftRefused, and then nothing has changed."""
        found, sealed = await self._one(swap)
        if not found.agreed:
            raise ShiftRefused("swap_gone")
        await self._check(found, now)
        await self._swap(found, sealed, now)

    async def end(self, swap: str, account: str = "") -> None:
        """Withdraw a proposal, or say no to it; without an account a supervisor does. Raises ShiftRefused."""
        found, sealed = await self._one(swap)
        if account not in (found.by, found.of) and (account or not found.agreed):
            raise ShiftRefused("swap_gone")
        await self._noted(found)
        await self._replace(swap, sealed, None)

    async def _swap(self, found: SwapProposal, sealed: bytes, now: float) -> None:
        await self._noted(found)

        def swapped(turns: CalendarTurns) -> Sequence[Shift]:
            given, taken = self._checked(found, self._by_day(turns), now)
            return [*_handed(given.shift, found.gives, found.of), *_handed(taken.shift, found.takes, found.by)]

        if not await self._duty.swap((found.id, sealed), (now, now + AHEAD + _CLASH), swapped):
            raise ShiftRefused("swap_gone")

    async def _check(self, found: SwapProposal, now: float) -> None:
        self._checked(found, await self._turns(now), now)

    def _checked(self, found: SwapProposal, turns: TurnsByDay, now: float) -> tuple[ShiftOccurrence, ShiftOccurrence]:
        both = _held(found, turns, now)
        if both is None:
            raise ShiftRefused("swap_gone")
        _check_clash(found, both, turns)
        return both

    async def _turns(self, now: float) -> TurnsByDay:
        return self._by_day(await self._duty.between(now, now + AHEAD + _CLASH))

    def _by_day(self, turns: CalendarTurns) -> TurnsByDay:
        return {ShiftDay(turn.shift.id, self._duty.day(turn).isoformat()): turn for turn in turns}

    async def _tidied(self, now: float) -> list[OpenSwap]:
        """Remove what can be answered no longer, and return the rest."""
        swaps = await self.open(now)
        for id_ in {*await self._read()} - {each.proposal.id for each in swaps}:
            await self._store.call("HDEL", SWAPS, id_)
        return swaps

    async def _one(self, swap: str) -> tuple[SwapProposal, bytes]:
        found = (await self._read()).get(swap)
        if found is None:
            raise ShiftRefused("swap_gone")
        return found

    async def _read(self) -> dict[str, tuple[SwapProposal, bytes]]:
        found = {}
        for id_, sealed in (await sealed_swaps(self._store)).items():
            with suppress(SealBroken):
                fields = json.loads(self._store.vault.desk.open(sealed, _purpose(id_)))
                days = {name: ShiftDay(**fields[name]) for name in ("gives", "takes")}
                found[id_] = (SwapProposal(**fields | days), sealed)
        return found

    async def _replace(self, swap: str, before: bytes, after: bytes | None) -> None:
        if not await self._store.run("replace_swap", [SWAPS], swap=swap, before=before, after=after):
            raise ShiftRefused("swap_gone")

    def _sealed(self, found: SwapProposal) -> bytes:
        return self._store.vault.desk.seal(json.dumps(asdict(found)).encode(), _purpose(found.id))


async def sealed_swaps(store: Store) -> dict[str, bytes]:
    """Return all proposals by id, as they are sealed."""
    ids = await store.call("HKEYS", SWAPS)
    return {id_.decode(): sealed for id_ in ids if (sealed := await store.call("HGET", SWAPS, id_))}


async def reseal(store: Store) -> None:
    """Seal all proposals with the master key of now."""
    for id_, sealed in (await sealed_swaps(store)).items():
        if store.vault.is_of_before(sealed, _purpose(id_)):
            after = store.vault.desk.seal(store.vault.desk.open(sealed, _purpose(id_)), _purpose(id_))
            await store.run("replace_swap", [SWAPS], swap=id_, before=sealed, after=after)


def _held(found: SwapProposal, turns: TurnsByDay, now: float) -> tuple[ShiftOccurrence, ShiftOccurrence] | None:
    """Return the two shifts, if neither has begun and both are still as they were when somebody asked."""
    given, taken = turns.get(found.gives), turns.get(found.takes)
    if given is None or taken is None or min(given.begins, taken.begins) <= now:
        return None
    stand = _stands(given.shift, found.by, found.gives) and _stands(taken.shift, found.of, found.takes)
    return (given, taken) if stand else None


def _stands(shift: Shift, account: str, day: ShiftDay) -> bool:
    return shift.account == account and not shift.asked and day.day not in shift.without


def _check_clash(found: SwapProposal, both: tuple[ShiftOccurrence, ShiftOccurrence], turns: TurnsByDay) -> None:
    """Refuse a swap after which one of them has two shifts at the same time; raises ShiftRefused."""
    given, taken = both
    for account, gets in ((found.by, taken), (found.of, given)):
        for day, other in turns.items():
            theirs = account in (other.shift.account, other.shift.asked) and day not in (found.gives, found.takes)
            if theirs and gets.begins < other.ends and other.begins < gets.ends:
                raise ShiftRefused("swap_clash")


def _handed(shift: Shift, day: ShiftDay, to: str) -> list[Shift]:
    """Return what there is after somebody else has a shift; of a weekly one they get that day alone."""
    if not shift.weekly:
        return [replace(shift, account=to, offered=False)]
    one = Shift(new_id(), to, f"{day.day}T{datetime.fromisoformat(shift.begins):%H:%M}", shift.minutes)
    return [without_day(shift, date.fromisoformat(day.day)), one]


def _purpose(id_: str) -> str:
    return f"shift swap {id_}"
