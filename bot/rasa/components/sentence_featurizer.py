"""The first view of a text: the sentence encoder's vector, which means the same in every language."""

from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class _Embeds(Protocol):
    def embed(self, texts: list[str]) -> NDArray[np.float32]: ...


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds one dense vector for each text."""

    # Rasa makes the component itself and passes nothing of ours, so the launcher leaves the encoder here.
    encoder: ClassVar[_Embeds]

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._scale = float(config["scale"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's classifier has its regularisation fixed; scaling what it reads does the same as setting it."""
        return {**DenseFeaturizer.get_default_config(), "scale": 1.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceFeaturizer":
        """Make the component as Rasa's graph asks for it."""
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Rasa asks for this; a scale that is no number fails when the component is made."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector to messages that are to be understood."""
        self._add(messages)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors to all examples, in few large batches."""
        self._add([example for example in training_data.training_examples if example.get(TEXT)])
        return training_data

    def _add(self, messages: list[Message]) -> None:
        vectors = self.encoder.embed([message.get(TEXT) or "" for message in messages]) * self._scale
        for message, vector in zip(messages, vectors, strict=True):
            message.add_features(Features(vector[np.newaxis], FEATURE_TYPE_SENTENCE, TEXT, self._config["alias"]))
