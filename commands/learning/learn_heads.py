"""The command `quietline train --heads`: the heads learn from all examples and are written into data/reader."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from bot.encoder import numbers
from bot.encoder.build import built
from bot.encoder.reader import Reader
from bot.encoder.reading import Context
from bot.encoder.weights import Floats
from bot.progress import Tell
from bot.text.cleaning import clean, folded
from commands.learning import bounds, corpus, heads
from commands.learning.corpus import Corpus
from commands.learning.heads import HeadPlan, Heads
from commands.learning.targets import all_labels, first_labels, head_sizes

_ROOT = Path(__file__).parents[2]
_BARE = 4  # one in so many is shown without accents and capitals, as phones type them
_AT_ONCE = 512  # texts between two reports of progress


def learn_heads(var: Path, tell: Tell) -> str:
    """Return how many held-back examples are labelled right before and after learning; heads and bounds are written."""
    learnt, held = corpus.load(_ROOT)
    reader = Reader(built(var), os.cpu_count() or 1)
    vectors = _vectors(reader, learnt, _BARE, tell)
    shipped = numbers.load()
    begun = heads.shipped(shipped)
    found = heads.learn(begun, vectors, learnt.targets, HeadPlan(), lambda done, of: tell("learning", done, of))
    held_vectors = _vectors(reader, held, 0, tell)
    before, after = (_right(one, held_vectors, held) for one in (begun, found))
    arrays = {**shipped.arrays, "heads.weight": found.weight, "heads.bias": found.bias}
    said = {**shipped.names["heads"], "many": all_labels()}
    names = {
        **shipped.names,
        "heads": said,
        "learned": date.today().isoformat(),
        "examples": corpus.examples_hash(_ROOT),
    }
    replace(shipped, arrays=arrays, names=names).save_heads(numbers.FOLDER)
    bounds.main(["--write", "--var", str(var)])
    return f"Held-back examples labelled right: {before:.3f} before, {after:.3f} now."


def _vectors(reader: Reader, some: Corpus, bare: int, tell: Tell) -> Floats:
    texts = [
        folded(clean(each.text)) if bare and place % bare == 0 else each.text
        for place, each in enumerate(some.examples)
    ]
    contexts = [Context(each.question, each.mode) for each in some.examples]
    # Of similar length together: padding costs as much as words.
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    found: Floats | None = None
    for start in range(0, len(order), _AT_ONCE):
        places = order[start : start + _AT_ONCE]
        part = reader.vectors([texts[place] for place in places], [contexts[place] for place in places])
        found = np.zeros((len(texts), part.shape[1]), np.float32) if found is None else found
        found[places] = part
        tell("reading the examples", start + len(places), len(order))
    return np.zeros((0, 0), np.float32) if found is None else found


def _right(some: Heads, vectors: Floats, held: Corpus) -> float:
    first = some.scores(vectors)[:, : head_sizes()["first"]]
    assert first.shape[1] == len(first_labels())
    return float((first.argmax(axis=1) == held.targets.first).mean())
