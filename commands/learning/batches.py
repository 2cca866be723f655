"""Batches of examples of similar length, as arrays for one step of learning."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from bot.encoder.context_words import behind, in_words
from bot.encoder.reading import Context
from bot.encoder.tokens import Tokens
from bot.text.cleaning import clean, folded
from commands.learning.corpus import Corpus
from commands.learning.slips import slipped
from commands.learning.targets import MODES, QUESTIONS, Targets, Whole, implied_answers, is_ordinary

PAD = 1
_TOKENS = 1_536  # in a batch, padding included
_MOST = 64  # texts in a batch
_MIXED = 4  # tokens of noise on each length: otherwise the same texts would always meet in a batch
_BARE = 0.25  # share of texts shown without accents and capitals, as phones type them
_SLIPPED = 0.2  # share shown with slips of the fingers
# Share of texts sent unasked that are shown in a random context: what a text says by itself must not depend on it.
_OTHER_CONTEXT = 0.25


@dataclass(frozen=True)
class TokenIds:
    """The token ids of each text of a corpus, as written, bare of accents and capitals, and with slips, and of contexts."""

    written: Sequence[Sequence[int]]
    bare: Sequence[Sequence[int]]
    slipped: Sequence[Sequence[int]]
    contexts: Mapping[tuple[int, int], Sequence[int]]  # by the numbers of question and mode; empty for none

    @classmethod
    def of(cls, corpus: Corpus, tokens: Tokens, seed: int) -> "TokenIds":
        """Return the token ids of all texts of a corpus."""
        texts = [clean(each.text) for each in corpus.examples]
        drawn = np.random.default_rng(seed)
        return cls(
            written=[tokens.ids(text) for text in texts],
            bare=[tokens.ids(folded(text)) for text in texts],
            slipped=[tokens.ids(slipped(text, drawn)) for text in texts],
            contexts=_contexts(tokens),
        )

    def behind(self, row: Sequence[int], question: int, mode: int) -> Sequence[int]:
        """Return a row behind its context, as the reader is given it."""
        context = self.contexts[question, mode]
        return behind(context, row) if context else row


@dataclass(frozen=True)
class Batch:
    """Some examples: `ids` is int64 (texts, tokens), padded with PAD; the rest as in Targets."""

    ids: Whole
    targets: Targets


def epoch(ids: TokenIds, targets: Targets, seed: int, again: Sequence[int] = (), share: float = 1.0) -> Iterator[Batch]:
    """Yield every example once, and ordinary talk twice, since it is rare here and most of what people say elsewhere.

    The seed decides the order, the form of each text, and which get another context. `again`: places that are shown once
    more, as often as they stand there; `share`: of all examples beside these, where fewer are enough.
    """
    drawn = np.random.default_rng(seed)
    once = [*range(len(ids.written)), *np.flatnonzero(is_ordinary(targets.first)).tolist()]
    places = [*(place for place in once if share >= 1 or drawn.random() < share), *again]
    asked = _other_contexts(targets.only(places), drawn)
    shown = [
        ids.behind(_form(ids, place, drawn.random()), question, mode)
        for place, question, mode in zip(places, asked.question.tolist(), asked.mode.tolist(), strict=True)
    ]
    noise = drawn.random(len(shown)) * _MIXED
    order = sorted(range(len(shown)), key=lambda row: len(shown[row]) + noise[row])
    groups = list(_groups(order, shown))
    for number in drawn.permutation(len(groups)):
        yield _batch(groups[number], shown, asked)


def in_order(rows: Sequence[Sequence[int]], targets: Targets) -> Iterator[tuple[list[int], Batch]]:
    """Yield all rows in batches by their length, with the places of each."""
    for group in _groups(sorted(range(len(rows)), key=lambda row: len(rows[row])), rows):
        yield group, _batch(group, rows, targets)


def _form(ids: TokenIds, place: int, chance: float) -> Sequence[int]:
    """Return one of the forms of a text; nothing is left of some texts without accents."""
    form = ids.bare if chance < _BARE else ids.slipped if chance < _BARE + _SLIPPED else ids.written
    return form[place] if len(form[place]) > 2 else ids.written[place]


def _contexts(tokens: Tokens) -> dict[tuple[int, int], Sequence[int]]:
    words = {
        (place, number): in_words(Context(question, mode))
        for place, question in enumerate(QUESTIONS)
        for number, mode in enumerate(MODES)
    }
    return {numbers: tokens.ids(text) if text else [] for numbers, text in words.items()}


def _other_contexts(targets: Targets, drawn: np.random.Generator) -> Targets:
    """Return the targets with some messages that were sent unasked put behind a question, each as often as it is asked."""
    size = len(targets.first)
    moved = (targets.question == 0) & (targets.mode == 0) & (drawn.random(size) < _OTHER_CONTEXT)
    open_ones = targets.question[targets.question > 0]
    asked = drawn.choice(open_ones if len(open_ones) else np.arange(len(QUESTIONS)), size)
    question = np.where(moved, asked, targets.question)
    mode = np.where(moved, drawn.integers(0, len(MODES), size) * (drawn.random(size) < 0.25), targets.mode)
    answer = np.where(moved, implied_answers()[question, targets.first], targets.answer)
    changed = {"question": question, "mode": mode, "answer": answer}
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
