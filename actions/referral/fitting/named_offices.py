"""Offices that people ask for by name: which lines are one, and the nearest where the country has none (data/named_offices.yml)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from resources_directory.model.line import PhoneLine
from resources_directory.places.spelling import folded

EMBASSY = "embassy"
_FILE = Path(__file__).parents[3] / "data" / "named_offices.yml"
_STATE = "line_warn_state"


@dataclass(frozen=True)
class NamedOffice:
    """One kind of office."""

    need: str  # the label whose lines are nearest
    named: Sequence[str] = ()
    kinds: Sequence[str] = ()
    people: Sequence[str] = ()
    state: bool = False

    def has(self, line: PhoneLine) -> bool:
        """Whether a line is such an office."""
        name = folded(f"{line.name} {line.id.replace('-', ' ')}")
        if any(part in name for part in self.named) or not set(self.people).isdisjoint(line.people):
            return True
        return not set(self.kinds).isdisjoint(line.kinds) and (_STATE in line.notices or not self.state)


@cache
def named_offices() -> Mapping[str, NamedOffice]:
    """Return the offices by the names that data/wanted_words/ has for them."""
    plain = yaml.load(_FILE.read_bytes(), Loader=yaml.CSafeLoader)
    return {name: NamedOffice(**fields) for name, fields in plain.items()}


def of_office(lines: Iterable[PhoneLine], office: str, theirs: Sequence[str] | None) -> list[PhoneLine]:
    """Return those of the lines that are such an office; an embassy is that of their country, where that was said."""
    found = [line for line in lines if named_offices()[office].has(line)]
    return found if office != EMBASSY or theirs is None else [line for line in found if line.id in theirs]
