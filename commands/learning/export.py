"""The export of what was learned into data/reader: `python -m commands.learning.export context --begun teacher`."""

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from bot.encoder import numbers
from bot.encoder.context_words import MODES, QUESTIONS
from bot.encoder.numbers import Blocks, Learned
from bot.encoder.weights import Floats
from bot.understanding.crisis import LABELS
from commands.learning import corpus
from commands.learning.learn import SHIPPED, shipped
from commands.learning.reader_network import pooled_layers
from commands.learning.targets import ABOUT, ANSWERS, MARKS, all_labels, first_labels, head_sizes

_ROOT = Path(__file__).parents[2]
# Share of what a run began with: the mean of both errs less on held-back examples than either.
_BEGUN = 0.25


def learned(file: Path, begun: Mapping[str, Tensor] | None = None, share: float = _BEGUN) -> Learned:
    """Return what a run of `learn` has learned so far, rounded; `begun`: all that it began with, if anything, and its share."""
    state = torch.load(file, weights_only=True)
    tables = {name: values.numpy() for name, values in _averaged(state, begun, share).items()}
    heads = {
        kind: np.concatenate([tables.pop(f"heads.{head}.{kind}") for head in head_sizes()])
        for kind in ("weight", "bias")
    }
    matrices = {name: Blocks.of(values) for name, values in tables.items() if _is_matrix(name, values)}
    arrays = {name: values for name, values in tables.items() if name not in matrices}
    named: dict[str, Floats] = {**arrays, **{f"heads.{kind}": values for kind, values in heads.items()}}
    names = {
        "layers": state["layers"],
        "pooled": pooled_layers(len(state["layers"])),
        "steps": state["done"],
        "heads": {
            "first": first_labels(),
            "crisis": ("", *LABELS),
            "many": all_labels(),
            "marks": MARKS,
            "about": ABOUT,
            "answer": ANSWERS,
        },
        "questions": dict(QUESTIONS),
        "modes": dict(MODES),
        "learned": date.today().isoformat(),
        "examples": corpus.examples_hash(_ROOT),
    }
    # The head of particulars was learned on other layers: it stays until `named.learn_named --write` learns it on these.
    before = numbers.load()
    named |= {name: before.arrays[name] for name in ("named.weight", "named.bias")}
    names |= {name: before.names[name] for name in ("named", "named_examples")}
    return Learned(named, matrices, names)


def _averaged(state: Mapping[str, Any], begun: Mapping[str, Tensor] | None, share: float) -> dict[str, Tensor]:
    last, mean = state["network"], state["mean"]
    own = {name: (values + mean[name]) / 2 for name, values in last.items()}
    if begun is None:
        return own
    found = {name: (1 - share) * values + share * begun[name] for name, values in own.items()}
    for name in ("heads.many.weight", "heads.many.bias"):  # what did not ship knows nothing of a label that is new
        new = [place for place, label in enumerate(all_labels()) if label not in set(numbers.names()["heads"]["many"])]
        found[name][new] = own[name][new]
    return found


def _is_matrix(name: str, values: Floats) -> bool:
    return name.startswith("layers.") and values.ndim == 2


def _begun(name: str | None, folder: Path) -> Mapping[str, Tensor] | None:
    if name is None:
        return None
    found: Mapping[str, Tensor] = (
        shipped()[1] if name == SHIPPED else torch.load(folder / f"{name}.pt", weights_only=True)["network"]
    )
    return found


def main() -> None:
    """Write the numbers of a run."""
    parser = argparse.ArgumentParser(description="Write what was learned into data/reader.")
    parser.add_argument("name")
    parser.add_argument("--begun", help=f"the run that this one began with; {SHIPPED}: what ships")
    parser.add_argument("--var", type=Path, default=_ROOT / "var")
    parser.add_argument("--out", type=Path, default=numbers.FOLDER)
    parser.add_argument("--share", type=float, default=_BEGUN, help="of that run in what ships")
    asked = parser.parse_args()
    folder = asked.var / "learning"
    learned(folder / f"{asked.name}.pt", _begun(asked.begun, folder), asked.share).save(asked.out)


if __name__ == "__main__":
    main()
