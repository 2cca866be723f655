"""How sure a crisis is: *sure* gets the crisis answer, *maybe* gets it only where no other label is likelier, *no* never.

The bounds were chosen on held-back examples, by what each mistake costs (docs/evaluation.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import yaml

from bot.understanding.crisis import LABELS

CrisisBand = Literal["sure", "maybe", "no"]
CLOSES: Final = "cannot_talk_safely"  # the crisis whose answer ends or hushes a conversation
FILE = Path(__file__).parents[3] / "data" / "crisis_bands.yml"


@dataclass(frozen=True)
class CrisisBounds:
    """The chances from which a crisis is `maybe`, and `sure`; where a reviewed phrase names it, lower ones are enough."""

    maybe: float
    sure: float
    maybe_named: float
    sure_named: float

    def band(self, chance: float, named: bool) -> CrisisBand:
        """Return the band of a chance. `named`: a reviewed phrase of data/crisis names this crisis."""
        maybe, sure = (self.maybe_named, self.sure_named) if named else (self.maybe, self.sure)
        if chance >= sure:
            return "sure"
        return "maybe" if chance >= maybe else "no"


@cache
def crisis_bounds(file: Path = FILE) -> Mapping[str, CrisisBounds]:
    """Return the bounds of each crisis label."""
    plain = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
    return {label: CrisisBounds(**plain[label]) for label in LABELS}
