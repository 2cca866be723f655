"""Cell suppression: which numbers of a table are hidden, so that none under ten is shown or can be worked out from the others.

Hiding a small number alone is not enough: the total minus the others gives it away. So others are hidden with it, until
each small number could be ten or more as far as totals and shown numbers tell, and could take at least five other values
even for somebody who knows which of the hidden numbers are small. Which others are hidden depends on the order of the
table and never on their size, since that would give something away again. docs/counts.md says why this is enough.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEAST = 10  # docs/requirements.md, P21
SPREAD = 5  # how many other values each hidden small number could take
_MANY = 10**9

_Node = tuple[str, str]
_Step = tuple[int, int, int]  # the index of a number, whether it rises (1) or falls (-1), how far it can


@dataclass(frozen=True)
class Cell:
    """One number, and the two totals it is part of."""

    row: str
    column: str
    number: int


@dataclass(frozen=True)
class _Known:
    """What an observer knows of the hidden numbers: the bounds of each."""

    cells: Sequence[Cell]
    between: Mapping[int, tuple[int, int]]

    def above(self, at: int, wanted: int) -> int:
        """Return how much higher a number could be, looking no further than `wanted`."""
        wanted = min(wanted, self.between[at][1] - self.cells[at].number)
        return self._room(at, _ends(self.cells[at]), wanted)

    def below(self, at: int, wanted: int) -> int:
        """Return how much lower a number could be, looking no further than `wanted`."""
        wanted = min(wanted, self.cells[at].number - self.between[at][0])
        row, column = _ends(self.cells[at])
        return self._room(at, (column, row), wanted)

    def _room(self, but: int, way: tuple[_Node, _Node], wanted: int) -> int:
        # Raising one number lowers others along a path from its row to its column, and every total stays as it is.
        numbers = {at: self.cells[at].number for at in self.between if at != but}
        moved = 0
        while moved < wanted and (path := self._path(numbers, *way)):
            step = min(wanted - moved, *(room for _, _, room in path))
            for at, sign, _ in path:
                numbers[at] += sign * step
            moved += step
        return moved

    def _path(self, numbers: Mapping[int, int], begin: _Node, end: _Node) -> list[_Step]:
        came: dict[_Node, list[_Step]] = {begin: []}
        queue = deque([begin])
        while queue and end not in came:
            node = queue.popleft()
            for at, number in numbers.items():
                row, column = _ends(self.cells[at])
                low, high = self.between[at]
                # On the way out of a row a number falls, out of a column it rises.
                sign, room, other = (-1, number - low, column) if node == row else (1, high - number, row)
                if node in (row, column) and room > 0 and other not in came:
                    came[other] = [*came[node], (at, sign, room)]
                    queue.append(other)
        return came.get(end, [])


def shown(cells: Sequence[Cell]) -> list[bool]:
    """Return for each number of a table whether it can be shown."""
    hidden = [at for at, cell in enumerate(cells) if cell.number < LEAST]
    while (at := _unsafe(cells, hidden)) is not None:
        other = _company(cells, hidden, at)
        if other is None:
            return [False] * len(cells)
        hidden.append(other)
    return [at not in hidden for at in range(len(cells))]


def shown_parts(parts: Mapping[str, int]) -> dict[str, int]:
    """Return the parts of one total that can be shown; the others are hidden."""
    # All parts of one total are in the same row, and no column totals are known: as if there were only one column.
    seen = shown([Cell("", "", number) for number in parts.values()])
    return {name: number for (name, number), may in zip(parts.items(), seen, strict=True) if may}


def _unsafe(cells: Sequence[Cell], hidden: Sequence[int]) -> int | None:
    """Return a hidden small number that the others still give away, or None. A zero gives nobody away."""
    totals = _Known(cells, dict.fromkeys(hidden, (0, _MANY)))
    which = _Known(cells, {at: (0, LEAST - 1) if cells[at].number < LEAST else (LEAST, _MANY) for at in hidden})
    for at in hidden:
        number = cells[at].number
        if not 0 < number < LEAST:
            continue
        if totals.above(at, LEAST - number) < LEAST - number:
            return at
        if which.above(at, SPREAD) + which.below(at, SPREAD) < SPREAD:
            return at
    return None


def _company(cells: Sequence[Cell], hidden: Sequence[int], at: int) -> int | None:
    """Return one more number to hide: the last in the table that this one can be traded against."""
    ends = [set(_ends(cell)) for cell in cells]
    touched = [node for other in hidden for node in ends[other]]
    lonely = {node for node in ends[at] if touched.count(node) == 1}
    left = [other for other in reversed(range(len(cells))) if other not in hidden]
    meets = [other for other in left if ends[other] <= set(touched)]  # touches no row or column that is fully shown
    beside = [other for other in left if ends[other] & (lonely or ends[at])]
    return next(iter([*(other for other in beside if other in meets), *(beside if lonely else meets), *left]), None)


def _ends(cell: Cell) -> tuple[_Node, _Node]:
    return ("row", cell.row), ("column", cell.column)
