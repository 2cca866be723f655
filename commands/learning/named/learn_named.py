"""What is named in particular, learned: which row of data/particulars.yml a message names, on the layers that ship.

    python -m commands.learning.named.learn_named           # learns, and prints what held-back messages say
    python -m commands.learning.named.learn_named --write   # learns from all, and writes data/reader/named.npz

It learns from data/particular_examples/<locale>.tsv (rows, a tab, a message), and from messages of the other examples in which no
words of a row stand, as naming nothing. Numpy alone: some minutes of reading, and seconds of learning.
"""

import argparse
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from actions.hearing.particulars import named, table
from bot.encoder import numbers
from bot.encoder.build import built
from bot.encoder.reader import Reader
from bot.encoder.weights import Floats
from commands.learning import corpus

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "data" / "particular_examples"
NOTHING = ""  # the last of the names: none of the rows
# Messages of the other examples to learn from, and to measure with. With more of them fewer rows are heard, and fewer that nobody
# named: from .6 on .47 of held-back messages, and one in .056 of ordinary ones, with these (46,500 in which no words of a row
# stand); .53 and .117 with a third of them. With half the examples of rows and a third of these it was .40 and .062.
_OTHERS, _ORDINARY = 54_000, 2_000
_HELD_BACK = 0.12
_EPOCHS, _BATCH, _RATE, _WARM, _DECAY, _HIDDEN = 30, 256, 1e-2, 50, 1e-3, 0.2

RowNumbers = NDArray[np.int64]


@dataclass(frozen=True)
class NamedHead:
    """One score for each row and for none: `weight` (names, numbers of a vector) and `bias`."""

    weight: Floats
    bias: Floats

    def chances(self, vectors: Floats) -> Floats:
        """Return the chance of each row, (messages, rows), without that of none."""
        return _of_one(vectors @ self.weight.T + self.bias)[:, :-1]


def examples() -> list[tuple[str, str]]:
    """Return (row, message) of each example."""
    lines = (line for file in sorted(FOLDER.glob("*.tsv")) for line in file.read_text("utf-8").splitlines())
    told = (line.partition("\t") for line in lines)
    return [(name, text) for names, _, text in told for name in names.split(",")]


def examples_hash() -> str:
    """Return a hash of all examples and of the names of the rows: a head that carries another one is out of date."""
    digest = hashlib.sha256(" ".join(row.name for row in table()).encode())
    for file in sorted(FOLDER.glob("*.tsv")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def learn(vectors: Floats, goals: RowNumbers, names: int, seed: int = 0) -> NamedHead:
    """Return the head that tells these messages apart; `goals`: the number of the name of each."""
    drawn = np.random.default_rng(seed)
    tables = [np.zeros((names, vectors.shape[1]), np.float32), np.zeros(names, np.float32)]
    means, squares = ([np.zeros_like(table) for table in tables] for _ in range(2))
    done, steps = 0, _EPOCHS * -(-len(vectors) // _BATCH)
    for _ in range(_EPOCHS):
        order = drawn.permutation(len(vectors))
        for start in range(0, len(order), _BATCH):
            some = order[start : start + _BATCH]
            shown = drawn.random((len(some), vectors.shape[1]), np.float32) >= _HIDDEN
            rows = vectors[some] * shown / np.float32(1 - _HIDDEN)
            slope = _of_one(rows @ tables[0].T + tables[1])
            slope[np.arange(len(some)), goals[some]] -= 1
            slope = (slope / len(some)).astype(np.float32)
            done += 1
            rate = _RATE * min(1.0, done / _WARM) * 0.5 * (1 + np.cos(np.pi * done / steps))
            for place, change in enumerate((slope.T @ rows, slope.sum(axis=0))):
                means[place] += 0.1 * (change - means[place])
                squares[place] += 0.001 * (change * change - squares[place])
                size = np.sqrt(squares[place] / (1 - 0.999**done)) + 1e-8
                tables[place] -= (rate / (1 - 0.9**done) * means[place] / size).astype(np.float32)
            tables[0] *= np.float32(1 - rate * _DECAY)
    return NamedHead(*tables)


def measured(head: NamedHead, vectors: Floats, goals: RowNumbers, ordinary: Floats) -> str:
    """Return the shares of held-back messages that are heard rightly and wrongly, by the chance from which it counts."""
    chances, others = head.chances(vectors), head.chances(ordinary).max(axis=1)
    right, top = chances.argmax(axis=1) == goals, chances.max(axis=1)
    lines = [f"{len(goals)} held-back messages; the likeliest row is right in {right.mean():.2f}"]
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        heard, wrong = (top >= least) & right, (top >= least) & ~right
        lines.append(
            f"from {least}: heard {heard.mean():.2f}, wrong {wrong.mean():.2f}; in other messages {(others >= least).mean():.3f}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m commands.learning.named.learn_named")
    parser.add_argument("--var", type=Path, default=ROOT / "var")
    parser.add_argument("--write", action="store_true", help="learn from all, and write what was learned")
    told = parser.parse_args(arguments)
    reader = Reader(built(told.var), os.cpu_count() or 1)
    names = [row.name for row in table()]
    places = {name: place for place, name in enumerate(names)}
    found = examples()
    vectors = reader.vectors([text for _, text in found])
    goals = np.array([places[name] for name, _ in found])
    others, ordinary = _others(reader)
    held = np.random.default_rng(1).random(len(found)) < _HELD_BACK

    def head(kept: NDArray[np.bool_]) -> NamedHead:
        every = np.concatenate([vectors[kept], others])
        every_goal = np.concatenate([goals[kept], np.full(len(others), len(names))])
        return learn(every, every_goal, len(names) + 1)

    print(measured(head(~held), vectors[held], goals[held], ordinary))
    if told.write:
        write(head(np.ones(len(found), bool)), names)


def write(head: NamedHead, names: Sequence[str], folder: Path = numbers.FOLDER) -> None:
    """Write the head beside what ships."""
    shipped = numbers.load(folder)
    arrays = {**shipped.arrays, "named.weight": head.weight, "named.bias": head.bias}
    described = {**shipped.names, "named": [*names, NOTHING], "named_examples": examples_hash()}
    replace(shipped, arrays=arrays, names=described).save_heads(folder)


def _others(reader: Reader) -> tuple[Floats, Floats]:
    """Return vectors of messages that name nothing, to learn from; and of any others, to measure with."""
    learnt, held = corpus.load(ROOT)
    drawn = np.random.default_rng(0).choice(len(learnt.examples), min(_OTHERS, len(learnt.examples)), replace=False)
    rows = [(learnt.examples[place].text, learnt.locales[place]) for place in drawn]
    clear = [text for text, locale in rows if not named(text, locale)]
    return reader.vectors(clear), reader.vectors([each.text for each in held.examples][:_ORDINARY])


def _of_one(scores: NDArray[Any]) -> Floats:
    powers: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=1, keepdims=True)
    return chances


if __name__ == "__main__":
    main()
