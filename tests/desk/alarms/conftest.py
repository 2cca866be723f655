"""A watch over talks in the store, with one operator on duty."""

import pytest

from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.storage.store import Store
from desk.alarms.wait_watcher import WaitWatcher, WatchedDesk
from tests.desk import talking
from tests.desk.alarms.looking import ANA, BEN
from tests.desk.colleagues import Clock
from tests.desk.talking import Lines
from tests.hotline import ROOT


@pytest.fixture(scope="module")
def book() -> Phrasebook:
    return Phrasebook.load(ROOT)


@pytest.fixture
async def lines(store: Store, settings: Settings, clock: Clock) -> Lines:
    lines = Lines(store, settings, clock)
    await lines.works(ANA)
    return lines


@pytest.fixture
def watched(lines: Lines, book: Phrasebook) -> WatchedDesk:
    return talking.watched(lines, book, {ANA.id: "Sam", BEN.id: "Kim"})


@pytest.fixture
def watch(watched: WatchedDesk) -> WaitWatcher:
    return WaitWatcher(watched)
