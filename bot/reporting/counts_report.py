"""The report of a month that is over: its counts, in tables where no number under ten is shown or can be worked out.

A month is reported from the third day of the next on: by then its counts no longer change, so two reports of it are
the same, and there is no report of part of a month that could be subtracted from another.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from bot.handoff.case_card import Priority
from bot.handoff.pending_end import NOT_STATED, OUTCOMES, TAGS
from bot.months import KEPT, month
from bot.reporting.cell_suppression import LEAST, Cell, shown, shown_parts
from bot.reporting.counts import DAY, families
from bot.reporting.helped_counts import ANSWERS
from bot.served_languages import SERVED
from bot.storage.store import Store
from bot.understanding.indicators import Level

REST = "rest"  # the sum of what is hidden
RESTS = 2  # days after which a month that is over no longer changes
CHANNELS = ("web", "telegram", "sms")
WAITS = ("in_1", "in_3", "in_10", "in_30", "later", "left", "nobody")
LEVELS: tuple[Level, ...] = tuple(reversed(get_args(Level)))  # the gravest last: see cell_suppression
PRIORITIES: tuple[Priority, ...] = tuple(reversed(get_args(Priority)))
# The rows and columns of each table. These all count the same conversations; the two below do not.
TABLES = {"channel": ("topic", "channel"), "language": ("topic", "language"), "level": ("topic", "level")}
WAIT_TABLE = ("priority", "wait")
# Handoffs raised to P0: a life in danger that was not recognized at first, by what it came in as and who noticed.
LOWER_TABLE = ("came_in_as", "seen_by")
SEEN_BY = {"raised": "computer", "ranked": "supervisor"}  # the handoff's word for it, and the report's
# Answers to "did this help?": both tables count the same answers, each by itself.
HELPED_TABLES = {"helped_channel": ("helped", "channel"), "helped_language": ("helped", "language")}
Cells = Mapping[tuple[str, ...], int]


@dataclass(frozen=True)
class Table:
    """One table. Hidden numbers are in no mapping; `rows` and `columns` can have REST, their sum."""

    by: tuple[str, str]
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    numbers: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class CountsReport:
    """The report of one month. A total under ten is None, and then it has no table."""

    month: str
    conversations: int | None
    days: Mapping[str, int]
    tables: Sequence[Table]
    waited: int | None
    waits: Table | None
    became_p0: int | None = None
    lower: Table | None = None
    ended: int | None = None  # conversations that an operator has ended
    outcomes: Mapping[str, int] = field(default_factory=dict)
    tags: Mapping[str, int] = field(default_factory=dict)  # a conversation can have several
    answers: int | None = None  # to "did this help?"
    helped: Sequence[Table] = ()

    def rows(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield each number that is shown: month, dimension, value, second dimension, its value, number."""
        if self.conversations is not None:
            yield self.month, "conversations", "", "", "", self.conversations
        yield from ((self.month, "day", day, "", "", number) for day, number in self.days.items())
        for at, table in enumerate(self.tables):
            yield from self._table(table, with_rows=not at)
        if self.waits and self.waited is not None:
            yield self.month, "waits", "", "", "", self.waited
            yield from self._table(self.waits, with_rows=True)
        if self.lower and self.became_p0 is not None:
            yield self.month, "became_p0", "", "", "", self.became_p0
            yield from self._table(self.lower, with_rows=True)
        if self.ended is not None:
            yield self.month, "ended", "", "", "", self.ended
            yield from ((self.month, "outcome", name, "", "", number) for name, number in self.outcomes.items())
            yield from ((self.month, "tag", name, "", "", number) for name, number in self.tags.items())
        if self.answers is not None:
            yield self.month, "answers", "", "", "", self.answers
            for at, table in enumerate(self.helped):
                yield from self._table(table, with_rows=not at, kind="helped_")

    def _table(self, table: Table, with_rows: bool, kind: str = "") -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield the rows of a table. `kind`: before the name of its columns, where another table has columns of that name."""
        row, column = table.by
        if with_rows:
            yield from ((self.month, row, name, "", "", number) for name, number in table.rows.items())
        yield from ((self.month, f"{kind}{column}", name, "", "", number) for name, number in table.columns.items())
        for (here, there), number in table.numbers.items():
            yield self.month, row, here, column, there, number


async def months(store: Store, now: float) -> list[str]:
    """Return the months that can be reported and have counts, latest first."""
    over = dict.fromkeys(month(now - DAY * ago) for ago in range(RESTS, KEPT // DAY + 1))
    names = [name for name in over if name < month(now - RESTS * DAY)]
    kept = [await store.call("EXISTS", f"counts:{name}") for name in names]
    return [name for name, there in zip(names, kept, strict=True) if there]


async def report(store: Store, name: str, now: float) -> CountsReport | None:
    """Return the report of a month; None if it has no counts, or can still change."""
    if name not in await months(store, now):
        return None
    counted = {tuple(cell.split("|")): number for cell, number in (await _numbers(store, f"counts:{name}")).items()}
    handoffs = await _numbers(store, f"handoff_counts:{name}")
    return told(name, counted | _lower(handoffs) | _endings(handoffs))


async def _numbers(store: Store, kept: str) -> dict[str, int]:
    flat = await store.call("HGETALL", kept)
    pairs = flat.items() if isinstance(flat, dict) else zip(flat[::2], flat[1::2], strict=True)
    return {cell.decode(): int(number) for cell, number in pairs}


def _lower(handoffs: Mapping[str, int]) -> dict[tuple[str, ...], int]:
    """Return the rises to P0 among the handoff counts: "raised P2 P0" by what was said, "ranked P2 P0" by a supervisor."""
    steps = {tuple(what.split()): number for what, number in handoffs.items()}
    return {
        ("lower", step[1], SEEN_BY[step[0]]): number
        for step, number in steps.items()
        if step[0] in SEEN_BY and step[-1] == "P0"
    }


def _endings(handoffs: Mapping[str, int]) -> dict[tuple[str, ...], int]:
    """Return how operators ended conversations: "ended connected", and "tagged wages" for each of its tags."""
    steps = {tuple(what.split()): number for what, number in handoffs.items()}
    return {step: number for step, number in steps.items() if step[0] in ("ended", "tagged")}


def told(name: str, cells: Cells) -> CountsReport:
    """Return the report of a month's counts, with everything hidden that has to be."""
    days = _sums(cells, "day", lambda cell: cell[1])
    total, waited = sum(days.values()), sum(number for cell, number in cells.items() if cell[0] == "wait")
    became_p0 = sum(number for cell, number in cells.items() if cell[0] == "lower")
    waits = _table(cells, "wait", WAIT_TABLE) if waited >= LEAST else None
    lower = _table(cells, "lower", LOWER_TABLE) if became_p0 >= LEAST else None
    outcomes = _sums(cells, "ended", lambda cell: cell[1])
    ended = sum(outcomes.values())
    how = (ended, with_rest(_in_order("outcome", outcomes)), _tags(cells, ended)) if ended >= LEAST else (None, {}, {})
    beside = (waited if waits else None, waits, became_p0 if lower else None, lower, *how, *_helped(cells))
    if total < LEAST:
        return CountsReport(name, None, {}, (), *beside)
    every_day = {f"{day:02}": days.get(f"{day:02}", 0) for day in range(1, _days(name) + 1)}
    tables = [_table(cells, kind, by) for kind, by in TABLES.items()]
    return CountsReport(name, total, with_rest(every_day), tables, *beside)


def with_rest(parts: Mapping[str, int]) -> dict[str, int]:
    """Return the parts of a total that can be shown, and the sum of the others as REST if it is not zero."""
    seen = shown_parts(parts)
    rest = sum(parts.values()) - sum(seen.values())
    return {**seen, REST: rest} if rest else seen


def _tags(cells: Cells, ended: int) -> dict[str, int]:
    """Return how many conversations had each tag. Without the conversations that had it, no small number is left either."""
    had = _in_order("tag", _sums(cells, "tagged", lambda cell: cell[1]))
    return {tag: number for tag, number in had.items() if "had" in shown_parts({"had": number, "not": ended - number})}


def _helped(cells: Cells) -> tuple[int | None, Sequence[Table]]:
    """Return how many have answered whether it helped, and what they answered."""
    answers = sum(number for cell, number in cells.items() if cell[0] == "helped_channel")
    if answers < LEAST:
        return None, ()
    return answers, [_table(cells, kind, by) for kind, by in HELPED_TABLES.items()]


def _table(cells: Cells, kind: str, by: tuple[str, str]) -> Table:
    rows = with_rest(_in_order(by[0], _sums(cells, kind, lambda cell: cell[1])))
    columns = with_rest(_in_order(by[1], _sums(cells, kind, lambda cell: cell[2])))
    parts: Counter[tuple[str, str]] = Counter()
    for cell, number in cells.items():
        if cell[0] == kind:
            # Hidden rows are merged into one row, hidden columns into one column: their own numbers appear nowhere.
            parts[cell[1] if cell[1] in rows else REST, cell[2] if cell[2] in columns else REST] += number
    grid = [Cell(row, column, parts[row, column]) for row in rows for column in columns]
    may = zip(grid, shown(grid), strict=True)
    return Table(by, rows, columns, {(cell.row, cell.column): cell.number for cell, seen in may if seen})


def _sums(cells: Cells, kind: str, part: Callable[[tuple[str, ...]], str]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for cell, number in cells.items():
        if cell[0] == kind:
            sums[part(cell)] += number
    return dict(sums)


def _in_order(by: str, sums: Mapping[str, int]) -> dict[str, int]:
    """Return the sums of all possible values, zeros included, in an order that no count decides."""
    known: dict[str, Iterable[str]] = {
        "topic": families(), "channel": CHANNELS, "language": SERVED, "level": LEVELS, "priority": PRIORITIES, "wait": WAITS,
        "came_in_as": PRIORITIES[:-1], "seen_by": SEEN_BY.values(),
        "outcome": (*OUTCOMES, NOT_STATED), "tag": TAGS, "helped": ANSWERS,
    }  # fmt: skip
    every = [*known[by], *sorted(sums)]
    return {name: sums.get(name, 0) for name in every}


def _days(name: str) -> int:
    return monthrange(*map(int, name.split("-")))[1]
