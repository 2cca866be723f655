"""What the reader hears in each message: labels, crises, and everything else. Nothing is trained here.

It replaces Rasa's featurizers and classifiers, which would read a message without what was just asked.
"""

from dataclasses import asdict
from typing import Any, ClassVar, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.encoder.reader import Reader
from bot.encoder.reading import Context, MessageReading
from bot.rasa.components.component import FixedComponent
from bot.understanding.crisis import LABELS

CRISES: Final = "crises"  # {label: chance} on a message, for the crisis classifier
HEARD: Final = "heard"  # the whole reading, as {head: {name: chance}}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class LabelClassifier(FixedComponent, IntentClassifier):
    """The first classifier: it sets the intent, the ranking of all labels, the chances of the crises, and what else was heard."""

    # Rasa makes the component itself and passes nothing of ours, so the launcher leaves it here.
    reader: ClassVar[Reader]

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message in the context that its metadata names."""
        texts = [str(message.get(TEXT) or "") for message in messages]
        # Garbage says nothing, and what is heard in it is invented.
        told = ["" if self.reader.is_garbage(text) else text for text in texts]
        readings = self.reader.read(told, [_context(message.get("metadata")) for message in messages])
        for message, reading in zip(messages, readings, strict=True):
            likely = sorted(reading.first.items(), key=lambda item: -item[1])
            ranking = [{"name": name, "confidence": chance} for name, chance in likely]
            message.set(INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(CRISES, crises_of(reading))
            message.set(HEARD, asdict(reading), add_to_output=True)
        return messages


def crises_of(reading: MessageReading) -> dict[str, float]:
    """Return the mean of two heads, the one of all labels and the one of crises alone: they err in different places."""
    return {name: (reading.first.get(name, 0.0) + reading.crisis.get(name, 0.0)) / 2 for name in LABELS}


def _context(metadata: Any) -> Context:
    told = metadata if isinstance(metadata, dict) else {}
    return Context(str(told.get("question") or ""), str(told.get("mode") or ""))
