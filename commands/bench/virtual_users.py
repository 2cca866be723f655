"""Persons who write the same messages at any door, and how long they wait: what all benches share."""

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


@dataclass
class Measured:
    """Times of one round, in milliseconds."""

    persons: int
    seconds: float = 0.0
    turns: list[float] = field(default_factory=list)  # from sending to the first line back
    accepts: list[float] = field(default_factory=list)  # until the door says that it is kept
    silent: int = 0  # turns that got no line at all

    @property
    def rate(self) -> float:
        """Give turns per second."""
        return len(self.turns) / self.seconds


class Person(Protocol):
    """Somebody at a door, with a conversation of their own."""

    async def turn(self, text: str, measured: Measured) -> None:
        """Write, wait for the first line of the answer, and note how long that took."""


Comes = Callable[[], Person]


class PagePerson:
    """At our web page: posts the form, and reads lines until there is one of ours."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, url
        self._token, self._after = secrets.token_urlsafe(32), ""

    async def turn(self, text: str, measured: Measured) -> None:
        """Write and wait."""
        began = time.perf_counter()
        form = {"token": self._token, "text": text, "id": secrets.token_hex(8)}
        headers = {"Accept": "application/json", "Accept-Language": "es"}
        async with self._session.post(f"{self._url}/send", data=form, headers=headers) as response:
            response.raise_for_status()
        measured.accepts.append((time.perf_counter() - began) * 1000)
        while not await self._answered(headers):
            pass
        measured.turns.append((time.perf_counter() - began) * 1000)

    async def _answered(self, headers: dict[str, str]) -> bool:
        form = {"token": self._token, "after": self._after}
        async with self._session.post(f"{self._url}/next", data=form, headers=headers) as response:
            found: dict[str, Any] = await response.json()
        self._after = found["after"] or self._after
        return any(line["who"] == "us" for line in found["lines"])


async def talks(comes: Comes, persons: int, turns: int) -> Measured:
    """Let persons talk side by side, about so many turns in all; each comes anew after ten of them."""
    measured = Measured(persons)

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
    """Give the median of turns 5 to 14 and of the last ten turns of one long conversation, ten turns a minute."""
    person, measured = comes(), Measured(1)
    for number in range(turns):
        if number % len(WORDS) == 0:
            a_minute_passes()
        await person.turn(WORDS[number % len(WORDS)], measured)
    return statistics.median(measured.turns[4:14]), statistics.median(measured.turns[-10:])


def spread(times: list[float]) -> tuple[float, float, float]:
    """Give p50, p95 and p99."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]
