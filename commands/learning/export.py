"""The export of what was learned into data/reader: `python -m commands.learning.export teacher`."""

import argparse
from datetime import date
from pathlib import Path

import numpy as np
import torch

from bot.encoder import numbers
from bot.encoder.numbers import Blocks, Learned
from bot.encoder.weights import Floats
from bot.understanding.crisis import LABELS
from commands.learning import corpus
from commands.learning.reader_network import pooled_layers
from commands.learning.targets import ABOUT, ANSWERS, MARKS, MODES, QUESTIONS, all_labels, first_labels, head_sizes

_ROOT = Path(__file__).parents[2]
_RENAMED = {"question": "question_table", "mode": "mode_table"}


def learned(file: Path) -> Learned:
    """Return what a run of `learn` has learned so far, rounded."""
    state = torch.load(file, weights_only=True)
    tables = {name: values.numpy() for name, values in state["network"].items()}
    heads = {
        kind: np.concatenate([tables.pop(f"heads.{head}.{kind}") for head in head_sizes()])
        for kind in ("weight", "bias")
    }
    matrices = {name: Blocks.of(values) for name, values in tables.items() if _is_matrix(name, values)}
    arrays = {_RENAMED.get(name, name): values for name, values in tables.items() if name not in matrices}
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
        "questions": QUESTIONS,
        "modes": MODES,
        "learned": date.today().isoformat(),
        "examples": corpus.examples_hash(_ROOT),
    }
    return Learned(named, matrices, names)


def _is_matrix(name: str, values: Floats) -> bool:
    return name.startswith("layers.") and values.ndim == 2


def main() -> None:
    """Write the numbers of a run."""
    parser = argparse.ArgumentParser(description="Write what was learned into data/reader.")
    parser.add_argument("name")
    parser.add_argument("--var", type=Path, default=_ROOT / "var")
    parser.add_argument("--out", type=Path, default=numbers.FOLDER)
    asked = parser.parse_args()
    learned(asked.var / "learning" / f"{asked.name}.pt").save(asked.out)


if __name__ == "__main__":
    main()
