"""The second view of a text: runs of two to four letters, for dialects and misspellings that the encoder knows less.

The runs are hashed, so the model holds no list of them and nothing of the examples can be read in it.
"""

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import HashingVectorizer

from bot.cleaning import clean, folded


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class LetterFeaturizer(SparseFeaturizer, GraphComponent):
    """Adds one sparse row of length `scale` for each text."""

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._scale = float(config["scale"])
        self._runs = HashingVectorizer(
            analyzer="char_wb",
            ngram_range=(config["shortest"], config["longest"]),
            n_features=config["columns"],
            alternate_sign=False,
            norm="l2",
            lowercase=False,
        )

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Give Rasa's defaults for a featurizer, and ours."""
        ours = {"scale": 1.0, "shortest": 2, "longest": 4, "columns": 2**14}
        return {**SparseFeaturizer.get_default_config(), **ours}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LetterFeaturizer":
        """Make the component as Rasa's graph asks for it."""
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Rasa asks for this; a scale that is no number fails when the component is made."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the row to messages that are to be understood."""
        for message in messages:
            row = self._runs.transform([folded(clean(message.get(TEXT) or ""))]) * self._scale
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._config["alias"]))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the rows to all examples."""
        self.process([example for example in training_data.training_examples if example.get(TEXT)])
        return training_data
