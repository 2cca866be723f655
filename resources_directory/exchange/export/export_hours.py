"""Schedules as weekly rules of HSDS, one row per span; hours in any other form stay text."""

import re
from collections.abc import Iterator
from typing import Any

from resources_directory.exchange import attributes, ids
from resources_directory.exchange.fields.hours import DAYS
from resources_directory.model.hsds import Schedule

_RULE = re.compile(r"(?P<days>[A-Z][a-z](?:[-,][A-Z][a-z])*) (?P<spans>\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*)")
_ALL_DAY = "Mo-Su 00:00-24:00"


def schedule_rows(service: str, position: int, schedule: Schedule) -> list[dict[str, Any]]:
    """Return the rows of one schedule; the first carries our own text, so nothing is lost when it is imported again."""
    field = next(name for name in ("always", "opening_hours", "hours_note") if getattr(schedule, name))
    text = "24/7" if schedule.always else str(getattr(schedule, field))
    rules = list(_rules(_ALL_DAY if text == "24/7" else text)) if field != "hours_note" else []
    rows: list[dict[str, Any]] = []
    for number, rule in enumerate(rules or [{"description": text}]):
        made = ids.made_id("schedule", f"{service}|{position}|{number}")
        rows.append({"id": made, "service_id": service, **rule})
    rows[0]["attributes"] = attributes.rows(rows[0]["id"], "schedule", [(field, text)])
    return rows


def _rules(text: str) -> Iterator[dict[str, Any]]:
    """Yield the rules of simple opening hours; nothing if the text has more than days and times."""
    parts = [_RULE.fullmatch(part.strip()) for part in text.split(";")]
    if not all(parts):
        return
    for part in parts:
        days = ",".join(day.upper() for day in _days(part["days"])) if part else ""
        for span in (part["spans"] if part else "").split(","):
            opens, closes = span.split("-")
            yield {"freq": "WEEKLY", "byday": days, "opens_at": _time(opens), "closes_at": _time(closes)}


def _days(text: str) -> Iterator[str]:
    for part in text.split(","):
        first, _, last = part.partition("-")
        begin, end = DAYS.index(first), DAYS.index(last or first)
        yield from DAYS[begin : end + 1] if begin <= end else (*DAYS[begin:], *DAYS[: end + 1])


def _time(text: str) -> str:
    """Return a time in the form of HSDS, where a day ends at 23:59."""
    return "23:59:00" if text == "24:00" else f"{text}:00"
