"""Batches of examples of similar length, as arrays for one step of learning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np

from bot.encoder.tokens import Tokens
from bot.text.cleaning import clean, folded
from commands.learning.corpus import Corpus
from commands.learning.targets import MODES, QUESTIONS, UNKNOWN, Targets, Whole

PAD = 1
_TOKENS = 1_536  # in a batch, padding included
_MOST = 64  # texts in a batch
_MIXED = 4  # tokens of noise on each length: otherwise the same texts would always meet in a batch
_BARE = 0.25  # share of texts shown without accents and capitals, as phones type them
# Share of texts sent unasked that are shown in a random context: what a text says by itself must not depend on it.
_OTHER_CONTEXT = 0.15


@dataclass(frozen=True)
class TokenIds:
    """The token ids of each text of a corpus: as written, and bare of accents and capitals."""

    written: Sequence[Sequence[int]]
    bare: Sequence[Sequence[int]]

    @classmethod
    def of(cls, corpus: Corpus, tokens: Tokens) -> "TokenIds":
        """Return the token ids of all texts of a corpus."""
        texts = [each.text for each in corpus.examples]
        return cls([tokens.ids(clean(text)) for text in texts], [tokens.ids(folded(clean(text))) for text in texts])


@dataclass(frozen=True)
class Batch:
    """Some examples: `ids` is int64 (texts, tokens), padded with PAD; the rest as in Targets."""

    ids: Whole
    targets: Targets


def epoch(ids: TokenIds, targets: Targets, seed: int) -> Iterator[Batch]:
    """Yield every example once; the seed decides the order, which texts are bare, and which get another context."""
    drawn = np.random.default_rng(seed)
    shown = [
        without if drawn.random() < _BARE and len(without) > 2 else written
        for written, without in zip(ids.written, ids.bare, strict=True)
    ]
    asked = _other_contexts(targets, drawn)
    noise = drawn.random(len(shown)) * _MIXED
    order = sorted(range(len(shown)), key=lambda place: len(shown[place]) + noise[place])
    groups = list(_groups(order, shown))
    for number in drawn.permutation(len(groups)):
        yield _batch(groups[number], shown, asked)


def in_order(ids: TokenIds, targets: Targets) -> Iterator[tuple[Sequence[int], Batch]]:
    """Yield every example once as it is written, shortest first, with the places of the rows."""
    order = sorted(range(len(ids.written)), key=lambda place: len(ids.written[place]))
    for places in _groups(order, ids.written):
        yield places, _batch(places, ids.written, targets)


def _other_contexts(targets: Targets, drawn: np.random.Generator) -> Targets:
    """Return the targets with some messages that were sent unasked put behind a question; their answer is then unknown."""
    size = len(targets.first)
    moved = (targets.question == 0) & (targets.mode == 0) & (drawn.random(size) < _OTHER_CONTEXT)
    question = np.where(moved, drawn.integers(0, len(QUESTIONS), size), targets.question)
    mode = np.where(moved, drawn.integers(0, len(MODES), size) * (drawn.random(size) < 0.5), targets.mode)
    changed = {"question": question, "mode": mode, "answer": np.where(moved, UNKNOWN, targets.answer)}
    return Targets(**{each.name: changed.get(each.name, getattr(targets, each.name)) for each in fields(Targets)})


def _groups(order: Sequence[int], rows: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    group: list[int] = []
    longest = 0
    for place in order:
        longest = max(longest, len(rows[place]))
        if group and (len(group) == _MOST or (len(group) + 1) * longest > _TOKENS):
            yield group
            group, longest = [], len(rows[place])
        group.append(place)
    if group:
        yield group


def _batch(places: Sequence[int], rows: Sequence[Sequence[int]], targets: Targets) -> Batch:
    ids = np.full((len(places), max(len(rows[place]) for place in places)), PAD, np.int64)
    for row, place in enumerate(places):
        ids[row, : len(rows[place])] = rows[place]
    return Batch(ids, targets.only(places))
