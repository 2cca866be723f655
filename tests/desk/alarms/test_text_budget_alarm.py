"""Somebody runs up the bill for text messages: supervisors and whoever is called hear of it before nothing is left."""

from io import StringIO

import pytest

from bot.storage.store import Store
from desk.alarms.alarm_dispatch import AlarmCalls
from desk.alarms.alarms import Alarm, Alarms
from desk.alarms.text_budget_watcher import TextBudgetWatcher
from desk.alarms.wait_watcher import WaitWatcher, WatchedDesk
from tests.desk.colleagues import Clock

MOST = 1_000
NEARLY, USED_UP = "texts nearly used up", "texts used up"


@pytest.fixture
def alarms(store: Store, clock: Clock) -> Alarms:
    return Alarms(store, clock)


@pytest.mark.parametrize(
    ("sent", "raised"),
    [
        (None, []),
        (799, []),
        (800, [NEARLY]),
        (997, [NEARLY]),
        (998, [NEARLY, USED_UP]),  # a text of three parts finds no room any more
        (1_200, [NEARLY, USED_UP]),
    ],
)
async def test_an_alarm_rings_before_the_texts_of_an_hour_are_used_up_and_another_then(
    store: Store, alarms: Alarms, clock: Clock, sent: int | None, raised: list[str], log: StringIO
) -> None:
    if sent is not None:
        await store.call("SET", "texts_sent", sent)
    for _ in range(2):  # two gateways
        await TextBudgetWatcher(store, alarms, MOST, clock).look()
    assert [alarm.id for alarm in await alarms.open()] == raised
    assert log.getvalue().count("texts_") == len(raised)


async def test_the_alarm_is_over_with_its_hour_and_not_before(
    store: Store, alarms: Alarms, clock: Clock, watch: WaitWatcher, watched: WatchedDesk
) -> None:
    watcher = TextBudgetWatcher(store, alarms, MOST, clock)
    await store.call("SET", "texts_sent", MOST)
    await watcher.look()
    clock.now += 3_000
    await watch.look()  # it ends what waits, and leaves this alone
    assert [alarm.kind for alarm in await watched.alarms.open()] == ["texts", "texts"]
    await store.call("DEL", "texts_sent")
    await watcher.look()
    assert await alarms.open() == []


def test_whoever_is_called_reads_what_it_is_and_nothing_of_anybody(store: Store, alarms: Alarms) -> None:
    call = AlarmCalls(store, alarms, {}).worded([Alarm(USED_UP, "texts", 1_800_000_060.0)])
    assert call.text.splitlines()[1] == "text messages (nearly) used up: 1, since 08:01 UTC"
