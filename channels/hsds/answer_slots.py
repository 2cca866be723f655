"""The slots of the read API: few answers are under way at once, and each is read in time or cut off.

A listing has megabytes. Whoever asks for many and reads none would have the gateway keep all of them, at the cost of those
who write.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from channels import metrics

MOST = 4
WAIT = 5.0  # seconds until a slot has to be free
SEND = 20.0  # seconds until an answer has to be read


class AnswerSlots:
    """Bounds how many answers are worked out or sent at once, and for how long each is sent. Times are in seconds."""

    def __init__(self, most: int = MOST, wait: float = WAIT, send: float = SEND) -> None:
        self._free = asyncio.Semaphore(most)
        self._wait, self._send = wait, send

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Hold a slot; raise TimeoutError if none gets free in time."""
        async with asyncio.timeout(self._wait):
            await self._free.acquire()
        try:
            yield
        finally:
            self._free.release()

    async def send(self, request: web.Request, response: web.Response) -> None:
        """Send a response; whoever does not read it in time is cut off, and what was kept for them is dropped."""
        transport = request.transport
        if transport is None:
            return
        # Nothing is kept in a buffer of ours: a response counts as sent when the system has taken all of it.
        transport.set_write_buffer_limits(0)
        try:
            async with asyncio.timeout(self._send):
                await response.prepare(request)
                await response.write_eof()
        except TimeoutError:
            metrics.refused.labels("hsds_slow").inc()
            transport.abort()
        except ConnectionError:
            return  # they have gone
