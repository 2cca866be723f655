"""Wake-ups inside one process: work is due, something is to be sent, a conversation has a new line.

They only save waiting. Another process's work is found by looking into Redis now and then.
"""

import asyncio
from contextlib import suppress


def ending() -> bool:
    """Tell whether the running task was cancelled: on Python 3.11 a library on the way can swallow the exception."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


class Signals:
    """One event for the dispatcher, one for the sender, one for each conversation that a page waits on."""

    def __init__(self) -> None:
        self.due = asyncio.Event()
        self.outgoing = asyncio.Event()
        self._waiting: dict[str, set[asyncio.Event]] = {}

    def said(self, pointer: str) -> None:
        """Wake the pages that wait for this conversation (by its look-up key, which outlives it)."""
        for event in self._waiting.get(pointer, ()):
            event.set()

    async def wait_for(self, pointer: str, seconds: float) -> None:
        """Wait until something is said in this conversation, or the time is over."""
        event = asyncio.Event()
        self._waiting.setdefault(pointer, set()).add(event)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await event.wait()
        finally:
            self._waiting[pointer].discard(event)
            if not self._waiting[pointer]:
                del self._waiting[pointer]
