"""Virtual users who write the same messages on any channel, and the time they wait; shared by all benchmarks."""

import asyncio
import secrets
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp

WORDS = (
    "hola", "1", "mi jefe me quito el pasaporte y no me deja salir", "en mexico", "quiero un numero para llamar",
    "no me pagan desde hace tres meses", "tengo mucho miedo", "esto es anonimo?", "que hago si voy a la policia", "gracias",
)  # fmt: skip


_BUSY = 503


@dataclass
class RoundTimes:
    """Times of one round, in milliseconds."""

    persons: int
    seconds: float = 0.0
    turns: list[float] = field(default_factory=list)  # from sending to the first line of the reply
    accepts: list[float] = field(default_factory=list)  # until the server has accepted the message
    silent: int = 0  # turns without any reply

    @property
    def rate(self) -> float:
        """Return turns per second."""
        return len(self.turns) / self.seconds


class Person(Protocol):
    """A virtual user on some channel, with their own conversation."""

    async def turn(self, text: str, measured: RoundTimes) -> None:
        """Write, wait for the first line of the reply, and record the time."""


Comes = Callable[[], Person]


class PagePerson:
    """A virtual user at our web page: posts the form, then polls for lines until there is a reply."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, url
        self._token, self._after = secrets.token_urlsafe(32), ""

    async def turn(self, text: str, measured: RoundTimes) -> None:
        """Write and wait for a reply."""
        began = time.perf_counter()
        form = {"token": self._token, "text": text, "id": secrets.token_hex(8)}
        headers = {"Accept": "application/json", "Accept-Language": "es"}
        while await self._sent(form, headers) == _BUSY:
            await asyncio.sleep(1)  # as the page does
        measured.accepts.append((time.perf_counter() - began) * 1000)
        while not await self._answered(headers):
            pass
        measured.turns.append((time.perf_counter() - began) * 1000)

    async def _sent(self, form: dict[str, str], headers: dict[str, str]) -> int:
        async with self._session.post(f"{self._url}/send", data=form, headers=headers) as response:
            if response.status != _BUSY:
                response.raise_for_status()
            return response.status

    async def _answered(self, headers: dict[str, str]) -> bool:
        form = {"token": self._token, "after": self._after}
        async with self._session.post(f"{self._url}/next", data=form, headers=headers) as response:
            found: dict[str, Any] = await response.json()
        self._after = found["after"] or self._after
        return any(line["who"] == "us" for line in found["lines"])


async def talks(comes: Comes, persons: int, turns: int) -> RoundTimes:
    """Run users concurrently for about this many turns in total; each starts a new conversation every ten turns."""
    measured = RoundTimes(persons)

    async def talk() -> None:
        for start in range(0, max(turns // persons, 1), len(WORDS)):
            person = comes()
            for text in WORDS[: max(turns // persons, 1) - start]:
                await person.turn(text, measured)

    began = time.perf_counter()
    await asyncio.gather(*(talk() for _ in range(persons)))
    measured.seconds = time.perf_counter() - began
    return measured


async def long_talk(comes: Comes, turns: int, a_minute_passes: Callable[[], None]) -> tuple[float, float]:
    """Return the median time of turns 5 to 14 and of the last ten turns of one long conversation, at ten turns a minute."""
    person, measured = comes(), RoundTimes(1)
    for number in range(turns):
        if number % len(WORDS) == 0:
            a_minute_passes()
        await person.turn(WORDS[number % len(WORDS)], measured)
    return statistics.median(measured.turns[4:14]), statistics.median(measured.turns[-10:])


def spread(times: list[float]) -> tuple[float, float, float]:
    """Return p50, p95 and p99."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]
