"""The engine as the gateway sees it: one question a turn, one decision back, or EngineAway quickly.

A conversation always goes to the same engine process (hash of its id), because each keeps the order
of its own conversations. An engine that failed is not asked again before it answers a health check,
so that during an outage nobody waits eight seconds to be told so.
"""

import asyncio
import json
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol

import aiohttp

from bot import logs
from bot.engine.protocol import HEALTH, PATH, TURN, Decision, Question, authorization, counts_against_turn
from bot.engine.turn_gate import TurnGate, rank

PATIENCE = 8.0  # seconds that a person waits before they are told
_PROBE = 1.0
_AT_ONCE = 8  # questions that one engine has before it, besides those that must not wait
_SECONDS_A_LETTER = 0.00025  # about what reading takes; only the order of those who wait depends on it


class EngineAway(Exception):
    """No engine answered in time. `refused`: it was there and could not answer this one turn."""

    def __init__(self, reason: str, refused: bool = False) -> None:
        super().__init__(reason)
        self.refused = refused


class Engine(Protocol):
    """All that the gateway needs of what decides."""

    async def decide(self, question: Question) -> Decision:
        """Decide one turn; raises EngineAway."""

    async def ready(self) -> bool:
        """Whether every turn would be decided."""


class EngineClient:
    """Asks engine processes, each at a base URL."""

    def __init__(self, urls: Sequence[str], token: str, patience: float = PATIENCE) -> None:
        self._urls = tuple(urls)
        # More at once would only wait inside the engine, until all of them have waited too long.
        self._gates = {url: TurnGate(_AT_ONCE) for url in self._urls}
        self._away: dict[str, asyncio.Task[None]] = {}
        self._patience = patience
        self._headers = {"Authorization": authorization(token)}
        self._session: aiohttp.ClientSession | None = None
        self.on_why: Callable[[dict[str, Any]], None] | None = None  # takes what bot/rasa/turn_reasons.py sends along

    async def start(self) -> None:
        """Open the connection pool."""
        self._session = aiohttp.ClientSession(headers=self._headers)

    async def stop(self) -> None:
        """Close the pool and the running health checks."""
        for task in self._away.values():
            task.cancel()
        if self._session:
            await self._session.close()

    async def decide(self, question: Question) -> Decision:
        """Ask the engine; raises EngineAway."""
        url = self._urls[zlib.crc32(question.conversation.encode()) % len(self._urls)]
        if url in self._away:
            raise EngineAway("away")
        try:
            if question.urgent:
                return await self._ask(url, question)
            now = asyncio.get_running_loop().time()
            async with self._gates[url].passing(rank(now, _SECONDS_A_LETTER * len(question.text), urgent=False)):
                return await self._ask(url, question)
        except (aiohttp.ClientError, OSError) as error:
            if url not in self._away:
                self._away[url] = asyncio.create_task(self._watch(url))
            # It took the turn and gave no answer in time. That counts against the turn, or a message that
            # no engine can bear would hold up its conversation, and every other one, for ever.
            slow = isinstance(error, TimeoutError) and not isinstance(error, aiohttp.ClientError)
            raise EngineAway(type(error).__name__, refused=slow) from None
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            raise EngineAway("garbage", refused=True) from None

    async def healthy(self, url: str) -> bool:
        """Whether this engine answers."""
        assert self._session
        with suppress(aiohttp.ClientError, TimeoutError, OSError):
            timeout = aiohttp.ClientTimeout(total=_PROBE)
            async with self._session.get(f"{url}{PATH}{HEALTH}", timeout=timeout) as response:
                return response.status == 200
        return False

    async def ready(self) -> bool:
        """Whether every engine answers."""
        return all([await self.healthy(url) for url in self._urls])

    async def _ask(self, url: str, question: Question) -> Decision:
        assert self._session
        timeout = aiohttp.ClientTimeout(total=self._patience, connect=2)
        async with self._session.post(f"{url}{PATH}{TURN}", json=question.plain(), timeout=timeout) as response:
            if response.status != 200:
                raise EngineAway(f"status {response.status}", refused=counts_against_turn(response.status))
            plain = json.loads(await response.read())
            if self.on_why:
                self.on_why(plain["why"])
            return Decision.of(plain)

    async def _watch(self, url: str) -> None:
        logs.event("engine_away", 30)
        while not await self.healthy(url):
            await asyncio.sleep(_PROBE / 2)
        del self._away[url]
        logs.event("engine_back")
