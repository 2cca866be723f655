"""One side of the comparison: how to start it and write to it, and its measurements."""

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import aiohttp

from commands.bench.virtual_users import Person, RoundTimes, spread
from commands.evaluation.scores import Scores


class Server(Protocol):
    """A running hotline."""

    @property
    def url(self) -> str:
        """Return its URL, without a trailing slash."""

    async def ready(self, seconds: float) -> None:
        """Wait until it answers, for at most this long."""

    def a_minute_passes(self) -> None:
        """Reset the rate limits for a user who has written many turns in a row."""

    def pids(self) -> Mapping[int, str]:
        """Return the ids of all its processes, with their command lines."""

    def stop(self) -> int:
        """Stop everything and return the exit code."""


@dataclass
class MeasuredSide:
    """One side and its measurements."""

    name: str
    start: Callable[[Path], Server]
    person: Callable[[aiohttp.ClientSession, str], Person]
    cold: list[float] = field(default_factory=list)  # seconds from the start to the first answer
    rounds: dict[int, list[RoundTimes]] = field(default_factory=dict)  # by the number of users
    early: float = 0.0  # milliseconds of a turn around the tenth of a long conversation
    late: float = 0.0  # and of its last turns
    fresh: float = 0.0  # MB after the first answer
    worked: float = 0.0  # MB after everything
    scores: dict[str, Scores] = field(default_factory=dict)  # by language; empty if it uses another side's model

    def rate(self, persons: int) -> float:
        """Return turns per second: the median over the rounds."""
        return statistics.median(one.rate for one in self.rounds[persons])

    def times(self, persons: int) -> tuple[float, ...]:
        """Return p50, p95 and p99 in milliseconds: for each, the median over the rounds."""
        return tuple(
            statistics.median(some) for some in zip(*(spread(one.turns) for one in self.rounds[persons]), strict=True)
        )

    @property
    def silent(self) -> int:
        """Return the number of turns without a reply."""
        return sum(one.silent for some in self.rounds.values() for one in some)
