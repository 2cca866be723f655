"""`quietline rehearse`: plays scenario files through a private hotline and records the replies and the broken invariants.

The file formats and exit codes are in docs/rehearsal.md; scripts outside the project rely on them.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot import logs
from bot.progress import as_bar
from bot.settings import Settings
from commands.bench.private_hotline import private_hotline
from commands.rehearsal import results
from commands.rehearsal.checks.invariants import BrokenInvariant, broken
from commands.rehearsal.checks.number_checks import KnownNumbers
from commands.rehearsal.played_talk import Played
from commands.rehearsal.player import play_all
from commands.rehearsal.scenario import Scenario, read_folder
from commands.runtime.preparation import prepared
from resources_directory.model.directory import Directory

KEPT, BROKEN, NOT_PLAYED = 0, 1, 2


def rehearse(settings: Settings, folder: Path, out: Path, plays: int) -> int:
    """Play, record and print; return the exit code. Raises NotPlayed."""
    began = time.monotonic()
    scenarios = read_folder(folder)
    with results.aside(out) as written:
        model = prepared(settings)
        quiet = _rehearsing(settings)
        logs.set_up(quiet.log_level)
        played = asyncio.run(_play(quiet, model, scenarios, plays))
        known = KnownNumbers.of(Directory.load())
        found = [broken(talks, known) for talks in played]
        for number, (talks, faults) in enumerate(zip(played, found, strict=True), 1):
            results.write(written, number, talks, faults)
        results.put_in_place(written, out)
    for faults in found:
        for fault in faults:
            print(fault)
    print(summary(played, found, time.monotonic() - began))
    return BROKEN if any(found) else KEPT


def _rehearsing(settings: Settings) -> Settings:
    """Return settings without duty hours, which depend on today's clock: the scenario says whether an operator is there."""
    return replace(settings, log_level="error", duty_hours="")


async def _play(settings: Settings, model: Path, scenarios: Sequence[Scenario], plays: int) -> list[list[Played]]:
    async with private_hotline(settings, model, explain=True) as hotline:
        with as_bar() as tell:
            return [await play_all(hotline, scenarios, tell, f"play {number}") for number in range(1, plays + 1)]


def summary(played: Sequence[Sequence[Played]], found: Sequence[Sequence[BrokenInvariant]], seconds: float) -> str:
    """Return one line: how much was played, and how often each invariant was broken."""
    talks = [talk for play in played for talk in play]
    faults = [fault for play in found for fault in play]
    count = Counter(fault.invariant for fault in faults)
    kinds = ", ".join(f"{name} {number}" for name, number in count.most_common())
    where = sum(len({fault.id for fault in play}) for play in found)
    lines = sum(len(talk.turns) for talk in talks)
    broke = f"{len(faults)} broken in {where} of them ({kinds})" if faults else "nothing broken"
    how_much = (_counted(len(talks), "talk"), _counted(lines, "line"), _counted(round(seconds), "second"))
    return f"{', '.join(how_much)}: {broke}."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
