"""`quietline bench`: the whole path, door to door, as persons meet it. Figures to compare within one run, not to boast with.

Everything runs on this machine, the persons as well, so they share its cores with the hotline.
"""

import asyncio
import os
import platform
import re
import secrets
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from rich.console import Console
from rich.markdown import Markdown

from bot.encoder.build import built
from bot.encoder.encoder import Encoder
from bot.settings import Settings
from commands.child import ChildHotline, memory
from commands.parts import ROOT
from commands.train import train

TURNS = 600  # in all, for each number of persons
LONG = 1_000  # turns of the one long conversation
_WORDS = (
    "hola", "1", "mi jefe me quito el pasaporte y no me deja salir", "en mexico", "quiero un numero para llamar",
    "no me pagan desde hace tres meses", "tengo mucho miedo", "esto es anonimo?", "que hago si voy a la policia", "gracias",
)  # fmt: skip
_console = Console()


@dataclass
class Measured:
    """Times of one round, in milliseconds."""

    persons: int
    seconds: float = 0.0
    turns: list[float] = field(default_factory=list)  # from sending to the first line back
    accepts: list[float] = field(default_factory=list)  # until the door says that it is kept

    def row(self) -> list[str]:
        """Give the cells of the table."""
        rate = len(self.turns) / self.seconds
        return [str(self.persons), f"{rate:.0f}", *_spread(self.turns), *_spread(self.accepts)]


class _Person:
    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, url
        self._token, self._after = secrets.token_urlsafe(32), ""

    async def turn(self, text: str, measured: Measured) -> None:
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


def bench(settings: Settings, persons: str, write: bool) -> None:
    """Measure and print; with `write`, into docs/performance.md too."""
    numbers = [int(number) for number in re.findall(r"\d+", persons)] or [1]
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        train(Path(folder), force=True)
        first = time.monotonic() - began
    train(settings.var)
    with tempfile.TemporaryDirectory(prefix="quietline-bench-") as folder:
        report = asyncio.run(_measure(settings, numbers, Path(folder), first))
    _console.print(Markdown(report))
    if write:
        (ROOT / "docs" / "performance.md").write_text(report, "utf-8")


async def _measure(settings: Settings, numbers: list[int], folder: Path, training: float) -> str:
    hotline = ChildHotline(folder, settings.var, log_level="error")
    try:
        await hotline.ready()
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:
            await _round(session, hotline.url, 2, 40)  # the first turns warm caches and are not counted
            rounds = [await _round(session, hotline.url, number, TURNS) for number in numbers]
            early, late = await _long(session, hotline.url)
        sizes = {_name(command): memory(pid) for pid, command in hotline.pids().items()}
    finally:
        hotline.stop()
    share = _encoder_share(settings.var, rounds[0])
    return _report(rounds, early, late, sizes, training, share)


async def _round(session: aiohttp.ClientSession, url: str, persons: int, turns: int) -> Measured:
    measured = Measured(persons)

    async def talk() -> None:
        for start in range(0, max(turns // persons, 1), len(_WORDS)):
            person = _Person(session, url)  # a new conversation every ten turns
            for text in _WORDS[: max(turns // persons, 1) - start]:
                await person.turn(text, measured)

    began = time.perf_counter()
    await asyncio.gather(*(talk() for _ in range(persons)))
    measured.seconds = time.perf_counter() - began
    return measured


async def _long(session: aiohttp.ClientSession, url: str) -> tuple[float, float]:
    """Give the median of turns 5 to 14 and of the last ten turns of one long conversation."""
    person, measured = _Person(session, url), Measured(1)
    for number in range(LONG):
        await person.turn(_WORDS[number % len(_WORDS)], measured)
    return statistics.median(measured.turns[4:14]), statistics.median(measured.turns[-10:])


def _encoder_share(var: Path, alone: Measured) -> tuple[float, float]:
    """Give the encoder's median milliseconds for the bench's sentences, and its part of a turn of one person."""
    encoder = Encoder(built(var))
    times = []
    for text in _WORDS * 20:
        began = time.perf_counter()
        encoder.embed([text])
        times.append((time.perf_counter() - began) * 1000)
    spent = statistics.mean(times)
    return spent, spent / statistics.mean(alone.turns)


def _report(
    rounds: list[Measured],
    early: float,
    late: float,
    sizes: dict[str, float],
    training: float,
    share: tuple[float, float],
) -> str:
    processes = ", ".join(f"{name} {size:.0f} MB" for name, size in sizes.items())
    return f"""# Performance

Made by `quietline bench --write`. One engine, one gateway, Redis with its append-only file, and the persons, all on
one machine with {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}. Such a machine is
shared and noisy: compare within the table, not with other days.

| persons | turns/s | turn p50 | p95 | p99 | accept p50 | p95 | p99 |
|--:|--:|--:|--:|--:|--:|--:|--:|
{_rows(rounds)}

Times in milliseconds. *turn*: from sending a message to the first line of the answer. *accept*: until the door says
that the message is kept. Each person opens a new conversation every ten turns.

- Turn 10 against turn {LONG} of one conversation: {early:.1f} ms and {late:.1f} ms, ratio {late / early:.2f}.
- The encoder takes {share[0]:.1f} ms on average for these sentences: {share[1]:.0%} of a turn of one person alone.
- Building the encoder and training the model from nothing: {training:.0f} s.
- Memory (proportional set size): {processes}.
"""


def _rows(rounds: list[Measured]) -> str:
    return "\n".join("| " + " | ".join(measured.row()) + " |" for measured in rounds)


def _spread(times: list[float]) -> list[str]:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return [f"{cuts[49]:.1f}", f"{cuts[94]:.1f}", f"{cuts[98]:.1f}"]


def _name(command: str) -> str:
    for word, name in (("launcher", "engine"), ("redis", "Redis"), ("valkey", "Redis")):
        if word in command:
            return name
    return "gateway"
