"""Alarms: each once, seen by all, taken on by one, gone when it is over."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.storage.store import Store
from desk.alarms.alarms import Alarm, Alarms
from tests.desk.colleagues import Clock

CONVERSATION = "c" * 32
DATA_MAP = (Path(__file__).parents[3] / "docs" / "privacy.md").read_text("utf-8")


@pytest.fixture
def alarms(store: Store, clock: Clock) -> Alarms:
    return Alarms(store, clock)


def late(conversation: str = CONVERSATION, **more: Any) -> Alarm:
    usual: dict[str, Any] = {"since": 5.0, "priority": "P0", "conversation": conversation}
    return Alarm(f"late {conversation}", "late", **usual | more)


async def test_of_several_gateways_that_see_the_same_one_raises_it(alarms: Alarms) -> None:
    raised = await asyncio.gather(*(alarms.raise_(late()) for _ in range(5)))
    assert sorted(raised) == [False] * 4 + [True]
    assert await alarms.open() == [late()]


async def test_what_is_most_urgent_and_oldest_comes_first_and_what_is_taken_on_last(alarms: Alarms) -> None:
    for alarm in (late("a", since=9.0), late("b", priority="P1"), late("c", since=7.0), late("d", since=1.0)):
        await alarms.raise_(alarm)
    await alarms.see("late d", "ana")
    assert [each.conversation for each in await alarms.open()] == ["c", "a", "b", "d"]


async def test_of_two_who_take_an_alarm_on_one_has_it(alarms: Alarms) -> None:
    await alarms.raise_(late())
    taken = await asyncio.gather(alarms.see("late " + CONVERSATION, "ana"), alarms.see("late " + CONVERSATION, "ben"))
    assert sorted(taken) == [False, True]
    (alarm,) = await alarms.open()
    assert alarm.seen_by == ("ana" if taken[0] else "ben")
    assert await alarms.see(alarm.id, alarm.seen_by)  # a second click


async def test_what_is_over_is_gone_and_may_come_again(alarms: Alarms) -> None:
    await alarms.raise_(late())
    await alarms.see(late().id, "ana")
    await alarms.over(late().id)
    assert await alarms.open() == []
    assert not await alarms.see(late().id, "ana")
    assert await alarms.raise_(late())
    assert await alarms.open() == [late()]


async def test_a_supervisor_is_called_once_however_often_it_is_clicked(alarms: Alarms, clock: Clock) -> None:
    for _ in range(3):
        await alarms.call("ana", CONVERSATION)
        clock.now += 1
    (alarm,) = await alarms.open()
    assert (alarm.kind, alarm.account, alarm.conversation) == ("call", "ana", CONVERSATION)


async def test_every_key_of_alarms_ends_and_stands_in_the_data_map(alarms: Alarms, store: Store) -> None:
    await alarms.raise_(late())
    await alarms.see(late().id, "ana")
    await store.run(
        "alarm_end_call", ["alarm_calls"], target="mail", outcome="told", raised_before="1", pause=30_000, again=300_000
    )
    names = [name.decode() async for name in store.redis.scan_iter()]
    kinds = {name.partition(":")[0] for name in names}
    assert kinds == {"alarms", "alarms_seen", "alarm_count", "alarm_calls", "alarm_pause"}
    assert [kind for kind in kinds if f"`{kind}" not in DATA_MAP] == []
    assert [name for name in names if await store.call("TTL", name) < 0] == []
