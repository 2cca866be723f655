"""No number under ten is shown, and none can be worked out: tried as somebody would who has a computer and all tables."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from bot.reporting.cell_suppression import LEAST, SPREAD, Cell, shown, shown_parts
from bot.reporting.counts import families
from bot.reporting.counts_report import CHANNELS, REST, CountsReport, Table, told, with_rest
from bot.served_languages import SERVED

TOPICS = list(families())
Joint = Mapping[tuple[str, str, str], int]  # topic, language, channel


def grid(*rows: Sequence[int]) -> list[Cell]:
    return [Cell(str(y), str(x), number) for y, row in enumerate(rows) for x, number in enumerate(row)]


def picture(*rows: Sequence[int]) -> list[str]:
    """What is shown of a table, row by row."""
    seen = iter(shown(grid(*rows)))
    return [" ".join(str(number) if next(seen) else "-" for number in row) for row in rows]


# Crafted tables


def test_where_nothing_is_small_all_is_shown() -> None:
    assert picture([10, 20], [30, 40]) == ["10 20", "30 40"]


def test_a_small_number_is_not_the_total_less_the_others() -> None:
    assert shown_parts({"a": 50, "b": 30, "c": 3}) == {"a": 50}


def test_what_goes_with_it_is_chosen_by_its_place_and_not_by_its_size() -> None:
    assert shown_parts({"c": 3, "b": 30, "a": 50}) == {"b": 30}
    assert shown_parts({"c": 3, "b": 50, "a": 30}) == {"b": 50}


def test_what_is_hidden_is_together_never_under_ten() -> None:
    assert with_rest({"a": 50, "b": 30, "c": 3, "d": 4}) == {"a": 50, REST: 37}
    assert with_rest({"a": 50, "b": 30, "c": 6, "d": 7, "e": 0}) == {"a": 50, "b": 30, REST: 13}


def test_two_that_are_known_to_be_small_are_not_told_by_their_sum() -> None:
    # 18 of two that are both under ten: each would be nine.
    assert shown_parts({"a": 50, "b": 9, "c": 9}) == {}
    assert shown_parts({"a": 50, "b": 40, "c": 9, "d": 9}) == {"a": 50}


def test_one_that_is_barely_ten_hides_nothing_by_itself() -> None:
    # 11 of two, one of which is ten or more: the other would be one.
    assert shown_parts({"a": 50, "b": 40, "c": 10, "d": 1}) == {"a": 50}


def test_that_there_is_none_of_something_hides_nothing() -> None:
    assert shown_parts({"a": 50, "b": 0, "c": 12}) == {"a": 50, "c": 12}


def test_neither_the_total_of_a_row_nor_that_of_a_column_gives_a_small_number_away() -> None:
    assert picture([3, 50, 40], [60, 70, 80], [90, 15, 25]) == ["- 50 -", "60 70 80", "- 15 -"]


def test_small_numbers_that_meet_in_no_corner_are_hidden_behind_others() -> None:
    rows = picture([4, 30, 20], [40, 5, 60], [25, 35, 6])
    assert all(row.count("-") >= 2 for row in rows)


def test_a_table_that_can_not_be_told_safely_is_not_divided() -> None:
    assert picture([3, 60]) == ["- -"]


# Any tables


@given(st.lists(st.one_of(st.integers(0, 14), st.integers(0, 200)), min_size=1, max_size=12))
def test_in_one_total_a_small_part_can_be_many_numbers(numbers: list[int]) -> None:
    parts = {str(at): number for at, number in enumerate(numbers)}
    seen = shown_parts(parts)
    hidden = [number for name, number in parts.items() if name not in seen]

    assert all(number >= LEAST for number in seen.values())
    assert not seen or sum(hidden) == 0 or sum(hidden) >= LEAST
    for at, number in enumerate(hidden if seen else []):
        if 0 < number < LEAST:
            assert spread(hidden, at) >= SPREAD


def spread(hidden: list[int], at: int) -> int:
    """How many more numbers one of these can be, for somebody who knows their sum, and which are small."""
    others = hidden[:at] + hidden[at + 1 :]
    least, most = (sum(LEAST * (number >= LEAST) for number in others), sum(9 if n < LEAST else 10**6 for n in others))
    return min(9, sum(hidden) - least) - max(0, sum(hidden) - most)


_NUMBERS = st.one_of(st.integers(0, 14), st.integers(0, 80))


@pytest.mark.long
@settings(deadline=None, max_examples=60)
@given(
    st.integers(2, 5).flatmap(
        lambda wide: st.lists(st.lists(_NUMBERS, min_size=wide, max_size=wide), min_size=2, max_size=5)
    )
)
def test_in_a_table_a_small_number_can_be_many(rows: list[list[int]]) -> None:
    cells = grid(*rows)
    seen = shown(cells)
    assert all(cell.number >= LEAST for cell, may in zip(cells, seen, strict=True) if may)
    if not any(seen):
        return
    totals = [[cell.row == str(y) for cell in cells] for y in range(len(rows))]
    totals += [[cell.column == str(x) for cell in cells] for x in range(len(rows[0]))]
    knows = Knows(np.array(totals, float), np.array([cell.number for cell in cells], float), seen)
    for at, cell in enumerate(cells):
        if 0 < cell.number < LEAST:
            one = np.eye(len(cells))[at]
            assert knows.most(one) >= LEAST
            assert knows.most(one, which=True) - knows.least(one, which=True) >= SPREAD - 1e-6


class Knows:
    """Somebody who has sums of numbers, some of the numbers, and a solver."""

    def __init__(self, sums: np.ndarray, numbers: np.ndarray, seen: Sequence[bool]) -> None:
        self.sums, self.numbers = sums, numbers
        self.fixed = [(number, number) if may else None for number, may in zip(numbers, seen, strict=True)]

    def most(self, of: np.ndarray, which: bool = False) -> float:
        return -self._solved(-of, which)

    def least(self, of: np.ndarray, which: bool = False) -> float:
        return self._solved(of, which)

    def _solved(self, of: np.ndarray, which: bool) -> float:
        between = [self._between(number, which) for number in self.numbers]
        bounds = [fixed or free for fixed, free in zip(self.fixed, between, strict=True)]
        found = linprog(of, A_eq=self.sums, b_eq=self.sums @ self.numbers, bounds=bounds)
        assert found.status in (0, 3)
        return float(found.fun) if found.status == 0 else -np.inf

    def _between(self, number: float, which: bool) -> tuple[float, float | None]:
        if not which:
            return 0, None
        return (0, LEAST - 1) if number < LEAST else (LEAST, None)


# All tables of a month at once


def reported(joint: Joint) -> CountsReport:
    cells: dict[tuple[str, ...], int] = {}
    for (topic, language, channel), number in joint.items():
        for cell in (
            ("day", "01"),
            ("language", topic, language),
            ("channel", topic, channel),
            ("level", topic, "none"),
        ):
            cells[cell] = cells.get(cell, 0) + number
    return told("2026-11", cells)


def published(report: CountsReport, names: list[tuple[str, str, str]]) -> np.ndarray:
    """Each number of a report, as the sum of which kinds of conversations it is."""
    tables: dict[str, Table] = {table.by[1]: table for table in report.tables}
    sums = [[1.0] * len(names)]
    for by, place in (("language", 1), ("channel", 2)):
        table = tables[by]
        for row, column in [
            *((row, None) for row in table.rows),
            *((None, column) for column in table.columns),
            *table.numbers,
        ]:
            sums.append(
                [float(_in(name[0], row, table.rows) and _in(name[place], column, table.columns)) for name in names]
            )
    return np.array(sums)


def _in(name: str, asked: str | None, shown_: Mapping[str, int]) -> bool:
    return asked is None or asked == name or (asked == REST and name not in shown_)


_SOME = st.tuples(
    st.sampled_from(TOPICS[-3:]), st.sampled_from([SERVED[0], SERVED[1], SERVED[-1]]), st.sampled_from(CHANNELS)
)
_JOINTS = st.dictionaries(_SOME, st.one_of(st.integers(1, 9), st.integers(5, 60)), min_size=3, max_size=27)


@settings(deadline=None, max_examples=25)
@given(_JOINTS)
def test_all_tables_of_a_month_together_give_no_small_number_away(joint: Joint) -> None:
    report = reported(joint)
    if report.conversations is None:
        return
    names = list(product(TOPICS, [*SERVED[:3], SERVED[-1]], CHANNELS))
    numbers = np.array([joint.get(name, 0) for name in names], float)
    knows = Knows(published(report, names), numbers, [False] * len(names))
    for small in smalls(names, numbers):
        assert knows.most(small) >= LEAST


def smalls(names: list[tuple[str, str, str]], numbers: np.ndarray) -> list[np.ndarray]:
    """Everything that a table could have told and that is under ten: parts of one total, and numbers of a table."""
    kinds = {(place, value): None for name in names for place, value in enumerate(name)}
    asked = [[kind] for kind in kinds]
    asked += [[(0, topic), other] for topic in TOPICS for other in kinds if other[0]]
    found = [np.array([float(all(name[at] == value for at, value in each)) for name in names]) for each in asked]
    return [one for one in found if 0 < one @ numbers < LEAST]


@pytest.mark.parametrize("number", [1, 9])
def test_somebody_alone_is_in_no_report(number: int) -> None:
    assert list(reported({(TOPICS[0], "en", "web"): number}).rows()) == []
