"""Texts about the law of a country, from data/rights.yml, and how long they can be shown after they were checked.

Law changes, and somebody may act on an old text: past its check interval it is shown with a warning, past twice that not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

TextState = Literal["fresh", "old", "hidden"]

TOPICS = frozenset({"ask_immigration_rights", "ask_worker_rights", "ask_police"})
_FILE = Path(__file__).parents[2] / "data" / "rights.yml"


class BadRightsText(ValueError):
    """An entry that must not be shown as it is; the message says why."""


@dataclass(frozen=True)
class RightsText:
    """One phrase about the law, where it applies, and its sources."""

    phrase: str
    countries: frozenset[str]  # ISO 3166-1 alpha-2
    topics: frozenset[str]  # labels
    sources: tuple[str, ...]
    checked_on: date
    check_every_days: int
    owner: str | None  # who is to check it again
    home: bool | None = None  # True: only for work in a home; False: only for other work

    def state(self, now: date) -> TextState:
        """Return whether it can be shown, and how."""
        age, limit = now - self.checked_on, timedelta(days=self.check_every_days)
        if age <= limit:
            return "fresh"
        return "old" if age <= 2 * limit else "hidden"

    def fits(self, topic: str, country: str, home: bool | None) -> bool:
        """Whether it answers this question; if the place of work is unknown, texts about either do."""
        about_work = home is None or self.home is None or home == self.home
        return topic in self.topics and country in self.countries and about_work


@dataclass(frozen=True)
class RightsTexts:
    """All texts, and the groups of countries they were written for."""

    texts: tuple[RightsText, ...]
    groups: Mapping[str, frozenset[str]]

    def find(self, topic: str, country: str, now: date, home: bool | None = None) -> list[RightsText]:
        """Return the texts to show on a topic in a country, in order."""
        return [text for text in self.texts if text.fits(topic, country, home) and text.state(now) != "hidden"]


@cache
def rights_texts() -> RightsTexts:
    """Return the texts of data/rights.yml, read once; raises BadRightsText."""
    return load(_FILE)


def load(file: Path) -> RightsTexts:
    """Read a file of texts; raises BadRightsText for an entry that lacks what makes it trustworthy."""
    plain = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    groups = {name: frozenset(codes) for name, codes in plain["groups"].items()}
    return RightsTexts(tuple(_text(row, groups) for row in plain["texts"]), groups)


def _text(row: Mapping[str, Any], groups: Mapping[str, frozenset[str]]) -> RightsText:
    phrase, topics, sources = row["phrase"], frozenset(row["topics"]), tuple(row.get("sources") or ())
    if not sources:
        raise BadRightsText(f"{phrase} has no source.")
    if not topics or topics - TOPICS:
        raise BadRightsText(f"{phrase} has a topic that is none of {', '.join(sorted(TOPICS))}.")
    if not isinstance(row.get("checked_on"), date):
        raise BadRightsText(f"{phrase} does not say on which day it was checked.")
    countries = frozenset[str]().union(*(groups.get(name, {name}) for name in row["countries"]))
    days, owner = int(row["check_every_days"]), row.get("owner")
    return RightsText(phrase, countries, topics, sources, row["checked_on"], days, owner, row.get("home"))
