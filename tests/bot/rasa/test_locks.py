"""Turns of one conversation wait for each other, those of others do not, and no lock stays behind."""

import asyncio
from typing import Any

import pytest

from bot.rasa.locks import ConversationLocks
from tests.hotline import PATIENCE


@pytest.fixture
def no_clock(loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    """An event loop on which nobody can wait for time to pass."""

    def refuses(*_: Any, **__: Any) -> asyncio.TimerHandle:
        raise AssertionError("somebody waits for a clock")

    monkeypatch.setattr(loop, "call_later", refuses)


@pytest.mark.usefixtures("no_clock")
async def test_turns_of_one_conversation_run_in_order_without_waiting_for_a_clock() -> None:
    locks, log = ConversationLocks(), []

    async def turn(number: int) -> None:
        async with locks.lock("one"):
            log.append(number)
            await asyncio.sleep(0)  # the others' turn, if there were no lock
            log.append(number)

    await asyncio.gather(*(turn(number) for number in range(5)))
    assert log == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


async def test_another_conversation_does_not_wait() -> None:
    locks = ConversationLocks()
    async with locks.lock("one"), asyncio.timeout(PATIENCE), locks.lock("other"):
        pass


async def test_a_lock_is_let_go_when_its_turn_fails() -> None:
    locks = ConversationLocks()
    with pytest.raises(ValueError, match="broken"):
        async with locks.lock("one"):
            raise ValueError("broken")
    async with asyncio.timeout(PATIENCE), locks.lock("one"):
        pass
    assert not locks._locks
