"""The geometry of a duty week: for each day, a strip of its hours with a bar for each planned shift. A template draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bot.handoff.duty_hours import merged
from desk.duty.duty_calendar import ShiftOccurrence

WIDE, LANE = 960, 22  # of a strip, and of each row of bars in it, in SVG units
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bar:
    """The part of a shift that falls on one day."""

    turn: ShiftOccurrence
    x: float
    wide: float
    y: int


@dataclass(frozen=True)
class DutyDay:
    """One day in local time; two days a year have 23 or 25 hours."""

    date: date
    bars: Sequence[Bar]
    high: int
    hours: Sequence[tuple[str, float]]  # labels above the strip, and where they stand


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on."""

    days: Sequence[DutyDay]
    empty: float  # hours for which nobody is planned

    @property
    def before(self) -> date:
        """The Monday before."""
        return self.days[0].date - 7 * DAY

    @property
    def after(self) -> date:
        """The next Monday."""
        return self.days[0].date + 7 * DAY


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def span(first: date, zone: tzinfo, days: int = 7) -> tuple[float, float]:
    """Return when this many days begin and end, in seconds since 1970."""
    begins, ends = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (first, first + days * DAY))
    return begins.timestamp(), ends.timestamp()


def week(first: date, turns: Sequence[ShiftOccurrence], zone: tzinfo) -> Week:
    """Lay out a week."""
    begins, ends = span(first, zone)
    filled = (turn for turn in turns if turn.shift.account)
    planned = merged((max(turn.begins, begins), min(turn.ends, ends)) for turn in filled)
    empty = ends - begins - sum(until - since for since, until in planned)
    return Week([_day(first + number * DAY, turns, zone) for number in range(7)], round(empty / 3600, 1))


def _day(day: date, turns: Sequence[ShiftOccurrence], zone: tzinfo) -> DutyDay:
    begins, ends = span(day, zone, 1)
    unit = WIDE / (ends - begins)
    lanes: list[float] = []  # until when each lane is taken
    bars = []
    for turn in turns:
        since, until = max(turn.begins, begins), min(turn.ends, ends)
        if since >= until:
            continue
        lane = next((at for at, taken in enumerate(lanes) if taken <= since), len(lanes))
        lanes[lane : lane + 1] = [until]
        bars.append(Bar(turn, round((since - begins) * unit, 1), round((until - since) * unit, 1), lane * LANE))
    hours = [(f"{hour:02}", round(hour * 3600 * unit, 1)) for hour in range(0, 24, 3)]
    return DutyDay(day, bars, max(len(lanes), 1) * LANE, hours)
