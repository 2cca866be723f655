"""Counts of conversations for reports: by day, and by topic with channel, language or level. Never who, and never all together.

A conversation counts once. What it counts as is sealed with its own key, so it can change as the conversation becomes clearer,
and is erased with it. After its second day it no longer changes, so the report of a month stays as published.
"""

import json
import time
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.conversation.record import Record
from bot.crypto.vault import Seal, SealBroken
from bot.handoff.case_card import assessed
from bot.months import KEPT
from bot.storage.store import Store, key

DAY = 86_400
MOVES = 1  # days after its first on which what a conversation counts as can still change
_FILE = Path(__file__).parents[2] / "data" / "families.yml"


@dataclass(frozen=True)
class CountedTurn:
    """What a turn adds to the count of its conversation."""

    conversation: str
    channel: str
    locale: str
    label: str | None  # a label of the domain: how this turn was understood


@dataclass(frozen=True)
class Counted:
    """What a conversation counts as."""

    day: str  # of its first answer, as 2026-11-27
    topic: str
    channel: str
    locale: str
    level: str

    def cells(self) -> list[str]:
        """Return the cells it counts in: each is a number that a report can show, and none joins more than two properties."""
        by_topic = {"channel": self.channel, "language": self.locale, "level": self.level}
        return [f"day|{self.day[8:]}", *(f"{kind}|{self.topic}|{value}" for kind, value in by_topic.items())]


async def packed(store: Store, seal: Seal, heard: CountedTurn, now: float) -> dict[str, Any] | None:
    """Return how to count a conversation, or move it to other cells, as scripts read it; None if nothing changes."""
    names = (key("counted", heard.conversation), key("record", heard.conversation))
    sealed, record = await store.call("MGET", *names)
    try:
        before = Counted(**json.loads(seal.open(sealed, "counted"))) if sealed else None
        known = Record.load(seal.shared.open(record, "record")) if record else Record()
    except (SealBroken, TypeError, ValueError):
        return None  # an unreadable record must not cost the person an answer
    after = _as_what(heard, known, before.day if before else _day(now))
    if before == after or (before and before.day < _day(now - MOVES * DAY)):
        return None
    changes = dict.fromkeys(after.cells(), 1)
    for cell in before.cells() if before else ():
        changes[cell] = changes.get(cell, 0) - 1
    return {
        "month": after.day[:7],
        "seconds": KEPT,
        "sealed": seal.seal(json.dumps(asdict(after)).encode(), "counted"),
        "changes": {cell: change for cell, change in changes.items() if change},
    }


@cache
def families() -> dict[str, list[str]]:
    """Return the labels of each topic, the gravest topic last."""
    found: dict[str, list[str]] = yaml.load(_FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return found


def _as_what(heard: CountedTurn, record: Record, day: str) -> Counted:
    labels = {heard.label, *(label for label, times in record.answered.items() if times)}
    touched = [family for family, members in families().items() if labels & set(members)]
    topic = touched[-1] if touched else next(iter(families()))
    return Counted(day, topic, heard.channel, heard.locale, assessed(record).level)


def _day(now: float) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(now))
