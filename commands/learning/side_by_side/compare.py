"""Networks learned on equal footing, and how well each reads: the same examples, batches and number of steps.

    python -m commands.learning.side_by_side.compare --steps 700 twelve look letters

Each network is saved in <var>/learning/compare/ when it has learned, and is only measured if it is there already. It needs torch.
"""

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

import numpy as np
import torch

from bot.encoder import tokens, weights
from bot.encoder.tokens import Tokens
from bot.encoder.weights import Floats
from commands.examples.example_lines import ExampleLine
from commands.learning import batches, corpus
from commands.learning.batches import TokenIds
from commands.learning.corpus import Corpus
from commands.learning.learn import Learner, LearningPlan, all_batches, begin_as, learned_part, shipped, spread, tensors
from commands.learning.reader_network import ReaderNetwork
from commands.learning.side_by_side import variants
from commands.learning.targets import UNKNOWN, Targets

_ROOT = Path(__file__).parents[3]
_SAID = 0.38  # chance from which a label counts as said: data/label_bound.yml
_RATE = 1.2e-4  # of the layers, in runs as short as these
_MISTAKES = 0.02  # share of what is no crisis that may count as one where crises found are counted
_LEFT_OUT = ("bn", "fa", "ro", "vi")  # by lot


@dataclass(frozen=True)
class Variant:
    """One network to compare, and what of it learns."""

    layers: int = 12
    network: Callable[[weights.Weights, Sequence[int]], ReaderNetwork] = ReaderNetwork
    frozen: bool = False  # the encoder's layers stay as they come
    taught: bool = False  # by the scores of what ships, with layers of it
    without: tuple[str, ...] = ()


VARIANTS: Mapping[str, Variant] = {
    "frozen": Variant(frozen=True),
    "twelve": Variant(),
    "last-mean": Variant(network=variants.LastMeanOnly),
    "look": Variant(network=variants.NamesLook),
    "letters": Variant(network=variants.WithLetters),
    "eight": Variant(8),
    "six": Variant(6),
    "six-taught": Variant(6, taught=True),
    "four-bits": Variant(network=variants.FourBits, taught=True),
    "left-out": Variant(without=_LEFT_OUT),
}


def main() -> None:
    """Learn what is not learned yet, and print what each network reads rightly."""
    asked = _arguments()
    torch.set_num_threads(asked.threads)
    torch.set_flush_denormal(True)
    encoder = weights.load(weights.installed_file())
    folder = asked.var / "learning" / "compare"
    folder.mkdir(parents=True, exist_ok=True)
    tokens.save(encoder, folder)
    reader = Tokens(folder)
    _, held = corpus.load(_ROOT)
    lines = evaluation_lines(_ROOT / "tests" / "evaluation")
    for name in asked.names:
        network, seconds = _learned(name, encoder, reader, asked.steps, folder)
        found = {**measured(network, held, reader), **measured_lines(network, lines, reader, VARIANTS[name].without)}
        print(json.dumps({"name": name, "steps": asked.steps, "seconds": round(seconds), **found}), flush=True)


def _learned(
    name: str, encoder: weights.Weights, reader: Tokens, steps: int, folder: Path
) -> tuple[ReaderNetwork, float]:
    variant, file = VARIANTS[name], folder / f"{name}-{steps}.pt"
    plan = LearningPlan(spread(variant.layers), epochs=1, rate=_RATE, warm=steps // 4)
    network = variant.network(encoder, plan.layers)
    if file.exists():
        network.load_state_dict(torch.load(file, weights_only=True), strict=False)
        return network.eval(), 0.0
    teacher = None
    if variant.taught:
        teacher = ReaderNetwork(encoder, spread(weights.LAYERS))
        teacher.load_state_dict(shipped()[1], strict=False)
        begin_as(network, teacher.eval(), plan.layers)
    if variant.frozen:
        for part in (network.positions, *network.norm.parameters(), *network.layers.parameters()):
            part.requires_grad_(False)
    if not steps:  # as it begins: what ships, in another form
        return network.eval(), 0.0
    learnt, ids = _read(variant.without, reader)
    learner, begun = Learner(plan, network, steps, teacher), time.monotonic()
    for batch in islice(all_batches(ids, learnt, plan, 0), steps):
        loss = learner.step(batch)
        if learner.done % 50 == 0:
            print(f"# {name} {learner.done}/{steps} {loss:.2f} {time.monotonic() - begun:.0f}s", flush=True)
    torch.save(learned_part(network), file)
    return network.eval(), time.monotonic() - begun


@lru_cache(maxsize=1)
def _read(without: tuple[str, ...], reader: Tokens) -> tuple[Corpus, TokenIds]:
    learnt, _ = corpus.load(_ROOT, without)
    return learnt, TokenIds.of(learnt, reader, 0)


def evaluation_lines(folder: Path) -> Corpus:
    """Return the single lines by others, as examples of which the label alone is known."""
    rows = [
        (ExampleLine((label,), "none", text), file.stem)
        for file in sorted(folder.glob("*.tsv"))
        for label, text in (line.split("\t") for line in file.read_text("utf-8").splitlines() if "\t" in line)
    ]
    examples = [example for example, _ in rows]
    return Corpus(examples, [locale for _, locale in rows], Targets.of(examples, [False] * len(rows)))


def measured(network: ReaderNetwork, held: Corpus, reader: Tokens) -> dict[str, float]:
    """Return shares of held-back examples that are read rightly."""
    scores, known = _scores(network, held, reader), held.targets
    right = scores["first"].argmax(1) == known.first
    chats = np.array([each.chat for each in held.examples])
    whole = known.whole > 0
    answers = (known.answer != UNKNOWN) & (known.question > 0)
    said, true = 1 / (1 + np.exp(-scores["many"][whole])) >= _SAID, known.many[whole] > 0
    return {
        "chats": _share(right[chats]),
        "other whole": _share(right[whole & ~chats]),
        "label alone": _share(right[~whole]),
        "answers": _share((scores["answer"].argmax(1) == known.answer)[answers]),
        "labels F1": round(2 * (said & true).sum() / (said.sum() + true.sum()), 3),
        "crises": _found(scores["crisis"], known.crisis),
    }


def measured_lines(network: ReaderNetwork, lines: Corpus, reader: Tokens, without: Sequence[str]) -> dict[str, float]:
    """Return the share of single lines by others that are read rightly, also in the languages that were left out."""
    scores = _scores(network, lines, reader)
    right = scores["first"].argmax(1) == lines.targets.first
    out = np.array([locale in without for locale in lines.locales])
    found = {"lines": _share(right[~out]), "lines, crises": _found(scores["crisis"][~out], lines.targets.crisis[~out])}
    by_language = {f"lines, {one}": _share(right[np.array(lines.locales) == one]) for one in without}
    return {**found, **({"lines, left out": _share(right[out])} if without else {}), **by_language}


def _share(right: np.ndarray) -> float:
    return round(float(right.mean()), 3)


def _found(scores: Floats, known: np.ndarray) -> float:
    """Return the share of crises that are found when so many of all others are taken for one."""
    powers = np.exp(scores - scores.max(1, keepdims=True))
    none = powers[:, 0] / powers.sum(1)
    return _share(none[known > 0] < np.quantile(none[known == 0], _MISTAKES))


def _scores(network: ReaderNetwork, texts: Corpus, reader: Tokens) -> dict[str, Floats]:
    """Return the scores of each head, a row each, every text behind its own context."""
    ids = TokenIds.of(texts, reader, 0)
    targets = texts.targets
    rows = [
        ids.behind(row, question, mode)
        for row, question, mode in zip(ids.written, targets.question.tolist(), targets.mode.tolist(), strict=True)
    ]
    found: dict[str, list[Floats]] = {}
    order: list[int] = []
    for places, batch in batches.in_order(rows, targets):
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            scores = network(tensors(batch)[0])
        order += places
        for name, values in scores.items():
            found.setdefault(name, []).append(values.float().numpy())
    back = np.argsort(order)
    return {name: np.concatenate(parts)[back] for name, parts in found.items()}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("names", nargs="*", default=list(VARIANTS), help=f"of {', '.join(VARIANTS)}")
    parser.add_argument("--steps", type=int, default=700)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--var", type=Path, default=_ROOT / "var")
    return parser.parse_args()


if __name__ == "__main__":
    main()
