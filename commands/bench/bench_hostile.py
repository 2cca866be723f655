"""`quietline bench --hostile`: what a flood from one host costs, and whom it delays. It fails where a bound is broken.

Everything runs on this machine, the flood and the people included, so they share its cores with the hotline. Seconds depend on
what else it does; ratios and order do not.
"""

import asyncio
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown

from bot.settings import Settings
from bot.text.keyword_lists import every
from bot.understanding.offline_checks import OfflineChecks
from commands.bench.bench import keep
from commands.bench.child_hotline import ChildHotline, memory, processor_seconds
from commands.bench.flood import CONNECTIONS, MESSAGES, garbage
from commands.bench.flooded_persons import FloodedPerson, IsAnswer, Waits, a_crisis, crisis_sentences, talks_on, the_end
from commands.bench.virtual_users import WORDS, spread
from commands.runtime.composition import ROOT
from commands.runtime.preparation import prepared
from commands.runtime.serving import allow_many_connections

MOST_USUAL = 5.0  # usual messages that a message in no language may cost, and that a letter may delay somebody else
MOST_SECONDS = 2.0  # until the answer to a crisis, for 99 of 100
MEMORY = 1_024  # MB of gateway, engine and Redis, each: docker-compose.yml
_USUAL = WORDS[2]
_BEGUN = 1.0  # seconds until the flood has begun
_CRY = "he is going to kill me tonight, he has a knife"


@dataclass(frozen=True)
class FloodSize:
    """How much of everything."""

    seconds: float = 60
    persons: int = 32
    crises: int = 60
    cover_words: int = 12
    conversations: int = 1_200
    times: int = 10  # each kind of message, to measure what it costs


@dataclass
class HostileFigures:
    """What was measured."""

    engine_cost: dict[str, float] = field(default_factory=dict)  # kind of garbage: usual messages
    gateway_cost: dict[str, float] = field(default_factory=dict)
    usual: tuple[float, float] = (0.0, 0.0)  # milliseconds of processor time of a usual message: engine, gateway
    letter: float = 0.0  # usual messages that a letter delays somebody else
    end_heard: bool = False  # whether a cry at the end of a letter gets the answer to a crisis
    waits: dict[str, Waits] = field(default_factory=dict)
    flood: dict[str, int] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)  # MB at most
    others: float = 0.0  # cores that other work of this machine took during the flood


def bench(settings: Settings, write: bool, size: FloodSize = FloodSize()) -> bool:
    """Measure and print the report; with `write`, also update docs/performance.md. Return whether every bound holds."""
    prepared(settings)
    allow_many_connections()
    with tempfile.TemporaryDirectory(prefix="quietline-bench-") as folder:
        figures = asyncio.run(measured(settings.var.resolve(), Path(folder), size))
    Console().print(Markdown(_report(figures, size)))
    if write:
        keep(_report(figures, size))
    return not broken(figures)


def broken(figures: HostileFigures) -> list[str]:
    """Return a sentence for each bound that does not hold."""
    costs = [("engine", figures.engine_cost), ("gateway", figures.gateway_cost)]
    found = [
        f"{kind} costs the {part} {cost:.1f} usual messages"
        for part, kinds in costs
        for kind, cost in kinds.items()
        if cost > MOST_USUAL
    ]
    if figures.letter > MOST_USUAL:
        found.append(f"a letter delays somebody else by {figures.letter:.1f} usual messages")
    if not figures.end_heard:
        found.append("a cry at the end of a letter is not heard")
    for who, waits in figures.waits.items():
        if who != "ordinary" and (waits.lost or spread(waits.times)[2] > MOST_SECONDS):
            found.append(f"{who}: not answered within {MOST_SECONDS:.0f} s")
    return [*found, *(f"{part} takes {size:.0f} MB" for part, size in figures.memory.items() if size > MEMORY)]


async def measured(var: Path, folder: Path, size: FloodSize) -> HostileFigures:
    """Bring up the hotline, measure what messages cost alone, then flood it."""
    figures, hotline = HostileFigures(), ChildHotline(folder, var, log_level="error")
    try:
        await hotline.ready(300)
        await _costs(hotline, figures, size)
        await _letter(hotline.url, figures, size)
        await _flooded(hotline, figures, size)
    finally:
        hotline.stop()
    return figures


async def _costs(hotline: ChildHotline, figures: HostileFigures, size: FloodSize) -> None:
    await _spent(hotline, _USUAL, 5)  # warm-up
    for text in garbage().values():
        await _spent(hotline, text, 1)  # the word lists of a language are read at its first message
    before = await _spent(hotline, _USUAL, 2 * size.times)
    kinds = {kind: await _spent(hotline, text, size.times) for kind, text in garbage().items()}
    after = await _spent(hotline, _USUAL, 2 * size.times)
    usual = [statistics.mean(times) for times in zip(before, after, strict=True)]
    figures.usual = (usual[0] * 1_000, usual[1] * 1_000)
    figures.engine_cost = {kind: spent[0] / usual[0] for kind, spent in kinds.items()}
    figures.gateway_cost = {kind: spent[1] / usual[1] for kind, spent in kinds.items()}


async def _spent(hotline: ChildHotline, text: str, times: int) -> tuple[float, float]:
    """Return the processor time of engine and gateway for one message that opens a conversation."""
    pids = _parts(hotline)
    began = [processor_seconds(pids[part]) for part in ("engine", "gateway")]
    for _ in range(times):
        async with FloodedPerson.comes(hotline.url) as person:
            await Waits().of(person.says(text))
    ended = [processor_seconds(pids[part]) for part in ("engine", "gateway")]
    return (ended[0] - began[0]) / times, (ended[1] - began[1]) / times


async def _letter(url: str, figures: HostileFigures, size: FloodSize) -> None:
    """Measure by how much somebody waits longer while a letter of somebody else is read, and whether its end is heard."""
    alone, beside, heard = Waits(), Waits(), Waits()
    for number in range(size.times):
        async with FloodedPerson.comes(url) as person, FloodedPerson.comes(url) as writer:
            await alone.of(person.says(_USUAL))
            reading = asyncio.create_task(heard.of(writer.says(f"{letter(number)} {_CRY}", a_crisis)))
            await asyncio.sleep(0.2)
            async with FloodedPerson.comes(url) as other:
                await beside.of(other.says(_USUAL))
            await reading
    usual = statistics.median(alone.times)
    figures.letter = (statistics.median(beside.times) - usual) / usual
    figures.end_heard = len(heard.times) == size.times


def letter(number: int) -> str:
    """Return four thousand letters that say something else in each sentence."""
    days = (
        f"On day {number * 100 + day} I cleaned {day + 3} rooms and carried {day} boxes to floor {day % 9}."
        for day in range(99)
    )
    return " ".join(days)[:3_900].rpartition(".")[0] + "."


async def _flooded(hotline: ChildHotline, figures: HostileFigures, size: FloodSize) -> None:
    drawn = random.Random(1)  # noqa: S311 - the same each time
    groups = ("crises in reviewed words", "crises in other words", "cover words", "ordinary")
    figures.waits = {who: Waits() for who in groups}
    async with AsyncExitStack() as stack:
        people = await _people(stack, hotline.url, size)
        drawn.shuffle(people)
        command = ["-m", "commands.bench.flood", hotline.url, str(size.seconds), str(size.conversations)]
        flood = await asyncio.create_subprocess_exec(sys.executable, *command, cwd=ROOT, stdout=PIPE)
        beside = [talks_on(hotline.url, figures.waits["ordinary"], drawn) for _ in range(size.persons)]
        tasks = [asyncio.create_task(work) for work in (*beside, _watch(hotline, figures))]
        began, others = time.monotonic(), _busy() - _ours(hotline)
        try:
            await asyncio.sleep(_BEGUN)
            # Evenly over the flood, but denser at its beginning, on which most of the tricks fall.
            moments = [0.9 * size.seconds * (place / len(people)) ** 1.5 for place in range(len(people))]
            await asyncio.gather(*(one.writes(moment, figures) for one, moment in zip(people, moments, strict=True)))
            printed, _ = await flood.communicate()
            figures.flood = json.loads(printed)
            figures.others = (_busy() - _ours(hotline) - others) / (time.monotonic() - began)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@dataclass(frozen=True)
class _Planned:
    """Somebody who will write one message during the flood."""

    person: FloodedPerson
    group: str
    text: str
    heard: IsAnswer

    async def writes(self, moment: float, figures: HostileFigures) -> None:
        await asyncio.sleep(moment)
        await figures.waits[self.group].of(self.person.says(self.text, self.heard))


async def _people(stack: AsyncExitStack, url: str, size: FloodSize) -> list[_Planned]:
    """Return those in danger, every other one in a conversation already, and those who leave by a cover word."""
    planned: list[_Planned] = []
    sentences = crisis_sentences()
    for number in range(size.crises):
        sentence = sentences[number * len(sentences) // size.crises]
        person = await stack.enter_async_context(FloodedPerson.comes(url))
        if number // 2 % 2:
            await Waits().of(person.says("hello"))
        group = "crises in reviewed words" if sentence.listed else "crises in other words"
        planned.append(_Planned(person, group, sentence.text, a_crisis))
    quick = OfflineChecks.load()
    words = sorted(word for word in every("cover", "words") if quick.quick(word) == "cover")
    for number in range(size.cover_words):
        person = await stack.enter_async_context(FloodedPerson.comes(url))
        await Waits().of(person.says("hello"))
        planned.append(_Planned(person, "cover words", words[number * len(words) // size.cover_words], the_end))
    return planned


def _busy() -> float:
    """Return the seconds that all cores of the machine have worked."""
    times = list(map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]))
    return (sum(times) - times[3] - times[4]) / os.sysconf("SC_CLK_TCK")


def _ours(hotline: ChildHotline) -> float:
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
    return spent + sum(map(processor_seconds, hotline.pids()))


async def _watch(hotline: ChildHotline, figures: HostileFigures) -> None:
    """Note the largest memory of each part."""
    while True:
        for part, pid in _parts(hotline).items():
            figures.memory[part] = max(memory(pid), figures.memory.get(part, 0.0))
        await asyncio.sleep(1)


def _parts(hotline: ChildHotline) -> dict[str, int]:
    names = {"commands.engine": "engine", "redis": "Redis", "valkey": "Redis"}
    found = {"gateway": hotline.process.pid}
    for pid, command in hotline.pids().items():
        found |= {name: pid for word, name in names.items() if word in command and pid != hotline.process.pid}
    return found


def _report(figures: HostileFigures, size: FloodSize) -> str:
    verdict = "; ".join(broken(figures)) or "every bound holds"
    heard = "is heard" if figures.end_heard else "is not heard"
    engine, gateway = figures.usual
    answers = ", ".join(f"{what}: {times}" for what, times in sorted(figures.flood.items()))
    sizes = ", ".join(f"{part} {most:.0f} MB" for part, most in sorted(figures.memory.items()))
    return f"""## Under a flood

Written by `quietline bench --hostile --write` on {date.today().isoformat()}: one engine, one gateway, Redis, the flood
and the people all on one machine with {os.cpu_count()} cores, of which other work took {figures.others:.1f} meanwhile. Result:
{verdict}.

A message of four thousand letters in no language, in usual messages of processor time (at most {MOST_USUAL:.0f}); a usual one,
which opens a conversation too, takes the engine {engine:.0f} ms and the gateway {gateway:.0f} ms:

| 4,000 letters | engine | gateway |
|---|--:|--:|
{_cost_rows(figures)}

While a letter of four thousand letters is read, somebody else waits longer by {figures.letter:.1f} usual messages (at most
{MOST_USUAL:.0f}). A cry at the end of such a letter {heard}.

One host floods for {size.seconds:.0f} s: four thousand letters of garbage each second, {size.conversations:,} new
conversations at once, {MESSAGES} messages of U+FDFA in one conversation, {CONNECTIONS} connections that are kept open.
Meanwhile {size.persons} ordinary persons write, and people send cover words, and crises in sixteen languages, every other
pair of these in a new conversation. Seconds until the answer; for all but the ordinary ones at most {MOST_SECONDS:.0f} at p99:

| | answered | p50 | p95 | p99 | refused first, with a number | in vain |
|---|--:|--:|--:|--:|--:|--:|
{_wait_rows(figures)}

- Answers to the flood, by trick and status: {answers}.
- Memory at most (proportional set size; at most {MEMORY:,} MB each): {sizes}.
"""


def _cost_rows(figures: HostileFigures) -> str:
    kinds = figures.engine_cost
    return "\n".join(f"| {kind} | {kinds[kind]:.1f} | {figures.gateway_cost[kind]:.1f} |" for kind in kinds)


def _wait_rows(figures: HostileFigures) -> str:
    return "\n".join(
        f"| {who} | {len(waits.times)} | {' | '.join(f'{time:.2f}' for time in spread(waits.times))} "
        f"| {waits.refused} | {waits.lost} |"
        for who, waits in figures.waits.items()
    )
