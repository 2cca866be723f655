"""Learning of the reader: the encoder's layers and all heads together, in slices that can be cut off and taken up again.

    python -m commands.learning.learn teacher --layers 12 --epochs 3
    python -m commands.learning.learn context --begin teacher --rate 1.5e-4
    python -m commands.learning.learn chats --begin shipped --share 0.3 --epochs 1
    python -m commands.learning.learn student --layers 6 --teacher teacher

It needs torch (commands/learning/requirements.txt), which only export.py needs too. What it has learned so far lies in
<var>/learning/<name>.pt, saved every two minutes.
"""

import argparse
import math
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from bot.encoder import numbers, tokens, weights
from bot.encoder.tokens import Tokens
from commands.learning import batches, corpus, heads, losses
from commands.learning.batches import Batch, TokenIds
from commands.learning.corpus import Corpus
from commands.learning.reader_network import ReaderNetwork
from commands.learning.targets import Targets, head_sizes

_ROOT = Path(__file__).parents[2]
_SAVED_EVERY = 120.0  # seconds
_TOLD_EVERY = 50  # steps
_CHATS_AGAIN = 3  # times that whole chats are shown beside the first: they are as people write to us, and few
SHIPPED = "shipped"
_MEAN_OF = 400  # steps whose weights are averaged, about, the last counting most: it errs less than any single step


@dataclass(frozen=True)
class LearningPlan:
    """How the reader learns."""

    layers: Sequence[int]
    epochs: int = 3
    rate: float = 2e-4  # of the encoder's layers
    head_rate: float = 2e-3
    warm: int = 150  # steps until the full rate
    decay: float = 0.01
    most_slope: float = 1.0
    seed: int = 0
    share: float = 1.0  # of the examples beside whole chats that an epoch shows


class Learner:
    """One run of learning: the network, and how far it has come."""

    def __init__(
        self, plan: LearningPlan, network: ReaderNetwork, steps: int, teacher: ReaderNetwork | None = None
    ) -> None:
        """`steps`: the number in all, over which the rates fall to zero."""
        self.plan, self.network, self.steps, self.done = plan, network, steps, 0
        self._teacher = teacher
        new = [part for name, part in network.named_parameters() if part.requires_grad and not _is_old(name)]
        self._old = [part for name, part in network.named_parameters() if part.requires_grad and _is_old(name)]
        self._mean = {name: values.clone() for name, values in learned_part(network).items()}
        groups = [{"params": self._old, "lr": plan.rate}, {"params": new, "lr": plan.head_rate}]
        self._optimizer = torch.optim.AdamW(groups, weight_decay=plan.decay, fused=True)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimizer, self._rate)

    def _rate(self, step: int) -> float:
        return min(1.0, (step + 1) / self.plan.warm) * 0.5 * (1 + math.cos(math.pi * min(1.0, step / self.steps)))

    def step(self, batch: Batch) -> float:
        """Return the loss of a batch, and learn from it."""
        torch.manual_seed(self.plan.seed * 1_000_003 + self.done)
        self.network.train()
        ids, known = tensors(batch)
        # Numbers of two bytes multiply 2.5 times as fast on processors that know them; what is learned keeps four.
        with torch.autocast("cpu", torch.bfloat16):
            scores = self.network(ids)
        scores = {name: values.float() for name, values in scores.items()}
        loss = losses.learned(scores, known)
        if self._teacher is not None:
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                taught = self._teacher(ids)
            taught = {name: values.float() for name, values in taught.items()}
            loss = 0.3 * loss + losses.taught(scores, taught)
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._old, self.plan.most_slope)
        self._optimizer.step()
        self._schedule.step()
        self.done += 1
        self._add_to_mean()
        return float(loss.detach())

    def _add_to_mean(self) -> None:
        # At first the mean is of few steps: where it began is soon forgotten.
        share = max(1 / (self.done + 1), 1 / _MEAN_OF)
        torch._foreach_lerp_(list(self._mean.values()), list(learned_part(self.network).values()), share)

    def save(self, file: Path) -> None:
        """Write everything that a later run needs to go on; the file appears whole or not at all."""
        file.parent.mkdir(parents=True, exist_ok=True)
        scratch = file.with_name(f".{os.getpid()}.pt")
        state = {"network": learned_part(self.network), "mean": self._mean, "optimizer": self._optimizer.state_dict()}
        torch.save({**state, "done": self.done, "layers": list(self.plan.layers)}, scratch)
        scratch.rename(file)

    def resume(self, file: Path) -> None:
        """Go on where a saved run of the same plan stopped."""
        state = torch.load(file, weights_only=True)
        if state["layers"] != list(self.plan.layers):
            raise ValueError(f"{file} holds a network of other layers: choose another name.")
        self.network.load_state_dict(state["network"], strict=False)
        self._mean = state["mean"]
        self._optimizer.load_state_dict(state["optimizer"])
        self.done = state["done"]
        self._schedule.last_epoch = self.done


def learned_part(network: ReaderNetwork) -> dict[str, Tensor]:
    """Return what was learned: everything but the word table."""
    return {name: values for name, values in network.state_dict().items() if not name.startswith("words.")}


def _is_old(name: str) -> bool:
    """Whether a part of the network comes with the encoder."""
    return name.startswith(("positions", "norm.", "layers."))


def tensors(batch: Batch) -> tuple[Tensor, dict[str, Tensor]]:
    """Return the ids and targets of a batch as tensors."""
    known = {each.name: torch.from_numpy(getattr(batch.targets, each.name)) for each in fields(Targets)}
    return torch.from_numpy(batch.ids), known


def load(file: Path, encoder: weights.Weights) -> ReaderNetwork:
    """Return a network that was learned: the mean of its last steps."""
    state = torch.load(file, weights_only=True)
    network = ReaderNetwork(encoder, state["layers"])
    # Older runs have no mean, and tables for the context that nothing needs now.
    network.load_state_dict(state.get("mean", state["network"]), strict=False)
    network.eval()
    return network


def shipped(folder: Path = numbers.FOLDER) -> tuple[list[int], dict[str, Tensor]]:
    """Return the layers of what ships, and all that was learned, as exact as it was kept."""
    kept = numbers.load(folder)
    tables = {**kept.arrays, **{name: blocks.matrix for name, blocks in kept.matrices.items()}}
    begun = heads.shipped(kept)
    ends = np.cumsum(list(head_sizes().values()))[:-1]
    for kind in ("weight", "bias"):
        del tables[f"heads.{kind}"]
        parts = np.split(getattr(begun, kind), ends)
        tables |= {f"heads.{head}.{kind}": part for head, part in zip(head_sizes(), parts, strict=True)}
    return list(kept.names["layers"]), {name: torch.from_numpy(values) for name, values in tables.items()}


def spread(count: int) -> list[int]:
    """Return which of the encoder's twelve layers a network of `count` begins with, spread evenly."""
    return [round(place * (weights.LAYERS - 1) / max(count - 1, 1)) for place in range(count)]


def all_batches(ids: TokenIds, learnt: Corpus, plan: LearningPlan, done: int) -> Iterator[Batch]:
    """Yield the batches of all epochs, without the first `done`."""
    chats = [place for place, each in enumerate(learnt.examples) if each.chat] * _CHATS_AGAIN
    for number in range(plan.epochs):
        for batch in batches.epoch(ids, learnt.targets, plan.seed * 1_000 + number, chats, plan.share):
            if done:
                done -= 1
                continue
            yield batch


def main() -> None:
    """Learn until the end, or for so many minutes."""
    asked = _arguments()
    torch.set_num_threads(asked.threads)
    torch.set_flush_denormal(True)
    encoder = weights.load(weights.installed_file())
    learnt, _ = corpus.load(_ROOT, asked.without)
    plan = LearningPlan(
        spread(asked.layers), asked.epochs, asked.rate, asked.head_rate, seed=asked.seed, share=asked.share
    )
    folder = asked.var / "learning"
    folder.mkdir(parents=True, exist_ok=True)
    tokens.save(encoder, folder)
    ids = TokenIds.of(learnt, Tokens(folder), plan.seed)
    network = ReaderNetwork(encoder, plan.layers)
    if asked.begin == SHIPPED:
        network.load_state_dict(shipped()[1], strict=False)
    elif asked.begin:
        network.load_state_dict(load(folder / f"{asked.begin}.pt", encoder).state_dict())
    teacher = None
    if asked.teacher:
        teacher = load(folder / f"{asked.teacher}.pt", encoder)
        begin_as(network, teacher, plan.layers)
    steps = min(asked.steps, sum(1 for _ in all_batches(ids, learnt, plan, 0)))
    learner = Learner(plan, network, steps, teacher)
    file = folder / f"{asked.name}.pt"
    if file.exists():
        learner.resume(file)
    _run(learner, all_batches(ids, learnt, plan, learner.done), file, asked.minutes * 60)


def begin_as(network: ReaderNetwork, teacher: ReaderNetwork, layers: Sequence[int]) -> None:
    """Copy what the network shares with a teacher of twelve layers."""
    state: dict[str, Any] = dict(teacher.state_dict())
    for name in [name for name in state if name.startswith("layers.")]:
        del state[name]
    for place, layer in enumerate(layers):
        for name, values in teacher.layers[layer].state_dict().items():
            state[f"layers.{place}.{name}"] = values
    network.load_state_dict(state)


def _run(learner: Learner, waiting: Iterator[Batch], file: Path, seconds: float) -> None:
    begun = saved = time.monotonic()
    wrong = 0.0
    for batch in islice(waiting, max(learner.steps - learner.done, 0)):
        loss = learner.step(batch)
        wrong = loss if not wrong else 0.98 * wrong + 0.02 * loss
        now = time.monotonic()
        if learner.done % _TOLD_EVERY == 0:
            print(f"{learner.done}/{learner.steps} loss {wrong:.3f} {now - begun:.0f}s", flush=True)
        if now - saved > _SAVED_EVERY:
            learner.save(file)
            saved = now
        if now - begun > seconds:
            break
    learner.save(file)
    print("at its end" if learner.done == learner.steps else f"to be gone on with, after {learner.done}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("name")
    parser.add_argument("--layers", type=int, default=weights.LAYERS)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=10**9, help="at most, where the epochs would take more")
    parser.add_argument("--minutes", type=float, default=1e6, help="until the run is cut off; the next goes on")
    parser.add_argument(
        "--begin", help=f"a network of as many layers, learned before, to begin with; {SHIPPED}: what ships"
    )
    parser.add_argument("--share", type=float, default=1.0, help="of the examples beside whole chats in each epoch")
    parser.add_argument("--head-rate", type=float, default=2e-3)
    parser.add_argument("--teacher", help="a network of twelve layers, learned before")
    parser.add_argument("--without", nargs="*", default=[], help="languages that nothing is learned of")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--var", type=Path, default=_ROOT / "var")
    return parser.parse_args()


if __name__ == "__main__":
    main()
