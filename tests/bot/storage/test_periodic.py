"""Periodic work goes on whatever happens to one step, never spins on a failure, and ends when it is told to."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from io import StringIO

import pytest

from bot.storage.periodic import Periodic
from bot.storage.store import StoreAway
from tests.hotline import eventually


class Step:
    """Counts how often it is done; raises or returns what is told for each time, and then nothing."""

    def __init__(self, *outcomes: float | Exception | None) -> None:
        self._outcomes = list(outcomes)
        self.times = 0

    async def __call__(self) -> float | None:
        self.times += 1
        outcome = self._outcomes.pop(0) if self._outcomes else None
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def failures(log: StringIO) -> list[tuple[str, str]]:
    return [(line["event"], line["error"]) for line in map(json.loads, log.getvalue().splitlines())]


async def test_the_step_says_when_it_is_done_again_else_the_interval_counts() -> None:
    periodic = Periodic(Step(None, 25.0, 0), every=5.0)
    assert [await periodic.once() for _ in range(3)] == [5.0, 25.0, 0]


async def test_an_error_is_one_line_in_the_log_without_its_text_and_the_next_step_is_done(log: StringIO) -> None:
    step = Step(ValueError("marked"), KeyError("marked"))
    loop = asyncio.create_task(Periodic(step, 0.001, "watch_failed").run())
    await eventually(lambda: step.times > 2)
    loop.cancel()
    assert failures(log) == [("watch_failed", "ValueError"), ("watch_failed", "KeyError")]
    assert "marked" not in log.getvalue()


async def test_redis_being_away_is_survived_without_a_line(log: StringIO) -> None:
    step = Step(StoreAway("ConnectionError"))
    loop = asyncio.create_task(Periodic(step, 0.001).run())
    await eventually(lambda: step.times > 1)
    loop.cancel()
    assert log.getvalue() == ""


@pytest.mark.parametrize("error", [ValueError(), StoreAway("away")])
async def test_a_step_that_fails_at_once_waits_for_its_interval(error: Exception, log: StringIO) -> None:
    assert await Periodic(Step(error), 5.0, "watch_failed").once() == 5.0

    step = Step(*[error] * 1000)
    loop = asyncio.create_task(Periodic(step, 60.0, "watch_failed").run())
    for _ in range(100):
        await asyncio.sleep(0)
    assert step.times == 1
    loop.cancel()


async def test_steps_that_have_more_to_do_leave_room_for_others() -> None:
    step = Step(*[0] * 1000)
    loop = asyncio.create_task(Periodic(step, 60.0).run())
    for _ in range(10):
        await asyncio.sleep(0)
    assert 1 < step.times <= 10
    loop.cancel()


async def test_without_a_word_for_it_an_error_ends_the_loop(log: StringIO) -> None:
    with pytest.raises(ValueError, match="ours"):
        await Periodic(Step(ValueError("ours")), 5.0).run()
    assert log.getvalue() == ""


async def waits() -> None:
    await asyncio.Event().wait()


async def swallows() -> None:
    with suppress(asyncio.CancelledError):
        await asyncio.Event().wait()


@pytest.mark.parametrize("step", [Step(), waits, swallows])
async def test_it_ends_when_it_is_cancelled_wherever_it_is(step: Callable[[], Awaitable[None]], log: StringIO) -> None:
    loop = asyncio.create_task(Periodic(step, 0.001, "watch_failed").run())
    await asyncio.sleep(0.005)
    loop.cancel()
    await asyncio.wait([loop], timeout=1)
    assert loop.done()
    assert log.getvalue() == ""
