"""Two operators on duty, and somebody may write."""

import pytest

from bot.settings import Settings
from bot.storage.store import Store
from tests.bot.handoff.shift import Shift


@pytest.fixture
async def shift(store: Store, settings: Settings) -> Shift:
    shift = Shift(store, settings)
    await shift.works("ana", "ben")
    return shift
