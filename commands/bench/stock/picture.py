"""Draws the comparison: speed, latency, a long conversation, memory, start time and understanding."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from commands.bench.stock.sides import MeasuredSide

_COLOURS = ("#1f6f5c", "#b3662e", "#d9a566")  # ours, stock, stock with Redis; distinct in grayscale too


def draw(sides: Sequence[MeasuredSide], long: int, file: Path) -> None:
    """Draw the charts into a PNG file."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    figure, ((speed, waiting, talk), (memory, cold, understood)) = plt.subplots(2, 3, figsize=(14, 7.5))
    _by_persons(speed, sides, "turns per second (more is better)", lambda side, persons: side.rate(persons))
    _by_persons(waiting, sides, "waiting, p95 in ms (less is better)", lambda side, persons: side.times(persons)[1])
    waiting.set_yscale("log")
    waiting.set_ylim(bottom=1)
    _bars(
        talk, sides, ("turn 10", f"turn {long:,}"), "one conversation, ms a turn", lambda side: (side.early, side.late)
    )
    talk.set_yscale("log")
    talk.set_ylim(bottom=1)
    _bars(memory, sides, ("first answer", "at the end"), "memory, MB", lambda side: (side.fresh, side.worked))
    _bars(cold, sides, ("",), "seconds from start to first answer", lambda side: (min(side.cold),))
    cold.set_xlim(-1, 1)
    _bars(
        understood, sides[:2], ("labels right", "crises found", "crises by mistake"), "held-back messages, %", _percent
    )
    figure.legend(*speed.get_legend_handles_labels(), loc="lower center", ncols=len(sides), frameon=False)
    figure.tight_layout(rect=(0, 0.05, 1, 1))
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=110)
    plt.close(figure)


def _percent(side: MeasuredSide) -> tuple[float, float, float]:
    scores = side.scores["all"]
    others = scores.messages - scores.crises
    parts = ((scores.right, scores.messages), (scores.found, scores.crises), (scores.mistaken, others))
    right, found, mistaken = (100 * hits / max(of, 1) for hits, of in parts)
    return right, found, mistaken


def _by_persons(
    axes: Any, sides: Sequence[MeasuredSide], title: str, figure: Callable[[MeasuredSide, int], float]
) -> None:
    numbers = list(sides[0].rounds)
    names = [f"{number} at once" if number > 1 else "1 person" for number in numbers]
    _bars(axes, sides, names, title, lambda side: [figure(side, number) for number in numbers])


def _bars(
    axes: Any,
    sides: Sequence[MeasuredSide],
    groups: Sequence[str],
    title: str,
    figures: Callable[[MeasuredSide], Sequence[float]],
) -> None:
    width = 0.8 / len(sides)
    for place, (side, colour) in enumerate(zip(sides, _COLOURS, strict=False)):
        where = [number - 0.4 + width * (place + 0.5) for number in range(len(groups))]
        bars = axes.bar(where, figures(side), width * 0.92, color=colour, label=side.name)
        axes.bar_label(
            bars, fmt=lambda value: f"{value:,.0f}" if value >= 10 else f"{value:.1f}", fontsize=6.5, padding=1
        )
    axes.set_xticks(range(len(groups)), groups)
    axes.set_title(title, fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(y=0.12)
