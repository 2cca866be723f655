"""Operators in the night swap shifts of the coming weeks, while a colleague does the same and connections are cut."""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.storage.store import StoreAway
from desk.auth.people import Account
from desk.duty.duty_calendar import Duty, ShiftOccurrence
from desk.shifts.shift_places import ShiftRefused
from desk.shifts.shift_swaps import ShiftDay, ShiftSwaps
from tests.desk.night_parts import BEGINS

if TYPE_CHECKING:
    from tests.desk.night import Night

_EACH = 4  # shifts, the first of them every week
_LASTS = 240  # minutes
_DAYS = 30


@dataclass
class SwappedShifts:
    """The calendar of the night, and what became of it."""

    night: "Night"
    duty: Duty = field(init=False)
    swaps: ShiftSwaps = field(init=False)
    planned: list[ShiftOccurrence] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.duty = Duty(self.night.store, self.night.clock)
        self.swaps = ShiftSwaps(self.night.store, self.duty, confirm=False)

    async def are_planned(self) -> None:
        """Give everybody as many shifts; some of colleagues are at the same time."""
        begins = datetime.fromtimestamp(BEGINS, UTC).replace(tzinfo=None, minute=0) + timedelta(days=1)
        for place, operator in enumerate(self.night.operators):
            for n in range(_EACH):
                at = begins + timedelta(days=n * len(self.night.operators) + place)
                await self.duty.add(operator.id, at, _LASTS, weekly=n == 0)
        self.planned = await self.coming()

    async def coming(self) -> list[ShiftOccurrence]:
        """The shifts that are swapped: the same days whenever it is asked."""
        return await self.duty.between(BEGINS + 43_200, BEGINS + _DAYS * 86_400)

    async def trades(self, me: Account) -> None:
        """Ask for shifts of colleagues, and answer those who ask."""
        dice = random.Random(f"{self.night.plan.seed} swaps {me.id}")
        while True:
            await asyncio.sleep(dice.uniform(0.1, 0.4))
            with suppress(ShiftRefused, StoreAway):
                await self._step(me.id, dice)

    async def _step(self, me: str, dice: random.Random) -> None:
        now = self.night.clock()
        for each in await self.swaps.open(now):
            if each.waits_for(me) and dice.random() < 0.7:
                await self.swaps.accept(each.proposal.id, me, now)
                self.night.counted["shifts swapped"] += 1
            elif me in (each.proposal.by, each.proposal.of) and dice.random() < 0.2:
                await self.swaps.end(each.proposal.id, me)
        own = [turn for turn in await self.coming() if turn.shift.account == me]
        others = [turn for turn in await self.coming() if turn.shift.account != me]
        await self.swaps.ask(me, self._day(dice.choice(own)), self._day(dice.choice(others)), now)

    async def faults(self) -> list[str]:
        """Say what is wrong after the night: an hour that is lost or doubled, or somebody who has more, less, or two at once."""
        found, wrong = await self.coming(), []
        if sorted(turn.begins for turn in found) != sorted(turn.begins for turn in self.planned):
            wrong.append("not the hours that were planned")
        had, has = (Counter(turn.shift.account for turn in turns) for turns in (self.planned, found))
        if had != has:
            wrong.append(f"not as many for each as before: {has}")
        if len({(turn.begins, turn.shift.account) for turn in found}) != len(found):
            wrong.append("two shifts at once")
        return wrong

    def _day(self, turn: ShiftOccurrence) -> ShiftDay:
        return ShiftDay(turn.shift.id, self.duty.day(turn).isoformat())
