"""A conversation counts once, as what it has become, and in nothing that names it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation.record import Record
from bot.crypto import identity
from bot.crypto.vault import Seal
from bot.handoff import on_duty
from bot.handoff.case_card import Priority
from bot.handoff.handoff import Handoffs
from bot.messaging.intake import Intake
from bot.messaging.message import Message
from bot.reporting.counts import CountedTurn, families, packed
from bot.reporting.counts_report import REST, CountsReport, months, report
from bot.settings import Settings
from bot.storage.store import Store, key
from tests.every import every
from tests.hotline import Hotline, ScriptedEngine, echo

ROOT = Path(__file__).parents[3]
NOVEMBER = datetime(2026, 11, 29, 12, tzinfo=UTC).timestamp()
A_DAY = 86_400
LATER = NOVEMBER + 10 * A_DAY
NOW_NAME = "2026-11"


async def writes(store: Store, settings: Settings) -> str:
    """Somebody writes; give the id of their conversation."""
    address = identity.new_id()
    await Intake(store, settings).accept(Message("sms", address, identity.new_id(), "hello"))
    found = await store.find(identity.address_key("sms", address, store.vault.pepper))
    assert found
    return found


async def seal_of(store: Store, conversation: str) -> Seal:
    seal = await store.seal_of(conversation)
    assert seal
    return seal


async def cells(hotline: Hotline) -> dict[str, int]:
    """All numbers of all months that are not none."""
    found: dict[str, int] = {}
    for name in await hotline.keys():
        if name.startswith("counts:"):
            flat = await hotline.store.call("HGETALL", name)
            found |= {cell.decode(): int(number) for cell, number in flat.items() if int(number)}
    return {cell: number for cell, number in found.items() if not cell.startswith("day|")}


# At the end of a turn


async def test_a_conversation_counts_once_however_much_is_written(hotline: Hotline) -> None:
    for text in ("hello", "hello again", "and again"):
        await hotline.hears(text)

    assert await cells(hotline) == {
        "channel|conversation|sms": 1,
        "language|conversation|en": 1,
        "level|conversation|none": 1,
    }


async def test_it_counts_as_the_gravest_that_it_touched(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.answers("a bed", echo("yes"), intent="find_shelter")
    for text in ("hello", "a bed", "thanks"):
        await hotline.hears(text)
        if text == "a bed":
            await remembers(hotline, Record(answered={"find_shelter": 1}))

    assert await cells(hotline) == {"channel|services|sms": 1, "language|services|en": 1, "level|services|none": 1}


async def test_its_level_is_that_of_the_case(hotline: Hotline) -> None:
    await hotline.hears("hello")
    await remembers(hotline, Record(answered={"immediate_danger": 1}))
    await hotline.hears("hello")

    assert (await cells(hotline))["level|crisis|urgent"] == 1


async def remembers(hotline: Hotline, record: Record) -> None:
    """The engine has learned this of the one who writes."""
    conversation = await hotline.conversation()
    seal = await seal_of(hotline.store, conversation)
    await hotline.store.call("SET", key("record", conversation), seal.shared.seal(record.dump(), "record"), "EX", 3600)


async def test_who_asks_to_be_erased_leaves_a_number_and_nothing_that_leads_to_it(hotline: Hotline) -> None:
    await hotline.hears("hello")
    conversation = await hotline.conversation()
    kept = await hotline.store.call("GET", key("counted", conversation))
    assert b"conversation" not in kept
    assert 0 < await hotline.store.call("TTL", key("counted", conversation)) <= A_DAY
    await hotline.hears("STOP")

    assert await hotline.store.call("EXISTS", key("counted", conversation)) == 0
    assert sum((await cells(hotline)).values()) == 3


@pytest.mark.long
async def test_who_floods_us_counts_no_more_than_others(hotline: Hotline) -> None:
    for number in range(35):
        await hotline.receives(f"message {number}")
    await hotline.hears("last")

    assert sum((await cells(hotline)).values()) == 3


async def test_what_can_not_be_read_costs_no_answer_and_counts_nothing(hotline: Hotline) -> None:
    await hotline.hears("hello")
    before = await cells(hotline)
    await hotline.store.call("SET", key("counted", await hotline.conversation()), b"garbage", "EX", 60)

    assert await hotline.hears("hello again") == ["hello again"]
    assert await cells(hotline) == before


async def test_after_the_day_that_follows_its_first_it_moves_no_more(store: Store, settings: Settings) -> None:
    conversation = await writes(store, settings)
    seal = await seal_of(store, conversation)
    early, grave = (CountedTurn(conversation, "sms", "en", label) for label in ("greet", "find_shelter"))
    counted = await packed(store, seal, early, NOVEMBER)
    assert counted is not None
    assert counted["month"] == NOW_NAME
    await store.call("SET", key("counted", conversation), counted["sealed"])

    moved = await packed(store, seal, grave, NOVEMBER + A_DAY)
    assert moved is not None
    assert moved["month"] == NOW_NAME  # also when it is December by then
    assert await packed(store, seal, grave, NOVEMBER + 2 * A_DAY) is None


DOMAIN = set(yaml.load((ROOT / "domain.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)["intents"])


@every("family", families())
def test_the_families_are_those_of_the_examples(family: str) -> None:
    examples = yaml.load((ROOT / f"data/nlu/en/{family}.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)["nlu"]
    assert {entry.get("intent") for entry in examples} & DOMAIN <= set(families()[family])


def test_every_label_is_in_one_family() -> None:
    assert {*DOMAIN} == {label for labels in families().values() for label in labels}
    assert len(DOMAIN) == sum(map(len, families().values()))


def test_the_data_map_names_what_is_kept() -> None:
    data_map = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    assert [kind for kind in ("counted:{id}", "counts:<month>") if f"`{kind}`" not in data_map] == []


# Waits


@pytest.fixture
async def handoffs(store: Store) -> Handoffs:
    await on_duty.here(store, "ana", NOVEMBER)
    return Handoffs(store)


async def waits(store: Store, settings: Settings, handoffs: Handoffs, priority: Priority = "P2") -> str:
    conversation = await writes(store, settings)
    assert (await handoffs.ask(conversation, priority, "es", "sms", NOVEMBER)).done
    return conversation


async def told_waits(store: Store) -> dict[str, int]:
    flat = await store.call("HGETALL", f"counts:{NOW_NAME}")
    return {cell.decode(): int(number) for cell, number in flat.items()}


@pytest.mark.parametrize(
    ("seconds", "how"), [(60, "in_1"), (61, "in_3"), (599, "in_10"), (1800, "in_30"), (1801, "later")]
)
async def test_a_wait_counts_by_how_long_it_was(
    store: Store, settings: Settings, handoffs: Handoffs, seconds: int, how: str
) -> None:
    conversation = await waits(store, settings, handoffs, "P1")
    await on_duty.here(store, "ana", NOVEMBER + seconds)
    assert (await handoffs.claim(conversation, "ana", NOVEMBER + seconds)).done

    assert await told_waits(store) == {f"wait|P1|{how}": 1}


async def test_who_left_and_who_found_nobody_count_too(store: Store, settings: Settings, handoffs: Handoffs) -> None:
    await handoffs.withdraw(await waits(store, settings, handoffs), NOVEMBER)
    await waits(store, settings, handoffs, "P0")
    await on_duty.off(store, "ana", NOVEMBER)
    await handoffs.lapse(NOVEMBER)
    await handoffs.ask(await writes(store, settings), "P1", "es", "sms", NOVEMBER)

    assert await told_waits(store) == {"wait|P2|left": 1, "wait|P0|nobody": 1, "wait|P1|nobody": 1}


async def test_who_asks_again_and_again_is_one(store: Store, settings: Settings, handoffs: Handoffs) -> None:
    conversation = await waits(store, settings, handoffs)
    for _ in range(3):
        await handoffs.withdraw(conversation, NOVEMBER)
        await handoffs.ask(conversation, "P2", "es", "sms", NOVEMBER)

    assert await told_waits(store) == {"wait|P2|left": 1}


# "Did this help?"


async def test_an_answer_counts_by_month_with_the_channel_or_the_language_and_once(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.answers("1", echo("thanks"), intent="step", helped="little")
    await hotline.hears("hello")
    before = await cells(hotline)
    await hotline.hears("1")

    added = {cell: number for cell, number in (await cells(hotline)).items() if before.get(cell) != number}
    assert added == {"helped_channel|little|sms": 1, "helped_language|little|en": 1}


async def test_what_is_no_answer_counts_nothing(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.answers("1", echo("thanks"), intent="step", helped="web|crisis")
    await hotline.hears("1")

    assert not [cell for cell in await cells(hotline) if cell.startswith("helped")]


async def test_answers_are_reported_from_ten_on_and_small_ones_are_hidden(store: Store) -> None:
    few = {"helped_channel|yes|web": 9, "helped_language|yes|es": 9}
    await month_of(store, **few)
    told = await report(store, NOW_NAME, LATER)
    assert told and (told.answers, told.helped) == (None, ())

    more = {
        f"helped_{kind}|{answer}|{value}": 12
        for answer in ("yes", "no")
        for kind, value in (("channel", "web"), ("language", "es"))
    }
    await month_of(store, **more, **{"helped_channel|little|web": 2, "helped_language|little|es": 2})
    told = await report(store, NOW_NAME, LATER)
    assert told and told.answers is not None
    assert "little" not in told.helped[0].rows
    assert [row for row in told.rows() if row[2] == "little"] == []
    assert (NOW_NAME, "answers", "", "", "", told.answers) in list(told.rows())


# The report


async def month_of(store: Store, **more: int) -> None:
    counts: dict[str, Any] = {"day|03": 12, "day|04": 18}
    for kind, value in (("channel", "web"), ("language", "es"), ("level", "none")):
        counts |= {f"{kind}|services|{value}": 20, f"{kind}|rights|{value}": 10}
    flat = [part for pair in (counts | more).items() for part in pair]
    await store.call("HSET", f"counts:{NOW_NAME}", *flat)


async def test_a_month_that_runs_is_not_told_and_one_that_is_over_always_alike(store: Store) -> None:
    await month_of(store)
    assert await report(store, NOW_NAME, NOVEMBER) is None
    assert (
        await report(store, NOW_NAME, NOVEMBER + 2 * A_DAY) is None
    )  # the first of December: something may still move

    told = await report(store, NOW_NAME, LATER)
    assert isinstance(told, CountsReport)
    assert told == await report(store, NOW_NAME, LATER + 100 * A_DAY)
    assert told.conversations == 30
    assert dict(told.days) == {"03": 12, "04": 18}


async def test_a_month_of_which_nothing_is_kept_is_not_told(store: Store) -> None:
    assert await months(store, LATER) == []
    assert await report(store, "no month", LATER) is None


async def test_a_report_is_a_list_of_numbers_each_once(store: Store) -> None:
    await month_of(store)
    told = await report(store, NOW_NAME, LATER)
    assert told
    rows = list(told.rows())

    assert rows[:3] == [
        (NOW_NAME, "conversations", "", "", "", 30), (NOW_NAME, "day", "03", "", "", 12), (NOW_NAME, "day", "04", "", "", 18),
    ]  # fmt: skip
    assert (NOW_NAME, "topic", "services", "language", "es", 20) in rows
    assert len({row[:-1] for row in rows}) == len(rows)


async def test_what_is_hidden_stands_together(store: Store) -> None:
    await month_of(store, **{"day|05": 4, "day|06": 8, "day|03": 10, "day|04": 8})
    told = await report(store, NOW_NAME, LATER)
    assert told

    assert told.conversations == 30
    assert dict(told.days) == {"03": 10, REST: 20}


async def test_waits_are_a_table_of_their_own(store: Store) -> None:
    await month_of(store, **{"wait|P0|in_1": 12, "wait|P2|in_10": 15})
    told = await report(store, NOW_NAME, LATER)
    assert told and told.waits

    assert told.waited == 27
    assert dict(told.waits.numbers) == {("P2", "in_10"): 15, ("P0", "in_1"): 12}


async def test_under_ten_waits_are_not_told_at_all(store: Store) -> None:
    await month_of(store, **{"wait|P0|in_1": 9})
    told = await report(store, NOW_NAME, LATER)
    assert told

    assert (told.waited, told.waits) == (None, None)
