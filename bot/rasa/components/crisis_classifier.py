"""Joins the two nets for the crisis labels, for recall: reviewed phrases, and what the classifier thinks of each of the four.

A crisis that is missed costs more than one too many, so a crisis label wins long before it is the likeliest.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.rasa.components.component import SecondClassifier
from bot.rasa.components.label_classifier import CRISES
from bot.understanding.crisis import LABELS, CrisisNet, most_urgent

_PHRASES = Path(__file__).parents[3] / "data" / "crisis"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CrisisClassifier(SecondClassifier):
    """Sets `crisis` on every message, and the intent where it is one. Stands after the other classifiers."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._bars = {label: float(config["higher"].get(label, config["threshold"])) for label in LABELS}
        self._net = CrisisNet.load(_PHRASES)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How likely the four must be together where none wins anyway; more where the likeliest is in `higher`."""
        return {"threshold": 0.2, "higher": {}}

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide for each message whether it is a crisis."""
        for message in messages:
            likeliest = (message.get(INTENT_RANKING_KEY) or [{"name": None}])[0]["name"]
            label, confidence = self.decide(message.get(TEXT) or "", message.get(CRISES) or {}, likeliest)
            if label:
                message.set(INTENT, {"name": label, "confidence": confidence}, add_to_output=True)
            message.set("crisis", label is not None, add_to_output=True)
        return messages

    def decide(self, text: str, crises: Mapping[str, float], likeliest: str | None) -> tuple[str | None, float]:
        """Give the crisis that a text is, and how likely the four are together; None where it is none."""
        together = sum(crises.values())
        first = max(crises, key=lambda name: crises[name], default=None)
        thought = first if first and (likeliest in LABELS or together >= self._bars[first]) else None
        read = self._net.find(text)
        label = most_urgent(name for name in (read, thought) if name)
        return label, 1.0 if label == read else together
