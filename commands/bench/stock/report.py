"""Renders the comparison with stock Rasa as a section of docs/performance.md."""

import os
import platform
from collections.abc import Callable, Sequence
from datetime import date

from commands.bench.stock.sides import MeasuredSide
from commands.bench.stock.stock_environment import LOCKED, PYTHON
from commands.evaluation.scores import share, with_interval


def report(sides: Sequence[MeasuredSide], most: int, long: int, examples: int) -> str:
    """Return the section with its heading."""
    ours, stock = sides[0], sides[1]
    packages = sum("==" in line for line in LOCKED.read_text("utf-8").splitlines() if not line.startswith("#"))
    return f"""## Compared with stock Rasa

Written by `quietline bench --stock --write` on {date.today().isoformat()}, on one machine with {os.cpu_count()} cores
({platform.machine()}): all sides in one run, alternately, with the same simulated users, who share its cores. Compare within
the tables, not with other days.

- **Stock Rasa** is Rasa 3.6.21 as it installs by default: Python {PYTHON}, TensorFlow, and {packages} packages as its own metadata
  asks for them, locked by hash in `commands/bench/stock/requirements.txt`. Pipeline and policies are the defaults of `rasa init`
  (DIET, TED and UnexpecTED, 100 epochs each); the server is `rasa run` with the REST channel, its conversations in
  memory, or in Redis with an append-only file.
- **Quietline** is `quietline run` on Python {platform.python_version()}: gateway, one engine, Redis, and the page's door.
- Ours understands as it ships, learned from all examples. Stock Rasa learned from {examples:,} of them, at most {most}
  of each label in each language: with all of them DIET would train for hours.

![Turns per second, waiting, a long conversation and what is understood](images/beside-stock.png)

{_speed(sides)}

Milliseconds from sending a message to the first line of the answer; each user opens a new conversation every ten turns.
Each figure is the median of {len(ours.cold)} rounds.{_silence(sides)}

{_other(sides, long)}

Memory is the proportional set size of all processes of a side, its Redis included. Training is not compared: ours ships.
In the long conversation our side is told every ten
turns that a minute has passed, since it asks anybody who writes more than thirty messages a minute to slow down.

### What is understood

Measured with the messages of [others](evaluation.md) (`tests/evaluation`), from which neither side has learned. Ours is the whole
serving path, with the reviewed phrases for a crisis ([evaluation.md](evaluation.md)).

{_understood(ours, stock)}

### Limits of the comparison

- Our turn does more. The message is durable in Redis before the door says 200, and sealed with the conversation's own key. Its
  language is detected, two nets read each piece of it for a crisis, actions decide with the directory at hand,
  and the answer exists in sixteen languages. Stock Rasa reads a message once and answers with one sentence of its domain,
  without an action server.
- Stock Rasa cuts a text into words at spaces: of Chinese and Thai it knows only runs of letters.
- Stock Rasa answers within the request; our page sends a message, and fetches the lines with a second request.
- Stock Rasa keeps no line for an operator and forgets nothing by itself; without Redis everything is gone when it ends.
- What is understood is no comparison of methods: ours has learned from many times as many examples.
"""


def _speed(sides: Sequence[MeasuredSide]) -> str:
    rows = ["| persons | | turns/s | p50 | p95 | p99 | turns/s against stock |", "|--:|---|--:|--:|--:|--:|--:|"]
    for persons in sides[0].rounds:
        for side in sides:
            times = " | ".join(f"{time:.1f}" for time in side.times(persons))
            ratio = side.rate(persons) / sides[1].rate(persons)
            rows.append(f"| {persons} | {side.name} | {side.rate(persons):.0f} | {times} | {ratio:.2f} |")
    return "\n".join(rows)


def _other(sides: Sequence[MeasuredSide], long: int) -> str:
    of: dict[str, Callable[[MeasuredSide], str]] = {
        "start to first answer, s": lambda side: " / ".join(f"{seconds:.1f}" for seconds in side.cold),
        "memory after the first answer, MB": lambda side: f"{side.fresh:.0f}",
        "memory after all of this, MB": lambda side: f"{side.worked:.0f}",
        "turn 10 of one conversation, ms": lambda side: f"{side.early:.1f}",
        f"turn {long:,} of it, ms": lambda side: f"{side.late:.1f}",
        "ratio of the two": lambda side: f"{side.late / side.early:.1f}",
    }
    rows = [f"| | {' | '.join(side.name for side in sides)} |", "|---|" + "--:|" * len(sides)]
    rows += [f"| {name} | {' | '.join(cell(side) for side in sides)} |" for name, cell in of.items()]
    return "\n".join(rows)


def _understood(ours: MeasuredSide, stock: MeasuredSide) -> str:
    rows = [
        "| language | messages | right: ours | stock | crises found: ours | stock | by mistake: ours | stock |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for locale, one in ours.scores.items():
        other = stock.scores[locale]
        cells = [share(side.right, side.messages) for side in (one, other)]
        cells += [with_interval(side.found, side.crises) for side in (one, other)]
        cells += [with_interval(side.mistaken, side.messages - side.crises) for side in (one, other)]
        rows.append(f"| {locale} | {one.messages} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _silence(sides: Sequence[MeasuredSide]) -> str:
    told = [f"{side.name} gave {side.silent} empty answers" for side in sides if side.silent]
    return f" {', '.join(told)}; their times count." if told else ""
