"""Learning of the heads alone, on the layers that ship, without torch and in minutes: `quietline train --heads`.

It begins with the heads that ship. The layers stay as they are, so new examples teach it less than learning the whole reader
would (docs/learning.md).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from bot.encoder.numbers import Learned
from bot.encoder.weights import Floats
from commands.learning.loss_weights import ONE_OF, ORDINARY, SEVERAL, SEVERAL_SHARE, WEIGHTS
from commands.learning.targets import UNKNOWN, Targets, all_labels, head_sizes, is_ordinary

_HARDLY_EVER = -5.0  # score of a chance below one in a hundred


@dataclass(frozen=True)
class HeadPlan:
    """How the heads learn."""

    epochs: int = 8
    batch: int = 256
    rate: float = 5e-4
    warm: int = 100  # steps until the full rate
    dropped: float = 0.2  # share of a vector's numbers that are hidden
    decay: float = 0.01
    seed: int = 0


@dataclass
class Heads:
    """All heads side by side: `weight` (scores, numbers of a vector), `bias` (scores,), in the order of head_sizes."""

    weight: Floats
    bias: Floats

    def scores(self, vectors: Floats) -> Floats:
        """Return the scores of all heads, (texts, scores)."""
        scores: Floats = vectors @ self.weight.T + self.bias
        return scores


def shipped(kept: Learned) -> Heads:
    """Return the heads that ship, with a row for each label of today: a new one begins as hardly ever said."""
    sizes = np.cumsum([len(names) for names in kept.names["heads"].values()])[:-1]
    rows = dict(zip(kept.names["heads"], np.split(kept.arrays["heads.weight"], sizes), strict=True))
    starts = dict(zip(kept.names["heads"], np.split(kept.arrays["heads.bias"], sizes), strict=True))
    known = {label: place for place, label in enumerate(kept.names["heads"]["many"])}
    weight, bias = rows["many"], starts["many"]
    rows["many"] = np.stack([weight[known[one]] if one in known else 0 * weight[0] for one in all_labels()])
    starts["many"] = np.array([bias[known[one]] if one in known else _HARDLY_EVER for one in all_labels()], np.float32)
    order = list(head_sizes())
    return Heads(np.concatenate([rows[head] for head in order]), np.concatenate([starts[head] for head in order]))


def learn(
    heads: Heads,
    vectors: Floats,
    targets: Targets,
    plan: HeadPlan,
    tell: Callable[[int, int], object] = lambda *_: None,
) -> Heads:
    """Return heads that have learned further, from these. `tell` is called with the steps done and the steps in all."""
    learner = _Learner(Heads(heads.weight.copy(), heads.bias.copy()), plan)
    drawn = np.random.default_rng(plan.seed)
    steps = plan.epochs * -(-len(vectors) // plan.batch)
    for _ in range(plan.epochs):
        order = drawn.permutation(len(vectors))
        for start in range(0, len(vectors), plan.batch):
            some = order[start : start + plan.batch]
            shown = drawn.random((len(some), vectors.shape[1]), np.float32) >= plan.dropped
            rows = vectors[some] * shown / np.float32(1 - plan.dropped)
            learner.step(rows, targets.only(some.tolist()), steps)
            tell(learner.done, steps)
    return learner.heads


def slopes(scores: Floats, targets: Targets) -> Floats:
    """Return how the loss of `losses.learned` changes with each score, (texts, scores)."""
    found, start = np.zeros_like(scores), 0
    slope: Floats
    for head, size in head_sizes().items():
        part = slice(start, start + size)
        start += size
        known = getattr(targets, head)
        slope = (
            _several(scores[:, part], known, targets.whole)
            if head in SEVERAL
            else _one_of(scores[:, part], known, ONE_OF[head])
        )
        if head == "crisis":
            slope = slope * np.where(is_ordinary(targets.first), ORDINARY, 1.0)[:, None]
        found[:, part] = WEIGHTS[head] * slope
    return found


def _one_of(scores: Floats, target: np.ndarray, smoothed: float) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances = powers / powers.sum(axis=1, keepdims=True)
    known = target != UNKNOWN
    goal = np.full_like(scores, smoothed / scores.shape[1])
    goal[np.flatnonzero(known), target[known]] += np.float32(1 - smoothed)
    slope: Floats = (chances - goal) * known[:, None].astype(np.float32) / np.float32(max(int(known.sum()), 1))
    return slope


def _several(scores: Floats, target: Floats, whole: Floats) -> Floats:
    known = np.maximum(target, whole[:, None])
    chances = (1 / (1 + np.exp(-scores))).astype(np.float32)
    slope: Floats = (chances - target) * known * np.float32(SEVERAL_SHARE / len(scores))
    return slope


class _Learner:
    """Adam with a cosine rate."""

    def __init__(self, heads: Heads, plan: HeadPlan) -> None:
        self.heads, self._plan, self.done = heads, plan, 0
        self._mean: Mapping[str, Floats] = {name: np.zeros_like(table) for name, table in vars(heads).items()}
        self._square: Mapping[str, Floats] = {name: np.zeros_like(table) for name, table in vars(heads).items()}

    def step(self, rows: Floats, targets: Targets, steps: int) -> None:
        slope: Floats = slopes(self.heads.scores(rows), targets).astype(np.float32)
        self.done += 1
        rate = self._plan.rate * min(1.0, self.done / self._plan.warm) * 0.5 * (1 + np.cos(np.pi * self.done / steps))
        self._change("weight", slope.T @ rows, rate)
        self._change("bias", slope.sum(axis=0), rate)

    def _change(self, name: str, slope: Floats, rate: float) -> None:
        mean, square, table = self._mean[name], self._square[name], getattr(self.heads, name)
        mean += np.float32(0.1) * (slope - mean)
        square += np.float32(0.001) * (slope * slope - square)
        # Both means start at zero; the divisions correct for that.
        size = np.sqrt(square / np.float32(1 - 0.999**self.done)) + np.float32(1e-8)
        table -= np.float32(rate / (1 - 0.9**self.done)) * (mean / size)
        if name == "weight":
            table -= np.float32(rate * self._plan.decay) * table
