"""`quietline bench --stock`: compares us with stock Rasa 3.6 in one run, on the same data and conversations.

The sides alternate (ours, stock, stock with Redis, ours, …), so that a slow minute of the machine affects them all.
"""

import asyncio
import secrets
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

import aiohttp
from rich.console import Console
from rich.markdown import Markdown

from bot.settings import Settings
from commands.bench.bench import PAGE, keep, numbers_in
from commands.bench.child_hotline import ChildHotline, NotReady, memory
from commands.bench.stock.held_back_reading import by_language, held_back, read_by_stock, read_by_us
from commands.bench.stock.picture import draw
from commands.bench.stock.project import fewer
from commands.bench.stock.report import report
from commands.bench.stock.server import RestPerson, StockServer
from commands.bench.stock.sides import MeasuredSide, Server
from commands.bench.stock.stock_environment import NoStock, environment
from commands.bench.stock.stock_models import stock_model
from commands.bench.virtual_users import WORDS, PagePerson, Person, RoundTimes, long_talk, talks
from commands.examples.label_examples import examples
from commands.runtime.composition import ROOT
from commands.runtime.preparation import prepared
from commands.training.train import train

_PATIENCE = 300.0  # seconds for a start; generous, because a busy machine is slow


@dataclass(frozen=True)
class Size:
    """The size of the measurement."""

    turns: int  # in total, for each number of users
    long: int  # turns of the one long conversation
    times: int  # starts, and rounds for each number of users
    most: int  # maximum examples per label and language
    epochs: int | None  # for training stock Rasa; None: its default
    every: int  # read every n-th held-back message


FULL = Size(600, 1_000, 2, 4, None, 1)
QUICK = Size(40, 40, 1, 1, 1, 60)  # a trial run; its figures mean nothing


def bench(settings: Settings, persons: str, write: bool, quick: bool) -> None:
    """Measure and print the report; with `write`, also update docs/performance.md and its chart."""
    # SIGTERM must stop the servers too, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    size, var = QUICK if quick else FULL, settings.var.resolve()
    prepared(settings)
    compared = _Comparison(var, var / "stock", size)
    try:
        sides = asyncio.run(compared.measured(numbers_in(persons)))
    except aiohttp.ClientError as error:
        raise NoStock(f"A side stopped answering while it was measured ({type(error).__name__}).") from None
    except NotReady as error:
        raise NoStock(f"Our own side did not come up. {error}".strip()) from None
    text = report(sides, size.most, size.long, compared.learned)
    Console().print(Markdown(text))
    if write:
        draw(sides, size.long, PAGE.parent / "images" / "beside-stock.png")
        keep(text)


class _Comparison:
    """Prepares the sides and measures them in alternation."""

    def __init__(self, var: Path, folder: Path, size: Size) -> None:
        self._var, self._folder, self._size = var, folder, size
        self._environment = environment(folder)
        given = list(fewer(examples(ROOT), size.most))
        self.learned = len(given)
        self._stock = stock_model(folder, self._environment, given, size.epochs)

    async def measured(self, numbers: Sequence[int]) -> list[MeasuredSide]:
        """Return all sides with their figures."""
        sides = self._sides()
        connector, patience = aiohttp.TCPConnector(limit=0), aiohttp.ClientTimeout(total=None)
        async with aiohttp.ClientSession(connector=connector, timeout=patience) as session:
            with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="quietline-bench-") as scratch:
                servers = await self._started(stack, Path(scratch), session, sides)
                await self._talked(session, list(zip(sides, servers, strict=True)), numbers)
                await self._read(session, sides[0], sides[1], servers[1].url)
                for side, server in zip(sides, servers, strict=True):
                    side.worked = _memory(server)
        return sides

    def _sides(self) -> list[MeasuredSide]:
        def stock(redis: bool, folder: Path) -> Server:
            return StockServer(folder, self._environment, self._stock, redis)

        def sender(session: aiohttp.ClientSession, url: str) -> Person:
            return RestPerson(session, url, secrets.token_hex(8))

        return [
            MeasuredSide("Quietline", lambda folder: ChildHotline(folder, self._var, log_level="error"), PagePerson),
            MeasuredSide("stock Rasa", partial(stock, False), sender),
            MeasuredSide("stock Rasa, Redis", partial(stock, True), sender),
        ]

    async def _started(
        self, stack: ExitStack, folder: Path, session: aiohttp.ClientSession, sides: Sequence[MeasuredSide]
    ) -> list[Server]:
        """Start the sides in alternation, `times` times; the servers of the last round stay up."""
        for number in range(self._size.times):
            stack.close()  # stop the servers of the previous round
            servers = []
            for place, side in enumerate(sides):
                home = folder / f"{number}-{place}"
                home.mkdir()
                _tell(f"Starting {side.name} …")
                began = perf_counter()
                server = side.start(home)
                stack.callback(server.stop)
                await server.ready(_PATIENCE)
                await side.person(session, server.url).turn(WORDS[0], RoundTimes(1))
                side.cold.append(perf_counter() - began)
                side.fresh = _memory(server)
                servers.append(server)
        return servers

    async def _talked(
        self, session: aiohttp.ClientSession, pairs: Sequence[tuple[MeasuredSide, Server]], numbers: Sequence[int]
    ) -> None:
        comes = {side.name: partial(side.person, session, server.url) for side, server in pairs}
        for side, _ in pairs:
            await talks(comes[side.name], 2, 40)  # warm-up turns, not counted
        for persons in numbers:
            for number in range(self._size.times):
                for side, _ in pairs:
                    _tell(f"{side.name}: {persons} at once, round {number + 1} …")
                    turns = max(self._size.turns, persons * len(WORDS))
                    side.rounds.setdefault(persons, []).append(await talks(comes[side.name], persons, turns))
        for side, server in pairs:
            _tell(f"{side.name}: one conversation of {self._size.long} turns …")
            long = long_talk(comes[side.name], self._size.long, server.a_minute_passes)
            side.early, side.late = await long

    async def _read(self, session: aiohttp.ClientSession, ours: MeasuredSide, stock: MeasuredSide, url: str) -> None:
        """Have both models read the same messages."""
        messages = held_back(every=self._size.every)
        _tell(f"Reading {len(messages)} held-back messages …")
        ours.scores = by_language(messages, read_by_us(train(self._var), self._var, messages))
        stock.scores = by_language(messages, await read_by_stock(session, url, messages))


def _memory(server: Server) -> float:
    return sum(memory(pid) for pid in server.pids())


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
