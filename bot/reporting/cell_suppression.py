"""Which numbers of a table are hidden, so that none under ten is shown and none can be worked out from the others.

Hiding a small number alone is not enough: the total less the others gives it away. So others are hidden with it, until
each small one could be ten or more, for all that totals and shown numbers say, and could be at least five more different
numbers, for somebody who even knows which of the hidden ones are small. Which others go is decided by the order of the
table and never by how large they are, since that would tell something again. docs/counts.md says why it is enough.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEAST = 10  # domain/privacy.md P21
SPREAD = 5  # how many more numbers each hidden small one could be
_MANY = 10**9

_Node = tuple[str, str]
_Step = tuple[int, int, int]  # a number, whether it rises or sinks, how far it can


@dataclass(frozen=True)
class Cell:
    """One number, and the two totals that it is part of."""

    row: str
    column: str
    number: int


@dataclass(frozen=True)
class _Known:
    """What somebody knows of the hidden numbers: between which two each must be."""

    cells: Sequence[Cell]
    between: Mapping[int, tuple[int, int]]

    def above(self, at: int, wanted: int) -> int:
        """Tell how much more a number could be, looking no further than wanted."""
        wanted = min(wanted, self.between[at][1] - self.cells[at].number)
        return self._room(at, _ends(self.cells[at]), wanted)

    def below(self, at: int, wanted: int) -> int:
        """Tell how much less a number could be."""
        wanted = min(wanted, self.cells[at].number - self.between[at][0])
        row, column = _ends(self.cells[at])
        return self._room(at, (column, row), wanted)

    def _room(self, but: int, way: tuple[_Node, _Node], wanted: int) -> int:
        # More of one number is less of others along a way from its row to its column, and every total stays as it is.
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
                # Out of a row a number sinks, out of a column it rises.
                sign, room, other = (-1, number - low, column) if node == row else (1, high - number, row)
                if node in (row, column) and room > 0 and other not in came:
                    came[other] = [*came[node], (at, sign, room)]
                    queue.append(other)
        return came.get(end, [])


def shown(cells: Sequence[Cell]) -> list[bool]:
    """Tell for each number of a table whether it may be shown."""
    hidden = [at for at, cell in enumerate(cells) if cell.number < LEAST]
    while (at := _unsafe(cells, hidden)) is not None:
        other = _company(cells, hidden, at)
        if other is None:
            return [False] * len(cells)
        hidden.append(other)
    return [at not in hidden for at in range(len(cells))]


def shown_parts(parts: Mapping[str, int]) -> dict[str, int]:
    """Give the parts of one total that may be shown; what the total has besides is hidden."""
    # All parts of one total stand in the same row, and no total of a column is known: as if there were one column only.
    seen = shown([Cell("", "", number) for number in parts.values()])
    return {name: number for (name, number), may in zip(parts.items(), seen, strict=True) if may}


def _unsafe(cells: Sequence[Cell], hidden: Sequence[int]) -> int | None:
    """Find a small number that too much is known of. That there is none of something gives nobody away."""
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
    """Choose one more to hide: the last that gives this one something to be exchanged with."""
    ends = [set(_ends(cell)) for cell in cells]
    touched = [node for other in hidden for node in ends[other]]
    lonely = {node for node in ends[at] if touched.count(node) == 1}
    left = [other for other in reversed(range(len(cells))) if other not in hidden]
    meets = [other for other in left if ends[other] <= set(touched)]  # hides in no row and no column where all is seen
    beside = [other for other in left if ends[other] & (lonely or ends[at])]
    return next(iter([*(other for other in beside if other in meets), *(beside if lonely else meets), *left]), None)


def _ends(cell: Cell) -> tuple[_Node, _Node]:
    return ("row", cell.row), ("column", cell.column)
