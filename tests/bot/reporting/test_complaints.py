"""Complaints: a service that does not work is not given again, and nobody can silence the directory with them."""

import re
from pathlib import Path

import pytest

from bot.messaging.blocks import block
from bot.months import month
from bot.reporting import complaints, unmet_needs
from bot.reporting.complaints import DAYS, LEAST, MOST_A_DAY, Ceiling, clear, complain, counts, one, suspend, suspended
from bot.storage.store import Store
from resources_directory.model.freshness import LOCAL_DAYS, SHELTER_DAYS
from tests.hotline import Hotline, ScriptedEngine, echo, eventually

NOW = 1_800_000_000.0
DAY = 86_400
DATA_MAP = (Path(__file__).parents[3] / "docs" / "privacy.md").read_text("utf-8")


def any_number(_: str) -> int:
    """A country with so many services that no complaint reaches its third."""
    return 1_000


def none(_: str) -> int:
    """A national line."""
    return 0


async def complained(store: Store, service: str, now: float, ceiling: Ceiling = one) -> None:
    """As many conversations as it takes have complained."""
    for _ in range(LEAST):
        await complain(store, service, now, ceiling)


async def test_a_trafficker_who_complains_about_the_shelter_they_look_for_does_not_take_it_away(store: Store) -> None:
    await complain(store, "es-a", NOW)

    assert await suspended(store, NOW) == frozenset()
    assert await counts(store, NOW) == {"es-a": 1}  # a steward sees it at once


async def test_a_complaint_of_a_second_conversation_takes_it_away(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.answers("wrong number", echo("noted"), complaints=("es-a",))
    await hotline.hears("wrong number", by="sms")
    assert await suspended(hotline.store) == frozenset()

    await hotline.hears("wrong number", by="web")
    assert await suspended(hotline.store) == {"es-a"}


async def test_what_was_complained_about_once_and_looked_at_is_not_taken_by_the_next_complaint(store: Store) -> None:
    await complain(store, "es-a", NOW)
    await clear(store, "es-a")
    await complain(store, "es-a", NOW)

    assert await suspended(store, NOW) == frozenset()


async def test_complaints_of_another_half_year_do_not_add_up(store: Store) -> None:
    await complain(store, "es-a", NOW)
    await complain(store, "es-a", NOW + (DAYS + 1) * DAY)

    assert await suspended(store, NOW + (DAYS + 1) * DAY) == frozenset()


def test_a_complaint_outlives_every_check_that_was_made_before_it() -> None:
    assert 2 * max(LOCAL_DAYS, SHELTER_DAYS) <= DAYS


async def test_a_service_that_two_have_complained_about_is_suspended_for_half_a_year(store: Store) -> None:
    await complained(store, "es-a", NOW)

    assert await suspended(store, NOW) == {"es-a"}
    assert await suspended(store, NOW + DAYS * DAY) == {"es-a"}
    assert await suspended(store, NOW + (DAYS + 1) * DAY) == frozenset()
    assert await counts(store, NOW + (DAYS + 1) * DAY) == {}


async def test_a_later_complaint_begins_the_time_anew(store: Store) -> None:
    await complained(store, "es-a", NOW)
    await complain(store, "es-a", NOW + 100 * DAY)

    assert await suspended(store, NOW + (100 + DAYS) * DAY) == {"es-a"}
    assert await suspended(store, NOW + (101 + DAYS) * DAY) == frozenset()


async def test_an_earlier_day_of_another_clock_does_not_shorten_the_time(store: Store) -> None:
    await complained(store, "es-a", NOW)
    await complain(store, "es-a", NOW - 2 * DAY)

    assert await suspended(store, NOW + DAYS * DAY) == {"es-a"}


async def test_no_more_than_its_part_of_a_country_is_suspended_however_many_days_it_takes(store: Store) -> None:
    for number in range(9):
        await complained(store, f"es-{number}", NOW + number * DAY, lambda _: 3)
    await complained(store, "fr-a", NOW + 9 * DAY)

    assert await suspended(store, NOW + 9 * DAY) == {"es-0", "es-1", "es-2", "fr-a"}
    assert len(await counts(store, NOW + 9 * DAY)) == 10


async def test_a_place_that_a_steward_has_freed_is_there_for_the_next_complaint(store: Store) -> None:
    await complained(store, "es-a", NOW)
    await complained(store, "es-b", NOW)
    await clear(store, "es-a")
    await complained(store, "es-b", NOW)

    assert await suspended(store, NOW) == {"es-b"}


async def test_what_a_steward_holds_back_is_not_given_until_it_is_looked_at(store: Store) -> None:
    await suspend(store, "es-a", NOW)
    assert (await suspended(store, NOW), await counts(store, NOW)) == (frozenset({"es-a"}), {})

    await clear(store, "es-a")
    assert await suspended(store, NOW) == frozenset()


async def test_complaints_are_counted_for_the_steward(store: Store) -> None:
    for service in ("es-a", "es-b", "es-a"):
        await complain(store, service, NOW)

    assert await counts(store, NOW) == {"es-a": 2, "es-b": 1}


async def test_after_a_few_in_one_day_complaints_are_only_counted(store: Store) -> None:
    ids = [f"es-{number}" for number in range(MOST_A_DAY + 3)]
    for service in ids:
        await complained(store, service, NOW, any_number)

    assert await suspended(store, NOW) == set(ids[:MOST_A_DAY])
    assert set(await counts(store, NOW)) == set(ids)


async def test_the_next_day_a_few_more_can_be_suspended(store: Store) -> None:
    for number in range(MOST_A_DAY + 1):
        await complained(store, f"es-{number}", NOW, any_number)
    await complained(store, "es-next", NOW + DAY, any_number)

    assert len(await suspended(store, NOW + DAY)) == MOST_A_DAY + 1
    assert "es-next" in await suspended(store, NOW + DAY)


async def test_a_national_line_stays_whatever_is_complained_and_takes_no_place_of_the_day(store: Store) -> None:
    for _ in range(MOST_A_DAY):
        await complained(store, "es-016", NOW, none)
    await complained(store, "es-a", NOW)

    assert await suspended(store, NOW) == {"es-a"}
    assert (await counts(store, NOW))["es-016"] == MOST_A_DAY * LEAST


async def test_what_a_steward_has_looked_at_is_given_again(store: Store) -> None:
    await complained(store, "es-a", NOW)
    await clear(store, "es-a")

    assert (await suspended(store, NOW), await counts(store, NOW)) == (frozenset(), {})


@pytest.mark.parametrize("words", ["my boss José", "es a", "", "ES-A", "es-" + "a" * 200, "es-a\n"])
async def test_nothing_but_the_id_of_a_service_is_kept(store: Store, words: str) -> None:
    await complain(store, words, NOW)

    assert await counts(store, NOW) == {}


async def test_no_hour_is_kept_of_a_complaint(store: Store) -> None:
    await complain(store, "es-a", NOW)

    assert await store.redis.zscore("complained", "es-a") == NOW // DAY


async def test_a_turn_brings_its_complaints_and_what_was_not_found_once(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    wish = {"need": "find_shelter", "country": "ES", "region": "29", "locale": "es"}
    engine.answers("wrong number", echo("noted"), complaints=("es-a",), unmet=(wish,))
    await hotline.hears("wrong number", by="sms")
    await hotline.hears("thanks", by="sms")

    assert await counts(hotline.store) == {"es-a": 1}
    assert await hotline.store.call("HGETALL", f"unmet:{month()}") == {b"ES|find_shelter|es|29": b"1"}


async def test_a_line_that_lasts_is_only_counted(hotline: Hotline, engine: ScriptedEngine) -> None:
    hotline.dispatcher.ceiling = lambda id_: 0 if id_ == "es-016" else 1
    engine.answers("nobody answers", echo("noted"), complaints=("es-016", "es-a"))
    await hotline.hears("nobody answers", by="sms")
    await hotline.hears("nobody answers", by="web")

    assert await suspended(hotline.store) == {"es-a"}
    assert await counts(hotline.store) == {"es-016": 2, "es-a": 2}


@pytest.mark.long
async def test_a_turn_that_is_tried_again_counts_once(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.answers("wrong number", echo("noted"), complaints=("es-a",))
    engine.away = True
    await hotline.receives("wrong number", by="sms")
    await eventually(lambda: hotline.said)
    assert await counts(hotline.store) == {}

    engine.away = False
    await eventually(hotline.quiet, 8)
    assert hotline.texts[-1] == "noted"
    assert await counts(hotline.store) == {"es-a": 1}


async def test_somebody_blocked_takes_nothing_away(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.answers("wrong number", echo("noted", always=True), complaints=("es-a",))
    await hotline.hears("hello", by="sms")
    await block_all(hotline.store)
    await hotline.hears("wrong number", by="sms")

    assert await counts(hotline.store) == {}


async def block_all(store: Store) -> None:
    async for conversation in store.conversations():
        await block(store, conversation, 60)


async def test_every_key_has_an_end_and_stands_in_the_data_map(store: Store) -> None:
    await complained(store, "es-a", NOW)
    await unmet_needs.count(store, [{"need": "find_shelter", "country": "ES", "locale": "es"}], NOW)

    names = [name.decode() async for name in store.redis.scan_iter()]
    assert {name.partition(":")[0] for name in names} == {
        "complaints", "complained", "suspended", "suspensions", "unmet",
    }  # fmt: skip
    assert [name for name in names if await store.call("TTL", name) < 0] == []
    assert [name for name in names if not re.search(rf"`{name.partition(':')[0]}\b", DATA_MAP)] == []


def test_a_day_is_the_same_for_all_its_hours() -> None:
    assert complaints.day(DAY * 5) == complaints.day(DAY * 6 - 1) == 5
