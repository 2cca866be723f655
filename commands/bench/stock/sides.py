"""One side of the comparison: how it is started and written to, and what was measured of it."""

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import aiohttp

from bot.rasa.evaluation.scores import Scores
from commands.bench.virtual_users import Measured, Person, spread


class Server(Protocol):
    """A hotline that runs."""

    @property
    def url(self) -> str:
        """Give its address, without a slash."""

    async def ready(self, seconds: float) -> None:
        """Wait until it answers, so long at the most."""

    def a_minute_passes(self) -> None:
        """Let a person go on who has written many turns on end."""

    def pids(self) -> Mapping[int, str]:
        """Give the ids of all its processes."""

    def stop(self) -> int:
        """End all of it."""


@dataclass
class Side:
    """What is measured of one of them."""

    name: str
    start: Callable[[Path], Server]
    person: Callable[[aiohttp.ClientSession, str], Person]
    cold: list[float] = field(default_factory=list)  # seconds from the start to the first answer
    rounds: dict[int, list[Measured]] = field(default_factory=dict)  # by the number of persons
    early: float = 0.0  # milliseconds of a turn near the tenth
    late: float = 0.0  # and of the last ones of a long conversation
    fresh: float = 0.0  # MB after the first answer
    worked: float = 0.0  # MB after everything
    scores: dict[str, Scores] = field(
        default_factory=dict
    )  # by language; empty where the model is that of another side

    def rate(self, persons: int) -> float:
        """Give turns per second: the median of the rounds."""
        return statistics.median(one.rate for one in self.rounds[persons])

    def times(self, persons: int) -> tuple[float, ...]:
        """Give p50, p95 and p99 in milliseconds: of each the median of the rounds."""
        return tuple(
            statistics.median(some) for some in zip(*(spread(one.turns) for one in self.rounds[persons]), strict=True)
        )

    @property
    def silent(self) -> int:
        """Count the turns that got no line."""
        return sum(one.silent for some in self.rounds.values() for one in some)
