"""What was not found is counted, and no report lets anybody work out a small number."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.months import month
from bot.reporting.cell_suppression import LEAST
from bot.reporting.unmet_needs import UnmetCells, UnmetRow, count, report, visible
from bot.storage.store import Store
from commands.runtime.time_travel import let_time_pass

NOVEMBER = datetime(2026, 11, 20, tzinfo=UTC).timestamp()
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC).timestamp()
A_YEAR = 365 * 86_400


def wish(country: str = "MX", region: str = "09", need: str = "find_shelter", locale: str = "es") -> dict[str, str]:
    return {"country": country, "region": region, "need": need, "locale": locale}


async def test_what_was_asked_for_often_is_told_when_the_month_is_over(store: Store) -> None:
    await count(store, [wish()] * 12, NOVEMBER)

    assert await report(store, NOVEMBER) == []
    assert [(row.divided, row.count) for row in await report(store, DECEMBER)] == [
        ((), 12),
        (("MX",), 12),
        (("MX", "find_shelter"), 12),
        (("MX", "find_shelter", "es"), 12),
        (("MX", "find_shelter", "es", "09"), 12),
    ]


async def test_a_few_are_not_told(store: Store) -> None:
    await count(store, [wish()] * (LEAST - 1), NOVEMBER)

    assert await report(store, DECEMBER) == []


async def test_a_month_is_forgotten_after_four_hundred_days(store: Store) -> None:
    await count(store, [wish()] * 12, NOVEMBER)
    await let_time_pass(store, 399 * 86_400)
    assert await report(store, NOVEMBER + A_YEAR)

    await let_time_pass(store, 86_400 - 1)
    await count(store, [wish()], DECEMBER)  # another month, with an end of its own
    assert 0 < await store.call("TTL", "unmet:2026-11") < 86_400


@pytest.mark.parametrize(
    "words",
    [
        wish(need="my boss José"),
        wish(country="mexico"),
        wish(region="calle de la Paz 3"),
        wish(locale="es|x"),
        wish(need=""),
        {},
    ],
)
async def test_what_is_no_code_is_not_kept(store: Store, words: Mapping[str, str]) -> None:
    await count(store, [words], NOVEMBER)

    assert await store.call("KEYS", "*") == []


async def test_a_place_without_a_region_counts(store: Store) -> None:
    await count(store, [{"country": "MX", "need": "find_shelter", "locale": "zh-Hans"}] * LEAST, NOVEMBER)

    assert (await report(store, DECEMBER))[-1] == UnmetRow("2026-11", ("MX", "find_shelter", "zh-Hans", ""), LEAST)


def test_a_small_part_takes_another_with_it_so_that_it_is_not_the_rest_of_the_total() -> None:
    cells: UnmetCells = {("MX", "a", "es", ""): 50, ("US", "a", "es", ""): 20, ("CA", "a", "es", ""): 3}

    countries = [row.divided for row in visible("2026-11", cells) if len(row.divided) == 1]
    assert countries == [("MX",)]


def test_two_small_parts_that_can_only_be_nine_each_are_not_left_alone() -> None:
    cells: UnmetCells = {("US", "a", "es", ""): 9, ("FR", "a", "es", ""): 9, ("MX", "a", "es", ""): 20}

    assert [(row.divided, row.count) for row in visible("2026-11", cells)] == [((), 38)]


def test_a_single_small_part_hides_its_only_sister() -> None:
    cells: UnmetCells = {("MX", "a", "es", ""): 50, ("US", "a", "es", ""): 3}

    assert [row.divided for row in visible("2026-11", cells)] == [()]


_codes = [st.sampled_from(values) for values in ("ABC", "xyz", "lmn", "12")]


@given(st.dictionaries(st.tuples(*_codes), st.integers(1, 25), max_size=30))
def test_no_small_number_is_the_difference_of_what_is_shown(cells: dict[tuple[str, ...], int]) -> None:
    rows = {row.divided: row.count for row in visible("2026-11", cells)}

    assert all(number >= LEAST for number in rows.values())
    rests = [total - sum(below) for above, total in rows.items() if (below := _below(rows, above))]
    assert all(rest == 0 or rest >= LEAST for rest in rests)


def _below(rows: dict[tuple[str, ...], int], above: tuple[str, ...]) -> list[int]:
    return [number for divided, number in rows.items() if divided and divided[:-1] == above]


def test_a_row_says_what_it_is_divided_by() -> None:
    assert UnmetRow("2026-11", ("MX", "find_shelter"), 12).plain() == {
        "month": "2026-11",
        "country": "MX",
        "need": "find_shelter",
        "count": 12,
    }


def test_a_month_is_that_of_utc() -> None:
    assert month(DECEMBER - 1) == "2026-11"
