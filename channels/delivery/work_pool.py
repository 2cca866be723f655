"""Runs work side by side: starts whatever is due, up to a limit, and polls again when woken or after half a second.

Where that limit is reached, as much again is left for what must not wait.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress

from bot import logs
from bot.storage.signals import ending
from bot.storage.store import StoreAway

_TICK = 0.5  # seconds between polls for work that other gateways left
_GRACE = 10.0  # seconds for what has begun to finish when the loop ends

Work = Coroutine[None, None, None]


class WorkPool:
    """One loop of a gateway. Every piece of work holds a lease, so what dies here is taken up elsewhere."""

    def __init__(
        self, take: Callable[[bool], Awaitable[Work | None]], wake: asyncio.Event, side_by_side: int, failure: str
    ) -> None:
        """`take` returns the next piece of work, of any or only of what must not wait, or None; `failure`: a log word."""
        self._take, self._wake, self._side_by_side, self._failure = take, wake, side_by_side, failure
        self.running: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Run until cancelled, then finish what has begun."""
        try:
            while not ending():
                self._wake.clear()
                if len(self.running) >= 2 * self._side_by_side or not await self._start():
                    with suppress(TimeoutError):
                        async with asyncio.timeout(_TICK):
                            await self._wake.wait()
        finally:
            if self.running:
                await asyncio.wait(self.running, timeout=_GRACE)

    async def _start(self) -> bool:
        try:
            work = await self._take(len(self.running) >= self._side_by_side)
        except StoreAway:
            return False
        if work is None:
            return False
        task = asyncio.create_task(self._guarded(work))
        self.running.add(task)
        task.add_done_callback(self._ended)
        return True

    def _ended(self, task: asyncio.Task[None]) -> None:
        self.running.discard(task)
        self._wake.set()

    async def _guarded(self, work: Work) -> None:
        try:
            await work
        except StoreAway:
            return  # the lease expires, and the work is taken up again
        except Exception:
            logs.failure(self._failure)
