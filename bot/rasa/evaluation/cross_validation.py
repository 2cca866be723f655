"""`quietline evaluate`: every example understood by a model that has not seen it.

Two questions: a part of every language is held back, and a whole language is left out, as if nobody had written any
example for it. What learns and what decides are the parts that serve, with the bars of config.yml.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from bot.progress import Tell
from bot.rasa.components.crisis_classifier import CrisisClassifier
from bot.rasa.evaluation.examples import Example, examples
from bot.rasa.learning.meaning import Embeds, Examples, Meaning
from bot.rasa.learning.network import Floats
from bot.understanding.crisis import LABELS

Indices = NDArray[np.intp]
LabelDecision = Callable[[str, dict[str, float], str], tuple[str | None, float]]


@dataclass(frozen=True)
class HeldOutResult:
    """What was understood of the examples at some places, by models that had not seen them."""

    places: Indices
    names: list[str]
    chances: Floats  # a row for each example of all, zeros where it was not asked; a column for each name
    crises: Floats  # a column for each of crisis.LABELS
    labels: NDArray[Any]  # the label that wins, crisis nets included

    @property
    def confidence(self) -> Floats:
        """Give the chance of the likeliest label."""
        confidence: Floats = self.chances.max(axis=1)
        return confidence


@dataclass(frozen=True)
class Unsure:
    """How likely a label must be, and small talk, to be understood."""

    label: float
    small_talk: float


class Evaluation:
    """Runs the rounds."""

    def __init__(self, root: Path, encoder: Embeds, folds: int, tell: Tell) -> None:
        self.examples: list[Example] = list(examples(root))
        self.folds = folds
        self._tell = tell
        texts, labels = [one.text for one in self.examples], [one.label for one in self.examples]
        self._encoded = Examples.encoded(texts, labels, encoder)
        parts = _parts(root)
        settings = {**CrisisClassifier.get_default_config(), **parts["CrisisClassifier"]}
        self.decide: LabelDecision = CrisisClassifier.create(settings, None, None, None).decide
        self.unsure = Unsure(parts["FallbackClassifier"]["threshold"], parts["SmallTalk"]["threshold"])

    @property
    def locales(self) -> list[str]:
        """Give the languages that have examples."""
        return sorted({one.locale for one in self.examples})

    def held_back(self) -> HeldOutResult:
        """Predict every example from the others' parts."""
        both = [f"{one.label} {one.locale}" for one in self.examples]
        splits = StratifiedKFold(self.folds, shuffle=True, random_state=0).split(both, both)
        return self._predict((f"part {number}", *split) for number, split in enumerate(splits, 1))

    def left_out(self, locales: Iterable[str]) -> HeldOutResult:
        """Predict the examples of each of these languages without any of that language."""
        of = np.array([one.locale for one in self.examples])
        return self._predict(
            (f"without {tag}", np.flatnonzero(of != tag), np.flatnonzero(of == tag)) for tag in locales
        )

    def _predict(self, splits: Iterable[tuple[str, Indices, Indices]]) -> HeldOutResult:
        size, names = len(self.examples), sorted({one.label for one in self.examples})
        chances, crises = np.zeros((size, len(names)), np.float32), np.zeros((size, len(LABELS)), np.float32)
        labels: NDArray[Any] = np.full(size, "", object)
        asked: list[Indices] = []
        for name, learned, held in splits:
            meaning = Meaning.learned(self._encoded.only(learned), _named(self._tell, name))
            some = self._encoded.only(held)
            found = meaning.chances(some.texts, some.vectors)
            columns = [names.index(known) for known in meaning.names]
            chances[np.ix_(held, columns)], crises[held] = found.labels, found.crises
            asked.append(held)
        places = np.sort(np.concatenate(asked))
        for place in places:
            labels[place] = self._winner(place, names, chances[place], crises[place])
        return HeldOutResult(places, names, chances, crises, labels)

    def _winner(self, place: int, names: list[str], chances: Floats, crises: Floats) -> str:
        likeliest = names[int(chances.argmax())]
        of_crises = dict(zip(LABELS, crises.tolist(), strict=True))
        return self.decide(self.examples[place].text, of_crises, likeliest)[0] or likeliest


def _parts(root: Path) -> dict[str, dict[str, Any]]:
    """Give the settings of the pipeline by the last part of their names."""
    parts = yaml.load((root / "config.yml").read_bytes(), Loader=yaml.CSafeLoader)["pipeline"]
    return {part["name"].rpartition(".")[2]: part for part in parts}


def _named(tell: Tell, name: str) -> Tell:
    return lambda part, done, total: tell(f"{name}: {part}", done, total)
