"""Joins the two nets for the crisis labels, for recall: reviewed phrases, and what the classifier thinks of all four.

A crisis that is missed costs more than one too many, so a crisis label wins long before it is the likeliest.
"""

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.crisis import LABELS, CrisisNet, most_urgent

_PHRASES = Path(__file__).parents[3] / "data" / "crisis"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CrisisClassifier(GraphComponent, IntentClassifier):
    """Sets `crisis` on every message, and the intent where it is one. Stands after the other classifiers."""

    def __init__(self, config: dict[str, Any], net: CrisisNet) -> None:
        self._bars = {label: float(config["higher"].get(label, config["threshold"])) for label in LABELS}
        self._net = net

    @classmethod
    def required_components(cls) -> list[type]:
        """Refuse a pipeline without a classifier before this."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How likely the four must be together where none wins anyway; more where the likeliest is in `higher`."""
        return {"threshold": 0.2, "higher": {}}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "CrisisClassifier":
        """Make the component as Rasa's graph asks for it."""
        return cls(config, CrisisNet.load(_PHRASES))

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide for each message whether it is a crisis."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            label, confidence = self._decide(message.get(TEXT) or "", ranking)
            if label:
                message.set(INTENT, {"name": label, "confidence": confidence}, add_to_output=True)
            message.set("crisis", label is not None, add_to_output=True)
        return messages

    def _decide(self, text: str, ranking: list[dict[str, Any]]) -> tuple[str | None, float]:
        chances = {entry["name"]: float(entry["confidence"]) for entry in ranking if entry["name"] in LABELS}
        together = sum(chances.values())
        read = self._net.find(text)
        likeliest = max(chances, key=lambda name: chances[name], default=None)
        wins = likeliest and chances[likeliest] >= max(float(entry["confidence"]) for entry in ranking)
        thought = likeliest if likeliest and (wins or together >= self._bars[likeliest]) else None
        label = most_urgent(name for name in (read, thought) if name)
        return label, 1.0 if label == read else together
