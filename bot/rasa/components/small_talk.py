"""Small talk counts only where it is likely: a story that is not understood must not get "you are welcome".

A person whose story was taken for a greeting would not be heard; asked again, they tell it once more.
"""

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.engine.understood import FALLBACK
from bot.rasa.components.component import SecondClassifier

LABELS = frozenset(
    {"greet", "thanks", "goodbye", "affirm", "deny", "unsure", "insult_or_prank", "out_of_scope", "help_menu"}
    | {"ask_bot", "ask_cost"}
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SmallTalk(SecondClassifier):
    """The classifier that turns unlikely small talk into the fallback. Stands after the fallback, before the crisis classifier."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._threshold = float(config["threshold"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How likely it must be; measured in docs/evaluation.md."""
        return {"threshold": 0.4}

    def process(self, messages: list[Message]) -> list[Message]:
        """Replace the intent where it is small talk and not likely."""
        for message in messages:
            intent = message.get(INTENT) or {}
            if intent.get("name") in LABELS and float(intent["confidence"]) < self._threshold:
                message.set(INTENT, {"name": FALLBACK, "confidence": intent["confidence"]}, add_to_output=True)
        return messages
