"""The one component that learns: every text gets a chance for each label, and one for each crisis.

It stands in for Rasa's featurizers and its logistic regression, whose regularisation is fixed. What it learned is kept as
plain numbers; no loading can turn them into code.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.progress import Tell, silent
from bot.rasa.learning.meaning import Embeds, Examples, Meaning
from bot.understanding.crisis import LABELS

CRISES = "crises"  # {label: chance} on a message, for the crisis classifier
_FILE, _NAMES = "meaning.npz", "names"


@dataclass(frozen=True)
class Tools:
    """What the component works with."""

    encoder: Embeds
    tell: Tell = silent  # how far learning is


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LabelClassifier(GraphComponent, IntentClassifier):
    """Sets the intent, the ranking of all labels, and the chances of the crises."""

    # Rasa makes the component itself and passes nothing of ours, so the launcher leaves them here.
    tools: ClassVar[Tools]

    def __init__(self, storage: ModelStorage, resource: Resource, meaning: Meaning | None = None) -> None:
        self._storage, self._resource, self._meaning = storage, resource, meaning

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LabelClassifier":
        """Make an untrained one as Rasa's graph asks for it."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples and keep what was learned."""
        found = [example for example in training_data.intent_examples if example.get(TEXT)]
        texts, labels = [str(one.get(TEXT)) for one in found], [str(one.get(INTENT)) for one in found]
        self._meaning = Meaning.learned(Examples.encoded(texts, labels, self.tools.encoder), self.tools.tell)
        with self._storage.write_to(self._resource) as folder:
            kept: dict[str, Any] = {**self._meaning.tables(), _NAMES: np.array(self._meaning.names)}
            np.savez(folder / _FILE, **kept)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LabelClassifier":
        """Read what was learned; raises where there is nothing, and Rasa goes on with an untrained one."""
        with model_storage.read_from(resource) as folder, np.load(folder / _FILE, allow_pickle=False) as kept:
            tables = {name: kept[name] for name in kept.files}
        return cls(model_storage, resource, Meaning.of(tables.pop(_NAMES).tolist(), tables))

    def process(self, messages: list[Message]) -> list[Message]:
        """Say of each message what it may mean."""
        if self._meaning is None:
            raise RuntimeError("the classifier is not trained")
        texts = [str(message.get(TEXT) or "") for message in messages]
        chances = self._meaning.chances(texts, self.tools.encoder.embed(texts))
        for message, labels, crises in zip(messages, chances.labels.tolist(), chances.crises.tolist(), strict=True):
            likely = sorted(zip(labels, self._meaning.names, strict=True), reverse=True)
            ranking = [{"name": name, "confidence": chance} for chance, name in likely]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(CRISES, dict(zip(LABELS, crises, strict=True)))
        return messages
