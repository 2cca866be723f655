"""One turn at a time for each conversation, without Rasa's waiting in steps of a second.

The lock holds within one process: a conversation always goes to the same engine.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rasa.core.lock_store import LockStore


class ConversationLocks(LockStore):
    """A lock for each conversation that has a turn in progress, and for no other."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._wanted: Counter[str] = Counter()

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncIterator[None]:
        """Hold the conversation; those who come later wait in order."""
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        self._wanted[conversation_id] += 1
        try:
            async with lock:
                yield
        finally:
            self._wanted[conversation_id] -= 1
            if not self._wanted[conversation_id]:
                del self._wanted[conversation_id], self._locks[conversation_id]
