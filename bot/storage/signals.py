"""Wake-ups: work is due, something is to be sent, a conversation has a new line.

They only save waiting. Work that another process left is found by polling Redis; a new line in a conversation is
announced by Redis to every process.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from redis.exceptions import RedisError

from bot.storage.store import Store

_SAID = "said"  # the pub/sub channel on which our scripts publish lookup keys
_QUIET = 5.0  # seconds between checks that the connection is alive


def ending() -> bool:
    """Whether the running task was cancelled: on Python 3.11 a library in between can swallow the exception."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def until(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, or until the time is up."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


class Signals:
    """One event for the dispatcher, one for the sender, and one for each page that waits on its conversation."""

    def __init__(self) -> None:
        self.due = asyncio.Event()
        self.outgoing = asyncio.Event()
        self.told = False  # whether announcements of other processes are heard too
        self.over = False  # whether this process is ending: nobody waits here any more
        self._waiting: dict[str, set[asyncio.Event]] = {}

    def said(self, pointer: str) -> None:
        """Wake the pages that wait for this conversation (by its lookup key, which outlives it)."""
        for event in self._waiting.get(pointer, ()):
            event.set()

    def announcements_lost(self) -> None:
        """Make every page poll for itself, at once: announcements no longer arrive."""
        self.told = False
        self._wake_all()

    def end(self) -> None:
        """Make every page ask again, wherever it is answered next."""
        self.over = True
        self._wake_all()

    def _wake_all(self) -> None:
        for events in self._waiting.values():
            for event in events:
                event.set()

    @contextmanager
    def waiting(self, pointer: str) -> Iterator[asyncio.Event]:
        """Yield an event that is set when something is said. Whoever enters this, looks, and then waits misses nothing."""
        event = asyncio.Event()
        self._waiting.setdefault(pointer, set()).add(event)
        try:
            yield event
        finally:
            self._waiting[pointer].discard(event)
            if not self._waiting[pointer]:
                del self._waiting[pointer]


class SignalSubscriber:
    """A subscriber to what Redis announces: where something was said, in any process."""

    def __init__(self, store: Store, signals: Signals) -> None:
        self._store, self._signals = store, signals

    async def run(self) -> None:
        """Listen until cancelled, or until Redis is gone: the caller then starts it again."""
        try:
            async with self._store.redis.pubsub(ignore_subscribe_messages=True) as channel:
                await channel.subscribe(_SAID)
                self._signals.told = True
                while not ending():
                    message = await channel.get_message(timeout=_QUIET)
                    if message:
                        self._signals.said(message["data"].decode())
        except (RedisError, OSError):
            pass
        finally:
            self._signals.announcements_lost()
