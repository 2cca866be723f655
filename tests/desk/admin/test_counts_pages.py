"""The page of the counts: a supervisor sees one month and takes it along as a file; what is hidden is in neither."""

import csv
import io
import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser

from bot.reporting.counts import families
from bot.reporting.counts_report import LEVELS
from bot.storage.store import Store
from desk.admin import charts
from desk.auth.roles import Role
from tests.accessible import faults
from tests.desk.desk_page import DeskSite, readable

MONTH = "2026-12"  # the clock of the desk begins on the fifteenth of January 2027


async def happened(store: Store, *conversations: Sequence[object]) -> None:
    """Conversations of December, each by its day, topic, channel, language and level."""
    cells: Counter[str] = Counter()
    for day, topic, channel, language, level in conversations:
        by_topic = (f"channel|{topic}|{channel}", f"language|{topic}|{language}", f"level|{topic}|{level}")
        cells.update((f"day|{day:02}", *by_topic))
    await store.call("HSET", f"counts:{MONTH}", *(part for pair in cells.items() for part in pair))


async def a_busy_month(store: Store) -> None:
    drawn = random.Random(7)

    def some(of: Sequence[object], weights: Sequence[int]) -> list[object]:
        return drawn.choices(of, weights, k=950)

    topics = some(list(families()), [20, 10, 12, 30, 8, 12, 5])
    channels = some(["web", "telegram", "sms"], [60, 30, 10])
    languages = some(["es", "en", "ar", "vi", "th"], [50, 30, 12, 7, 1])
    days, levels = some(range(1, 31), [1] * 30), some(LEVELS, [60, 20, 15, 5])
    await happened(store, *zip(days, topics, channels, languages, levels, strict=True))
    waits = {"wait|P0|in_1": 31, "wait|P0|in_3": 14, "wait|P1|in_3": 24, "wait|P2|in_10": 40, "wait|P2|left": 12}
    await store.call("HSET", f"counts:{MONTH}", *(part for pair in waits.items() for part in pair))
    lower = {"raised P1 P0": 19, "raised P2 P0": 22, "ranked P2 P0": 12}
    await store.call("HSET", f"handoff_counts:{MONTH}", *(part for pair in lower.items() for part in pair))


async def test_a_supervisor_sees_the_last_month_that_is_over(desk_site: DeskSite, store: Store) -> None:
    await a_busy_month(store)
    async with desk_site.seat(await desk_site.hires("Grey Otter", "supervisor")) as seat:
        status, source = await seat.opens("/counts")

    assert status == 200
    assert "December 2026" in source
    assert "Looking for help" in source
    assert "Thai" not in source


async def test_the_file_has_what_the_page_shows_and_nothing_small(desk_site: DeskSite, store: Store) -> None:
    await a_busy_month(store)
    async with desk_site.seat(await desk_site.hires("Grey Otter", "supervisor")) as seat:
        status, source = await seat.opens(f"/counts/{MONTH}.csv")
    rows = list(csv.DictReader(io.StringIO(source)))

    assert status == 200
    assert {row["by"] for row in rows} >= {"conversations", "day", "topic", "channel", "language", "level", "waits"}
    assert min(int(row["conversations"]) for row in rows) >= 10
    assert "th" not in {row["which"] for row in rows}


async def test_how_many_came_in_lower_and_became_a_p0_is_told_by_month(desk_site: DeskSite, store: Store) -> None:
    await a_busy_month(store)
    await store.call("HSET", f"handoff_counts:{MONTH}", "ranked P2 P1", 500, "asked P0", 700)
    async with desk_site.seat(await desk_site.hires("Grey Otter", "supervisor")) as seat:
        _, source = await seat.opens("/counts")
        rows = list(csv.DictReader(io.StringIO((await seat.opens(f"/counts/{MONTH}.csv"))[1])))

    assert '<b class="number">53</b> came in lower and became a P0 later' in source
    told = {(row["by"], row["which"]): row["conversations"] for row in rows if not row["and_by"]}
    assert (told["became_p0", ""], told["came_in_as", "P2"], told["seen_by", "supervisor"]) == ("53", "34", "12")
    assert not {"500", "700"} & {row["conversations"] for row in rows}


async def test_under_ten_that_came_in_lower_are_not_told(desk_site: DeskSite, store: Store) -> None:
    await a_busy_month(store)
    await store.call("DEL", f"handoff_counts:{MONTH}")
    await store.call("HSET", f"handoff_counts:{MONTH}", "raised P2 P0", 9)
    async with desk_site.seat(await desk_site.hires("Grey Otter", "supervisor")) as seat:
        assert "Fewer than ten came in lower" in (await seat.opens("/counts"))[1]
        assert "became_p0" not in (await seat.opens(f"/counts/{MONTH}.csv"))[1]


async def test_how_conversations_ended_is_told_by_month_and_small_numbers_are_hidden(
    desk_site: DeskSite, store: Store
) -> None:
    await a_busy_month(store)
    ended = {
        "connected": 60, "informed": 31, "emergency": 3, "abuse": 14, "not_stated": 12,
        "tagged wages": 44, "tagged debt": 9, "tagged violence": 115, "tagged threats": 110,
    }  # fmt: skip
    cells = {name if name.startswith("tagged") else f"ended {name}": number for name, number in ended.items()}
    await store.call("HSET", f"handoff_counts:{MONTH}", *(part for pair in cells.items() for part in pair))
    async with desk_site.seat(await desk_site.hires("Grey Otter", "supervisor")) as seat:
        page = readable((await seat.opens("/counts"))[1])
        rows = list(csv.DictReader(io.StringIO((await seat.opens(f"/counts/{MONTH}.csv"))[1])))

    told = {
        (row["by"], row["which"]): int(row["conversations"]) for row in rows if row["by"] in ("ended", "outcome", "tag")
    }
    # Three calls for help are hidden, and with them what would give them away; five had no violence, so that is hidden too.
    assert told[("ended", "")] == 120
    assert told[("outcome", "connected")] == 60 and ("outcome", "emergency") not in told
    assert sum(number for (by, _), number in told.items() if by == "outcome") == 120
    assert {name: number for (by, name), number in told.items() if by == "tag"} == {"wages": 44, "threats": 110}
    assert "Connected to a service 60" in page and "Unpaid wages 44" in page and "Emergency services called" not in page


async def test_under_ten_conversations_that_ended_are_not_told(desk_site: DeskSite, store: Store) -> None:
    await a_busy_month(store)
    await store.call("HSET", f"handoff_counts:{MONTH}", "ended connected", 9, "tagged wages", 9)
    async with desk_site.seat(await desk_site.hires("Grey Otter", "supervisor")) as seat:
        assert "How it ended" not in (await seat.opens("/counts"))[1]
        assert "outcome" not in (await seat.opens(f"/counts/{MONTH}.csv"))[1]


async def test_where_there_is_no_month_that_is_over_the_page_says_so(desk_site: DeskSite, store: Store) -> None:
    await store.call("HSET", "counts:2027-01", "day|05", 500)
    async with desk_site.seat(await desk_site.hires("Grey Otter", "supervisor")) as seat:
        status, source = await seat.opens("/counts")
        assert (await seat.opens("/counts/2027-01.csv"))[0] == 404
        assert (await seat.opens("/counts/2027-01"))[0] == 404

    assert status == 200
    assert "No month to show yet" in source
    assert "500" not in readable(source)


async def test_of_under_ten_conversations_nothing_is_shown(desk_site: DeskSite, store: Store) -> None:
    await happened(store, *[(3, "crisis", "sms", "th", "urgent")] * 9)
    async with desk_site.seat(await desk_site.hires("Grey Otter", "supervisor")) as seat:
        assert "Fewer than ten conversations" in (await seat.opens("/counts"))[1]
        assert (await seat.opens(f"/counts/{MONTH}.csv"))[1].splitlines()[1:] == []


@pytest.mark.parametrize("role", ["operator", "steward", "administrator"])
async def test_nobody_else_sees_counts(desk_site: DeskSite, store: Store, role: Role) -> None:
    await a_busy_month(store)
    async with desk_site.seat(await desk_site.hires("Blue Heron", role)) as seat:
        assert [(await seat.opens(path))[0] for path in ("/counts", f"/counts/{MONTH}.csv")] == [403, 403]


@pytest.mark.browser
@pytest.mark.parametrize("look", ["light", "dark"])
async def test_the_pictures_are_accessible(desk_site: DeskSite, store: Store, browser: Browser, look: str) -> None:
    await a_busy_month(store)
    await store.call("HSET", f"handoff_counts:{MONTH}", "ended connected", 60, "ended informed", 31, "tagged wages", 40)
    otter = await desk_site.hires("Grey Otter", "supervisor")
    page = await desk_site.sits_down(browser, otter, "/counts", color_scheme=look)
    assert await page.get_by_role("heading", name="Counts").count() == 1
    assert await faults(page) == []
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_column_is_as_high_as_its_number() -> None:
    drawn = charts.columns(["01", "02", "03"], {"01": 40, "03": 20})

    assert [column.high for column in drawn.columns] == [150, 0, 75]
    assert [line.number for line in drawn.lines] == [10, 20, 30, 40]
    assert drawn.columns[1].number is None


def test_the_clock_of_these_tests_is_in_january() -> None:
    assert datetime.fromtimestamp(1_800_000_000, UTC).strftime("%Y-%m-%d") == "2027-01-15"
