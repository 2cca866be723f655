"""Signs of trafficking and forced labor as data, and the level they add up to: plain rules, with reasons.

A level orders the operators' queue and chooses a text. It is never a score, is never shown, and closes no door.
Rules and weights: data/indicators.yml (ILO and European Commission 2009, "Delphi"; ILO 2012; our own, marked as such).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Weight = Literal["strong", "medium", "weak", "context"]
When = Literal["now", "past", "open"]  # open: the words do not say; for the queue it counts as now
Level = Literal["urgent", "strong", "some", "none"]
Profile = Literal["AL", "CL"]  # Delphi's lists: adult labor, child labor. The sexual lists have no confirmed weights

_FILE = Path(__file__).parents[2] / "data" / "indicators.yml"
_WEIGHTS: Mapping[str, Weight] = {"S": "strong", "M": "medium", "W": "weak"}
# What the rules in the file name: if they are going on now, these are urgent.
_VIOLENCE_OR_CONFINEMENT = frozenset({"physical_violence", "sexual_violence", "confinement", "abduction"})
_STRONG_ALONE = frozenset("ADEFGHIJK")  # sections in which one strong indicator is enough
_NEVER_COUNTED = frozenset("LM")  # what others observe, and offers not taken up


@dataclass(frozen=True)
class Indicator:
    """One sign, the answers that mean it is present, and its weight."""

    id: str
    section: str
    title: str
    self_present_on: str  # the answer, "yes" or "no", that means it is present
    third_present_on: str
    weight: Weight
    links: tuple[str, ...]  # ids of Delphi items
    intents: tuple[str, ...]  # labels that can reveal it


@dataclass(frozen=True)
class Mark:
    """An indicator that was heard: only what the person said, or answered when asked."""

    indicator: str
    when: When = "open"
    how: Literal["said", "asked"] = "said"
    quote: str = ""  # at most one line of theirs
    who: Literal["self", "other"] = "self"


@dataclass(frozen=True)
class Assessment:
    """The level, and why."""

    level: Level
    reasons: tuple[Mark, ...]
    dimensions: tuple[str, ...] = ()  # dimensions of Delphi that are positive


@dataclass(frozen=True)
class Catalogue:
    """All indicators and Delphi's items."""

    indicators: Mapping[str, Indicator]
    dimension_of: Mapping[str, str]
    item_weights: Mapping[str, Mapping[str, str | None]]

    def __getitem__(self, indicator: str) -> Indicator:
        return self.indicators[indicator]

    def weights(self, marks: Iterable[Mark], profile: Profile) -> dict[str, dict[str, Weight]]:
        """Return, for each dimension, the Delphi items that were heard and their weights.

        Items count, not indicators: "locked in" and "may not go out" are one item of the published list.
        """
        found: dict[str, dict[str, Weight]] = {}
        for mark in marks:
            indicator = self.indicators[mark.indicator]
            for item in indicator.links:
                published = self.item_weights[item].get(profile)
                weight = _WEIGHTS[published] if published else indicator.weight
                found.setdefault(self.dimension_of[item], {})[item] = weight
        return found


@cache
def catalogue() -> Catalogue:
    """Return the data, read once."""
    plain = yaml.load(_FILE.read_bytes(), Loader=yaml.CSafeLoader)
    items = plain["delphi"]["items"]
    return Catalogue(
        {row["id"]: _indicator(row) for row in plain["indicators"]},
        {item["id"]: item["dimension"] for item in items},
        {item["id"]: item for item in items},
    )


def _indicator(row: Mapping[str, Any]) -> Indicator:
    answers = (str(row["self_present_on"]), str(row["third_present_on"]))
    links, intents = (tuple(row.get(name) or ()) for name in ("delphi", "intents"))
    return Indicator(row["id"], row["section"], row["title"], *answers, row["weight"], links, intents)


def assess(marks: Sequence[Mark], *, minor: bool = False, crisis: bool = False) -> Assessment:
    """Return the level of what was heard. A past sign is kept as a reason, but alone makes nothing urgent or strong."""
    counted = [mark for mark in marks if _counts(mark)]
    present = [mark for mark in counted if mark.when != "past"]
    positive = _positive(present, "CL" if minor else "AL")
    urgent_now = any(mark.indicator in _VIOLENCE_OR_CONFINEMENT for mark in present)
    alone = any(_is_strong_alone(mark) for mark in present)
    level: Level = "some" if counted else "none"
    if positive or alone:
        level = "strong"
    if crisis or urgent_now or (minor and counted):
        level = "urgent"
    return Assessment(level, tuple(counted), positive)


def _counts(mark: Mark) -> bool:
    indicator = catalogue().indicators.get(mark.indicator)
    return indicator is not None and indicator.weight != "context" and indicator.section not in _NEVER_COUNTED


def _is_strong_alone(mark: Mark) -> bool:
    indicator = catalogue()[mark.indicator]
    return indicator.weight == "strong" and indicator.section in _STRONG_ALONE


def _positive(marks: Sequence[Mark], profile: Profile) -> tuple[str, ...]:
    found = catalogue().weights(marks, profile)
    return tuple(sorted(name for name, items in found.items() if _is_positive(list(items.values()))))


def _is_positive(weights: Sequence[Weight]) -> bool:
    """Whether the published rule is met: 2 strong; 1 strong and another; 3 medium; 2 medium and 1 weak."""
    strong, medium, weak = (weights.count(weight) for weight in ("strong", "medium", "weak"))
    return strong >= 2 or (strong >= 1 and medium + weak >= 1) or medium >= 3 or (medium >= 2 and weak >= 1)
