"""Opening hours from schedules where that is exact; anything else becomes a note that is never shown as a fact."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import opening_hours

from resources_directory.exchange import attributes
from resources_directory.exchange.feeds.feed_row import ScheduleRow
from resources_directory.model.hsds import Schedule

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?")
_WHOLE_DAY = ("00:00", "24:00")


class Span(NamedTuple):
    """When somebody is there on one day of the week."""

    day: int
    opens: str
    closes: str


def schedules_of(rows: Sequence[ScheduleRow], today: date) -> tuple[Schedule, ...]:
    """Return the schedules of a service: as stated in one of our exports, else exact hours, else a note."""
    own = [schedule for row in rows if (schedule := _ours(row))]
    if own:
        return tuple(own)
    rows = [row for row in rows if any(row.model_dump(exclude={"attributes"}).values())]
    if not rows:
        return ()
    spans = [_spans(row, today) for row in rows]
    exact = (
        None if any(found is None for found in spans) else _joined([span for found in spans for span in found or ()])
    )
    if exact == "24/7":
        return (Schedule(always=True),)
    if exact:
        return (Schedule(opening_hours=exact),)
    return _note("; ".join(dict.fromkeys(_told(row) for row in rows)))


def is_exact(text: str) -> bool:
    """Whether a text is OpenStreetMap opening hours and names days."""
    return bool(re.search(r"24/7|\b(Mo|Tu|We|Th|Fr|Sa|Su)\b", text)) and bool(opening_hours.validate(text))


def _ours(row: ScheduleRow) -> Schedule | None:
    if attributes.first(row.attributes, "always"):
        return Schedule(always=True)
    text = attributes.first(row.attributes, "opening_hours") or attributes.first(row.attributes, "hours")
    if text and is_exact(text):
        return Schedule(opening_hours=text[:1_000])
    note = attributes.first(row.attributes, "hours_note") or text
    return Schedule(hours_note=note[:1_000]) if note else None


def _note(text: str) -> tuple[Schedule, ...]:
    return (Schedule(hours_note=text[:1_000]),) if text.strip() else ()


def _spans(row: ScheduleRow, today: date) -> list[Span] | None:
    """Return the hours of one row; None if text, an end date or a rhythm other than weekly would be lost."""
    days = _days(row)
    opens, closes = _time(row.opens_at), _time(row.closes_at)
    if not days or opens is None or closes is None or opens in (closes, "24:00"):
        return None
    more = (row.description, row.notes, row.valid_to, row.until, row.count, row.bymonthday, row.byweekno, row.byyearday)
    weekly = (row.freq or "").upper() == "WEEKLY" or (row.weekday is not None and row.freq is None)
    if any(more) or not weekly or row.interval not in (None, "1") or _later(row, today):
        return None
    return [Span(day, opens, closes) for day in days]


def _days(row: ScheduleRow) -> list[int]:
    """Return the days of the week; numbers are not read as days, since some count from Sunday and some from Monday."""
    told = row.byday or row.weekday
    if told is None:
        start = _date(row.dtstart)
        return [start.weekday()] if start else []
    found = []
    for word in re.split(r"[,;\s]+", told.strip().casefold()):
        day = next((n for n, name in enumerate(_ENGLISH) if word in (name, name[:2], name[:3])), None)
        if day is None:
            return []
        found.append(day)
    return found


def _time(text: str | None) -> str | None:
    """Parse a time; None with a UTC offset, which is not the wall clock of the place all year."""
    found = _TIME.fullmatch(text.strip()) if text else None
    if found is None:
        return None
    shown = f"{int(found[1]):02}:{found[2]}"
    return "24:00" if shown == "23:59" else (shown if shown <= "24:00" else None)


def _later(row: ScheduleRow, today: date) -> bool:
    starts = [day for day in (_date(row.dtstart), _date(row.valid_from)) if day]
    return any(day > today for day in starts)


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _joined(spans: Sequence[Span]) -> str | None:
    """Return a week as text, grouping days with the same hours: `Mo-Fr 09:00-17:00; Sa 10:00-12:00`."""
    by_day = {day: sorted({(span.opens, span.closes) for span in spans if span.day == day}) for day in range(7)}
    if any(_overlap(times) for times in by_day.values()):
        return None
    if all(times == [_WHOLE_DAY] for times in by_day.values()):
        return "24/7"
    parts: list[tuple[list[int], list[tuple[str, str]]]] = []
    for day, times in by_day.items():
        if times and parts and parts[-1][1] == times and parts[-1][0][-1] == day - 1:
            parts[-1][0].append(day)
        elif times:
            parts.append(([day], times))
    text = "; ".join(f"{_range(days)} {','.join('-'.join(span) for span in times)}" for days, times in parts)
    return text if is_exact(text) else None


def _overlap(times: list[tuple[str, str]]) -> bool:
    """Whether one span begins before another has ended; only the last may run past midnight."""
    return any(earlier[1] > later[0] or earlier[1] < earlier[0] for earlier, later in pairwise(times))


def _range(days: list[int]) -> str:
    if len(days) < 2:
        return DAYS[days[0]]
    return f"{DAYS[days[0]]}{'-' if len(days) > 2 else ','}{DAYS[days[-1]]}"


def _told(row: ScheduleRow) -> str:
    """Return one row as text for a steward."""
    when = row.byday or row.weekday
    rule = [f"{name} {getattr(row, name)}" for name in ("freq", "interval", "until", "count", "bymonthday", "byweekno")
            if getattr(row, name) and not (name == "freq" and row.freq == "WEEKLY")]  # fmt: skip
    times = f"{row.opens_at or '?'}-{row.closes_at or '?'}" if row.opens_at or row.closes_at else None
    return ", ".join(filter(None, [when, times, *rule, row.description, row.notes]))
