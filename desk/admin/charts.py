"""The geometry of charts: numbers go in, positions and sizes for an SVG come out. A template draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log10

WIDE, HIGH = 744, 150  # of the plot, in SVG units
LEFT, TOP, BELOW = 40, 12, 26  # room for the scale, the highest number, and the names


@dataclass(frozen=True)
class Column:
    """One column with its name below; without a number only its place is marked."""

    name: str
    number: int | None
    x: float
    wide: float
    y: float
    high: float

    @property
    def middle(self) -> float:
        """The x position of its name."""
        return round(self.x + self.wide / 2, 1)


@dataclass(frozen=True)
class ChartLine:
    """One line of the scale behind the columns."""

    number: int
    y: float


@dataclass(frozen=True)
class Columns:
    """A column chart."""

    columns: Sequence[Column]
    lines: Sequence[ChartLine]
    wide: int = LEFT + WIDE
    high: int = TOP + HIGH + BELOW
    left: int = LEFT
    ground: int = TOP + HIGH


def columns(names: Sequence[str], numbers: Mapping[str, int]) -> Columns:
    """Lay out one column for each name; a name without a number has an empty place."""
    top = _top(max(numbers.values(), default=0))
    step = WIDE / max(len(names), 1)
    drawn = []
    for place, name in enumerate(names):
        high = round(HIGH * numbers.get(name, 0) / top, 1)
        x, wide = round(LEFT + place * step + step * 0.14, 1), round(step * 0.72, 1)
        drawn.append(Column(name, numbers.get(name), x, wide, TOP + HIGH - high, high))
    quarters = [top * quarter // 4 for quarter in range(1, 5)]
    return Columns(drawn, [ChartLine(number, round(TOP + HIGH - HIGH * number / top, 1)) for number in quarters])


def shares(numbers: Mapping[str, int]) -> dict[str, float]:
    """Return how long the bar of each number is, out of 100."""
    most = max(numbers.values(), default=0)
    return {name: round(100 * number / most, 1) if most else 0.0 for name, number in numbers.items()}


def shade(number: int, most: int) -> int:
    """Return how dark a cell is, from 1 to 5."""
    return max(1, ceil(5 * number / most)) if most else 1


def _top(most: int) -> int:
    """Round up to a number that four scale lines divide evenly."""
    unit = int(10 ** max(int(log10(max(most, 1))) - 1, 0))
    steps = (4, 8, 12, 16, 20, 24, 32, 40, 48, 60, 80, 100, 120)
    return next(step * unit for step in steps if step * unit >= most)
