"""A network with one hidden layer, learned and run by numpy alone: rows of numbers in, a chance for each label out.

On our examples it is right three points more often than a logistic regression on the same numbers, it learns in a minute
on one core, and what is kept of it are five tables of numbers, which no loading can turn into code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Whole = NDArray[np.intp]


@dataclass(frozen=True)
class LearningPlan:
    """How a network learns; the numbers were chosen by folds over our examples (docs/evaluation.md)."""

    hidden: int = 1024
    dropped: float = 0.6  # share of hidden numbers left out in each step, so that none is relied upon
    epochs: int = 20
    least_steps: int = 400  # for a handful of examples
    batch: int = 256
    rate: float = 3e-3
    warm: int = 50  # steps until the full rate
    smoothing: float = 0.05  # of each example's label, spread over all: examples are wrong too
    decay: float = 1e-3  # of the weights, at each step of full rate
    other_views: float = 0.2  # share of examples that are shown in another writing


class Network:
    """The tables, and how they are used."""

    def __init__(self, tables: Mapping[str, Floats]) -> None:
        self.tables = tables

    def chances(self, rows: Floats) -> Floats:
        """Give the chance of each label, one row for each row."""
        tables = self.tables
        hidden = np.maximum(rows @ tables["in"] + tables["in_bias"], 0)
        return _softmax(hidden @ tables["out"] + tables["out_bias"])


@dataclass(frozen=True)
class TrainingSet:
    """What is learned from: rows with their labels, numbers below `count`."""

    rows: Floats
    others: Floats  # the same examples in another writing
    labels: Whole
    count: int


def learn(lesson: TrainingSet, plan: LearningPlan, seed: int, tell: Callable[[], object] = lambda: None) -> Network:
    """Learn; `tell` is called after each of `steps(...)` steps."""
    size = len(lesson.rows)
    learner = _Learner(lesson.rows.shape[1], lesson.count, plan, seed)
    drawn, total = np.random.default_rng(seed), steps(size, plan)
    for _ in range(_epochs(size, plan)):
        order = drawn.permutation(size)
        for start in range(0, size, plan.batch):
            some = order[start : start + plan.batch]
            other = drawn.random((len(some), 1)) < plan.other_views
            learner.step(np.where(other, lesson.others[some], lesson.rows[some]), lesson.labels[some], total)
            tell()
    return Network(learner.tables)


def steps(examples: int, plan: LearningPlan) -> int:
    """Tell how many steps learning takes."""
    return _epochs(examples, plan) * -(-examples // plan.batch)


def _epochs(examples: int, plan: LearningPlan) -> int:
    return max(plan.epochs, plan.least_steps // -(-examples // plan.batch))


class _Learner:
    """Adam with a cosine rate, and dropout."""

    def __init__(self, width: int, count: int, plan: LearningPlan, seed: int) -> None:
        self._plan, self._drawn, self._step = plan, np.random.default_rng(seed + 1), 0
        self.tables: dict[str, Floats] = {
            "in": self._start(width, plan.hidden),
            "in_bias": np.zeros(plan.hidden, np.float32),
            "out": self._start(plan.hidden, count),
            "out_bias": np.zeros(count, np.float32),
        }
        self._mean = {name: np.zeros_like(table) for name, table in self.tables.items()}
        self._square = {name: np.zeros_like(table) for name, table in self.tables.items()}
        goal = np.full((count, count), plan.smoothing / count) + np.eye(count) * (1 - plan.smoothing)
        self._goals = goal.astype(np.float32)

    def step(self, rows: Floats, labels: Whole, total: int) -> None:
        tables = self.tables
        before = rows @ tables["in"] + tables["in_bias"]
        kept = self._drawn.random(before.shape, np.float32) >= self._plan.dropped
        mask = kept.astype(np.float32) / np.float32(1 - self._plan.dropped)
        hidden = np.maximum(before, 0) * mask
        wrong = (_softmax(hidden @ tables["out"] + tables["out_bias"]) - self._goals[labels]) / np.float32(len(rows))
        below = (wrong @ tables["out"].T) * mask * (before > 0)
        slopes = {"in": rows.T @ below, "in_bias": below.sum(0), "out": hidden.T @ wrong, "out_bias": wrong.sum(0)}
        self._step += 1
        rate = self._plan.rate * 0.5 * (1 + np.cos(np.pi * self._step / total)) * min(1.0, self._step / self._plan.warm)
        for name, slope in slopes.items():
            self._change(name, slope, rate)

    def _change(self, name: str, slope: Floats, rate: float) -> None:
        mean, square, table = self._mean[name], self._square[name], self.tables[name]
        mean += np.float32(0.1) * (slope - mean)
        square += np.float32(0.001) * (slope * slope - square)
        # Both start at zero; the divisions take that out.
        size: Floats = np.sqrt(square / np.float32(1 - 0.999**self._step)) + np.float32(1e-8)
        table -= np.float32(rate / (1 - 0.9**self._step)) * (mean / size)
        if not name.endswith("bias"):
            table -= np.float32(rate * self._plan.decay) * table

    def _start(self, rows: int, columns: int) -> Floats:
        numbers: Floats = self._drawn.standard_normal((rows, columns), np.float32) * np.float32(np.sqrt(2 / rows))
        return numbers


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return chances
