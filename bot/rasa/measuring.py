"""How well messages are understood: examples held back, and whole languages left out. For docs/engine.md and thresholds.

It uses the components and numbers of config.yml, on examples that the classifier of each round has not seen.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from sklearn.base import clone
from sklearn.model_selection import StratifiedKFold

from bot.crisis import LABELS
from bot.rasa.components.crisis_classifier import CrisisClassifier
from bot.rasa.components.letter_featurizer import LetterFeaturizer
from bot.rasa.components.sentence_featurizer import SentenceFeaturizer

Split = tuple[NDArray[np.intp], NDArray[np.intp]]
_CLASSIFIER = "LogisticRegressionClassifier"


class Measurement:
    """All examples with their labels, languages and features."""

    def __init__(self, root: Path) -> None:
        settings = yaml.load((root / "config.yml").read_bytes(), Loader=yaml.CSafeLoader)["pipeline"]
        self._settings = {part["name"].rpartition(".")[2]: part for part in settings}
        examples = list(_examples(root / "data" / "nlu"))
        self.texts = [text for text, _, _ in examples]
        self.labels = np.array([label for _, label, _ in examples])
        self.locales = np.array([locale for _, _, locale in examples])
        self._crisis = CrisisClassifier.create(self._of(CrisisClassifier), None, None, None)
        self._classifier = LogisticRegressionClassifier(self._settings[_CLASSIFIER], "", None, None)
        self._features = self._classifier._create_X(self._messages())

    def lines(self) -> Iterator[str]:
        """Give the tables, line by line."""
        yield f"{len(self.texts)} examples, {len(set(self.labels))} labels"
        both = [f"{label} {locale}" for label, locale in zip(self.labels, self.locales, strict=True)]
        folds = StratifiedKFold(5, shuffle=True, random_state=0).split(self.texts, both)
        yield "a fifth of the examples held back:"
        yield from self._table(list(folds))
        yield "each language left out in turn:"
        yield from self._table([self._without(locale) for locale in sorted(set(self.locales))])

    def _table(self, splits: list[Split]) -> Iterator[str]:
        found: NDArray[Any] = np.empty(len(self.texts), object)
        for learned, held in splits:
            found[held] = self._predicted(learned, held)
        crisis, seen = np.isin(self.labels, LABELS), np.isin(found, LABELS)
        for locale in [*sorted(set(self.locales)), "all"]:
            these = (self.locales == locale) | (locale == "all")
            right = np.mean(found[these] == self.labels[these])
            recall, false = np.mean(seen[these & crisis]), np.mean(seen[these & ~crisis])
            yield f"  {locale}: right {right:.3f}, crisis found {recall:.3f}, crisis by mistake {false:.3f}"

    def _predicted(self, learned: NDArray[np.intp], held: NDArray[np.intp]) -> list[str]:
        model = clone(self._classifier.clf).fit(self._features[learned], self.labels[learned])
        predicted = []
        for place, chances in zip(held, model.predict_proba(self._features[held]), strict=True):
            predicted.append(self._decided(self.texts[place], model.classes_, chances))
        return predicted

    def _decided(self, text: str, names: NDArray[Any], chances: NDArray[Any]) -> str:
        """Give the label that wins, the crisis nets included."""
        ranking = [{"name": name, "confidence": chance} for name, chance in zip(names, chances, strict=True)]
        label, _ = self._crisis._decide(text, ranking)
        return label or str(names[chances.argmax()])

    def _without(self, locale: str) -> Split:
        return np.flatnonzero(self.locales != locale), np.flatnonzero(self.locales == locale)

    def _messages(self) -> list[Message]:
        messages = [Message({TEXT: text}) for text in self.texts]
        SentenceFeaturizer(self._of(SentenceFeaturizer), "").process(messages)
        LetterFeaturizer(self._of(LetterFeaturizer), "").process(messages)
        return messages

    def _of(self, component: type[Any]) -> dict[str, Any]:
        return {**component.get_default_config(), **self._settings[component.__name__]}


def _examples(folder: Path) -> Iterator[tuple[str, str, str]]:
    for file in sorted(folder.glob("*/*.yml")):
        for block in yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)["nlu"]:
            for line in block["examples"].splitlines():
                if line.startswith("- "):
                    yield line[2:].strip(), block["intent"], file.parent.name
