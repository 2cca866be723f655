"""Places in shifts that operators sign up for, and shifts that they give to a colleague; a supervisor confirms, if that is set.

A shift stays with whoever has it until a colleague has it: nobody leaves a gap by looking for one.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.crypto.identity import new_id
from desk.duty.duty_calendar import Duty, Shift

MOST = 10  # places opened at once
_LOOKED_AT = 200 * 86_400  # seconds ahead in which shifts are taken, and a clash with one's own is looked for
ShiftRefusal = Literal[
    "shift_gone",  # removed or over, or somebody else was faster
    "shift_clash",  # one's own shift at the same time
    "shift_not_yours",
    "swap_gone",  # answered, withdrawn, or one of the two shifts has changed
    "swap_clash",  # one of the two would have another shift at the same time
    "swaps_full",
]


class ShiftRefused(Exception):
    """A step that is refused; the text is a word of sentences.html."""

    def __init__(self, why: ShiftRefusal) -> None:
        super().__init__(why)
        self.why = why


async def _nothing() -> None:
    return


class ShiftPlaces:
    """The steps with shifts that are open, offered or asked for. `confirm`: a supervisor says yes to whoever takes one.

    `noted` is called once a step is known to be allowed, and before anything is changed.
    """

    def __init__(self, duty: Duty, confirm: bool, noted: Callable[[], Awaitable[None]] = _nothing) -> None:
        self._duty, self._confirm, self._noted = duty, confirm, noted

    async def open(self, begins: datetime, minutes: int, weekly: bool, places: int) -> list[Shift]:
        """Open places in a shift; raises ValueError for a number or a shift that cannot be."""
        if not 1 <= places <= MOST:
            raise ValueError("Places are opened by one to ten.")
        return [await self._duty.add("", begins, minutes, weekly) for _ in range(places)]

    async def take(self, shift: str, account: str, now: float) -> Shift:
        """Sign up for an open place, or take a colleague's shift; raises ShiftRefused. Of two at once the first has it."""
        await self._no_clash(shift, account, now)

        def taken(before: Shift) -> Shift:
            free = not before.account or (before.offered and before.account != account)
            if not free or before.asked not in ("", account):
                raise ShiftRefused("shift_gone")
            return replace(before, asked=account) if self._confirm else _given(before, account)

        return await self._change(shift, taken)

    async def offer(self, shift: str, account: str, day: date) -> Shift:
        """Look for a colleague who takes one's own shift, of a weekly one that of one day; raises ShiftRefused."""
        found = next((each for each in await self._duty.shifts() if each.id == shift), None)
        if found is None or found.account != account:
            raise ShiftRefused("shift_not_yours")
        if found.weekly:
            return await self._offer_one(found, day)

        def offered(before: Shift) -> Shift:
            if before.account != account:
                raise ShiftRefused("shift_not_yours")
            return replace(before, offered=True)

        return await self._change(shift, offered)

    async def keep(self, shift: str, account: str) -> Shift:
        """Look no longer for a colleague; raises ShiftRefused."""

        def kept(before: Shift) -> Shift:
            if before.account != account:
                raise ShiftRefused("shift_gone")  # a colleague has it
            return replace(before, offered=False, asked="")

        return await self._change(shift, kept)

    async def withdraw(self, shift: str, account: str) -> Shift:
        """No longer want a shift that a supervisor has not confirmed; raises ShiftRefused."""

        def withdrawn(before: Shift) -> Shift:
            if before.asked != account:
                raise ShiftRefused("shift_gone")
            return replace(before, asked="")

        return await self._change(shift, withdrawn)

    async def confirm(self, shift: str, account: str) -> Shift:
        """Give a shift to the account that has asked for it, as the supervisor saw it; raises ShiftRefused."""

        def confirmed(before: Shift) -> Shift:
            if before.asked != account or not account:
                raise ShiftRefused("shift_gone")
            return _given(before, account)

        return await self._change(shift, confirmed)

    async def _offer_one(self, weekly: Shift, day: date) -> Shift:
        """Part one day from a weekly shift, and offer that."""
        at = datetime.fromisoformat(weekly.begins)
        if (day - at.date()).days < 0 or (day - at.date()).days % 7 or day.isoformat() in weekly.without:
            raise ShiftRefused("shift_gone")
        one = Shift(new_id(), weekly.account, f"{day}T{at:%H:%M}", weekly.minutes, offered=True)
        await self._noted()
        await self._duty.keep(one)  # first: if we die here, the hour is covered twice, and never by nobody
        if await self._duty.change(weekly.id, lambda before: without_day(before, day)) is None:
            raise ShiftRefused("shift_gone")
        return one

    async def _no_clash(self, shift: str, account: str, now: float) -> None:
        turns = await self._duty.between(now, now + _LOOKED_AT)
        wanted = [turn for turn in turns if turn.shift.id == shift]
        own = [turn for turn in turns if account in (turn.shift.account, turn.shift.asked) and turn.shift.id != shift]
        if not wanted:
            raise ShiftRefused("shift_gone")
        if any(one.begins < other.ends and other.begins < one.ends for one in wanted for other in own):
            raise ShiftRefused("shift_clash")

    async def _change(self, shift: str, alter: Callable[[Shift], Shift]) -> Shift:
        found = next((each for each in await self._duty.shifts() if each.id == shift), None)
        if found is None:
            raise ShiftRefused("shift_gone")
        alter(found)  # raises what refuses the step
        await self._noted()
        changed = await self._duty.change(shift, alter)
        if changed is None:
            raise ShiftRefused("shift_gone")
        return changed


def without_day(weekly: Shift, day: date) -> Shift:
    """Return a weekly shift that does not take place on a day."""
    past = (day - timedelta(days=31)).isoformat()
    return replace(weekly, without=tuple(sorted({*(d for d in weekly.without if d > past), day.isoformat()})))


def _given(shift: Shift, account: str) -> Shift:
    return replace(shift, account=account, asked="", offered=False)
