"""`quietline bench`: measures the whole path end to end, as users experience it. Compare figures only within one run.

Everything runs on this machine, the virtual users included, so they share its cores with the hotline.
"""

import asyncio
import os
import platform
import re
import statistics
import tempfile
import time
from pathlib import Path

import aiohttp
from rich.console import Console
from rich.markdown import Markdown

from bot.encoder.build import built
from bot.encoder.reader import Reader
from bot.settings import Settings
from commands.bench.child_hotline import ChildHotline, memory
from commands.bench.virtual_users import WORDS, PagePerson, RoundTimes, long_talk, spread, talks
from commands.runtime.composition import ROOT
from commands.training.train import train

TURNS = 600  # in total, for each number of users
LONG = 1_000  # turns of the one long conversation
PAGE = ROOT / "docs" / "performance.md"
_PART = re.compile(r"^(?=##? )", re.MULTILINE)
_console = Console()


def bench(settings: Settings, persons: str, write: bool) -> None:
    """Measure and print the report; with `write`, also update docs/performance.md."""
    numbers = numbers_in(persons)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        train(Path(folder), force=True)
        first = time.monotonic() - began
    train(settings.var)
    with tempfile.TemporaryDirectory(prefix="quietline-bench-") as folder:
        report = asyncio.run(_measure(settings, numbers, Path(folder), first))
    _console.print(Markdown(report))
    if write:
        keep(report)


def numbers_in(persons: str) -> list[int]:
    """Return the requested numbers of users, or a single 1 if there are none."""
    return [number for number in map(int, re.findall(r"\d+", persons)) if number] or [1]


def keep(part: str, page: Path = PAGE) -> None:
    """Write one section of the page, replacing the section with the same heading; those of other benchmarks stay."""
    heading = part.partition("\n")[0]
    parts = _PART.split(page.read_text("utf-8")) if page.exists() else []
    kept = [old.strip() for old in parts if old.strip()]
    places = [number for number, old in enumerate(kept) if old.partition("\n")[0] == heading] or [len(kept)]
    kept[places[0] : places[0] + 1] = [part.strip()]
    page.write_text("\n\n".join(kept) + "\n", "utf-8")


async def _measure(settings: Settings, numbers: list[int], folder: Path, training: float) -> str:
    hotline = ChildHotline(folder, settings.var, log_level="error")
    try:
        await hotline.ready()
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:

            def comes() -> PagePerson:
                return PagePerson(session, hotline.url)

            await talks(comes, 2, 40)  # warm-up turns, not counted
            rounds = [await talks(comes, number, TURNS) for number in numbers]
            early, late = await long_talk(comes, LONG, hotline.a_minute_passes)
        sizes = {_name(command): memory(pid) for pid, command in hotline.pids().items()}
    finally:
        hotline.stop()
    share = _reader_share(settings.var, rounds[0])
    return _report(rounds, early, late, sizes, training, share)


def _reader_share(var: Path, alone: RoundTimes) -> tuple[float, float]:
    """Return the reader's mean milliseconds for these sentences, and its share of the turn of a single user."""
    reader = Reader(built(var))
    times = []
    for text in WORDS * 20:
        began = time.perf_counter()
        reader.read([text])
        times.append((time.perf_counter() - began) * 1000)
    spent = statistics.mean(times)
    return spent, spent / statistics.mean(alone.turns)


def _report(
    rounds: list[RoundTimes],
    early: float,
    late: float,
    sizes: dict[str, float],
    training: float,
    share: tuple[float, float],
) -> str:
    processes = ", ".join(f"{name} {size:.0f} MB" for name, size in sizes.items())
    return f"""# Performance

Written by `quietline bench --write`. One engine, one gateway, Redis with its append-only file, and the simulated users all ran
on one machine with {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}. Such a machine is
shared and noisy: compare within the table, not with other days.

| persons | turns/s | turn p50 | p95 | p99 | accept p50 | p95 | p99 |
|--:|--:|--:|--:|--:|--:|--:|--:|
{_rows(rounds)}

Times are in milliseconds. *turn*: from sending a message to the first line of the answer. *accept*: until the door confirms
that the message is kept. Each user opens a new conversation every ten turns.

- Turns 10 and {LONG} of one conversation: {early:.1f} ms and {late:.1f} ms, ratio {late / early:.2f}.
- The reader takes {share[0]:.1f} ms on average for these sentences: {share[1]:.0%} of a turn of one user alone.
- Building the reader and the model from scratch: {training:.0f} s.
- Memory (proportional set size): {processes}.
"""


def _rows(rounds: list[RoundTimes]) -> str:
    return "\n".join(f"| {' | '.join(_cells(measured))} |" for measured in rounds)


def _cells(measured: RoundTimes) -> list[str]:
    times = [f"{time:.1f}" for time in (*spread(measured.turns), *spread(measured.accepts))]
    return [str(measured.persons), f"{measured.rate:.0f}", *times]


def _name(command: str) -> str:
    for word, name in (("commands.engine", "engine"), ("redis", "Redis"), ("valkey", "Redis")):
        if word in command:
            return name
    return "gateway"
