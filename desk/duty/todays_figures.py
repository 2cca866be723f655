"""The figures of today, as the desk shows them while the day goes on: how many wait, were taken and left, and how long it took.

They say less than the queue beside them and the audit log, which whoever leads a shift can read; everybody else is shown
no number under ten, as in the counts of a month (docs/counts.md). They are never exported, and are gone the day after.
"""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from bot.reporting.cell_suppression import LEAST
from bot.storage.store import Store
from desk.duty.duty_calendar import place

_PART = 1800  # seconds of one part of a day that is counted


@dataclass(frozen=True)
class TodaysFigures:
    """Today so far. None: nothing to be shown, or too little."""

    waiting: int
    taken: int | None
    left: int | None  # before a person came
    first_line: float | None  # median seconds from asking to the first line of a person
    helped: int | None  # as operators have noted: connected to a service, informed, or emergency services called
    said_helped: int | None = None  # as people have answered: yes, or a little


async def today(store: Store, waiting: int, now: float, zone: str, exact: bool) -> TodaysFigures:
    """Return the figures since midnight. `waiting`: now. `exact`: numbers under ten are shown too."""
    midnight = datetime.fromtimestamp(now, place(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    first, last = int(midnight.timestamp() // _PART), int(now // _PART)
    found = await store.run_named("live_figures", first=first, last=last)
    waits = found["waits"]
    least = 0 if exact else LEAST

    def shown(number: int) -> int | None:
        return max(number, 0) if number >= least else None

    first_line = float(median(waits)) if waits and len(waits) >= least else None
    taken, left, helped, said_helped = (shown(found[what]) for what in ("taken", "left", "helped", "said_helped"))
    return TodaysFigures(waiting, taken, left, first_line, helped, said_helped)
