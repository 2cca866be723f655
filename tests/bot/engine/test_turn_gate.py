"""Who waits at a gate goes in by age and cost, and nobody who left holds a place."""

import asyncio

from bot.engine.turn_gate import TurnGate, rank
from tests.hotline import eventually


class Line:
    """People who wait at a gate, and the order in which they come through."""

    def __init__(self, most: int = 1) -> None:
        self.gate, self.through = TurnGate(most), list[str]()
        self.open = asyncio.Event()

    def joins(self, name: str, place: float) -> asyncio.Task[None]:
        return asyncio.create_task(self._passes(name, place))

    async def _passes(self, name: str, place: float) -> None:
        async with self.gate.passing(place):
            self.through.append(name)
            await self.open.wait()


async def begun(line: Line) -> asyncio.Task[None]:
    first = line.joins("first", 0)
    await eventually(lambda: line.through == ["first"])
    return first


async def test_what_takes_little_goes_past_what_takes_long_and_what_is_urgent_past_both() -> None:
    line = Line()
    tasks = [await begun(line), line.joins("letter", rank(0, 1.0, urgent=False))]
    tasks += [line.joins("message", rank(0.1, 0, urgent=False)), line.joins("crisis", rank(0.2, 0, urgent=True))]
    await asyncio.sleep(0)
    line.open.set()
    await asyncio.gather(*tasks)
    assert line.through == ["first", "crisis", "message", "letter"]


async def test_a_long_letter_does_not_wait_for_ever() -> None:
    assert rank(0, 1.0, urgent=False) < rank(5, 0, urgent=False)


async def test_who_leaves_the_line_holds_up_nobody() -> None:
    line = Line()
    first, leaves, stays = await begun(line), line.joins("leaves", 1), line.joins("stays", 2)
    await asyncio.sleep(0)
    leaves.cancel()
    line.open.set()
    await asyncio.gather(first, stays)
    assert line.through == ["first", "stays"]


async def test_who_is_called_and_leaves_in_the_same_moment_lets_the_next_one_in() -> None:
    line = Line()
    first, leaves, stays = await begun(line), line.joins("leaves", 1), line.joins("stays", 2)
    await asyncio.sleep(0)
    line.gate._leave()  # calls the one that is about to leave
    leaves.cancel()
    await eventually(lambda: line.through == ["first", "stays"])
    line.open.set()
    await asyncio.gather(first, stays)
    assert line.through == ["first", "stays"]
