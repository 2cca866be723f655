"""A gate that lets so many in at once. Who waits goes in by age and cost: what takes little goes past what takes long.

Each rank is the moment of arrival, moved back by what the work costs. So nobody waits for ever, and a short message does not
wait for all of a long one.
"""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_HEAD_START = 2.0  # seconds that what must not wait is ahead of its arrival
_WEIGHT = 2.0  # seconds of waiting that a second of work is worth


def rank(arrived: float, cost: float, urgent: bool) -> float:
    """Return the place in the line of what arrived at a moment and costs so many seconds of work."""
    return arrived + _WEIGHT * cost - (_HEAD_START if urgent else 0.0)


class TurnGate:
    """The gate before one thing that can only do so much at once."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()

    @asynccontextmanager
    async def passing(self, place: float) -> AsyncIterator[None]:
        """Wait until it is this one's turn, and hold a place inside until the block is left."""
        await self._enter(place)
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, place: float) -> None:
        if self._free:
            self._free -= 1
            return
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (place, next(self._numbers), called))
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():
                self._leave()  # called in the same moment: the next one goes in
            raise

    def _leave(self) -> None:
        while self._waiting:
            _, _, called = heapq.heappop(self._waiting)
            if not called.done():
                called.set_result(None)
                return
        self._free += 1
