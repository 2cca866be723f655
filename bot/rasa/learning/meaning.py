"""What is learned of the examples, as a whole: from texts and their vectors to a chance for each label and each crisis.

Several networks are asked and their answers averaged: they err in different places. One of them tells nothing but crises
from all else, so that fifty neighbours can not pull a cry for help apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.progress import Tell, silent
from bot.rasa.learning.network import Floats, LearningPlan, Network, TrainingSet, learn, steps
from bot.rasa.learning.views import Views, bare
from bot.understanding.crisis import LABELS

_NETWORKS = 2  # that know all labels
_PLAN = LearningPlan()
_CRISIS_PLAN = replace(_PLAN, epochs=12)


class Embeds(Protocol):
    """An encoder."""

    def embed(self, texts: list[str]) -> Floats:
        """Give one vector for each text."""


@dataclass(frozen=True)
class Chances:
    """What may be meant by some texts."""

    labels: Floats  # a row for each text, a column for each name
    crises: Floats  # a column for each of crisis.LABELS


@dataclass(frozen=True)
class Examples:
    """Texts with their labels, and their vectors as they are written and without accents."""

    texts: Sequence[str]
    labels: Sequence[str]
    vectors: Floats
    bare_vectors: Floats

    @classmethod
    def encoded(cls, texts: Sequence[str], labels: Sequence[str], encoder: Embeds) -> "Examples":
        """Ask the encoder."""
        return cls(texts, labels, encoder.embed(list(texts)), encoder.embed([bare(text) for text in texts]))

    def only(self, places: NDArray[np.intp]) -> "Examples":
        """Give some of them."""
        texts, labels = [self.texts[place] for place in places], [self.labels[place] for place in places]
        return Examples(texts, labels, self.vectors[places], self.bare_vectors[places])


class Meaning:
    """The views and the networks."""

    def __init__(self, names: Sequence[str], views: Views, networks: Sequence[Network], crisis: Network) -> None:
        self.names = list(names)
        self._views, self._networks, self._crisis = views, networks, crisis

    @classmethod
    def learned(cls, examples: Examples, tell: Tell = silent) -> "Meaning":
        """Learn from examples."""
        names = sorted(set(examples.labels))
        views = Views.learned(examples.texts, examples.vectors)
        rows = views.rows(examples.texts, examples.vectors)
        others = views.rows(examples.texts, examples.bare_vectors)
        labels = np.array([names.index(label) for label in examples.labels])
        crises = np.array([1 + LABELS.index(label) if label in LABELS else 0 for label in examples.labels])
        size = len(labels)
        counted = _Counted(tell, _NETWORKS * steps(size, _PLAN) + steps(size, _CRISIS_PLAN))
        of_labels, of_crises = (
            TrainingSet(rows, others, labels, len(names)),
            TrainingSet(rows, others, crises, 1 + len(LABELS)),
        )
        networks = [learn(of_labels, _PLAN, seed, counted) for seed in range(_NETWORKS)]
        crisis = learn(of_crises, _CRISIS_PLAN, _NETWORKS, counted)
        return cls(names, views, networks, crisis)

    def chances(self, texts: Sequence[str], vectors: Floats) -> Chances:
        """Give what some texts may mean."""
        rows = self._views.rows(texts, vectors)
        labels = np.mean([network.chances(rows) for network in self._networks], axis=0)
        known = {name: place for place, name in enumerate(self.names)}
        # A hotline in a test may not know all four.
        as_labels = np.stack(
            [labels[:, known[name]] if name in known else np.zeros(len(rows)) for name in LABELS], axis=1
        )
        crises = (as_labels + self._crisis.chances(rows)[:, 1:]) / 2
        return Chances(labels.astype(np.float32), crises.astype(np.float32))

    def tables(self) -> dict[str, Floats]:
        """Give all numbers by name."""
        networks = [*self._networks, self._crisis]
        parts = {"views": self._views.tables, **{str(place): one.tables for place, one in enumerate(networks)}}
        return {f"{part} {name}": table for part, tables in parts.items() for name, table in tables.items()}

    @classmethod
    def of(cls, names: Sequence[str], tables: Mapping[str, Floats]) -> "Meaning":
        """Put it together again."""
        *networks, crisis = [Network(_part(tables, str(place))) for place in range(_NETWORKS + 1)]
        return cls(names, Views(_part(tables, "views")), networks, crisis)


def _part(tables: Mapping[str, Floats], part: str) -> dict[str, Floats]:
    return {name.partition(" ")[2]: table for name, table in tables.items() if name.startswith(f"{part} ")}


class _Counted:
    def __init__(self, tell: Tell, total: int) -> None:
        self._tell, self._total, self._done = tell, total, 0

    def __call__(self) -> None:
        self._done += 1
        self._tell("learning", self._done, self._total)
