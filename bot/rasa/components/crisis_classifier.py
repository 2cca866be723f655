"""The two nets for the crisis labels, joined: the reader's chance of each of the four, and reviewed phrases.

A phrase within a message decides nothing: "machete" is a tool in a cane field. It lowers the chance that is enough. A short cry
that is the whole message decides alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.engine.understood import FALLBACK
from bot.rasa.components.component import SecondClassifier
from bot.rasa.components.crisis_bands import CrisisBand, crisis_bounds
from bot.rasa.components.label_classifier import CRISES, HEARD
from bot.understanding.crisis import LABELS, CrisisNet, most_urgent

BANDS: Final = "crisis_bands"  # {label: [chance, band]} on a message, without those that are "no"
_LEAST = 0.2  # chance of the label that is answered instead of an unsure crisis
_PHRASES = Path(__file__).parents[3] / "data" / "crisis"


@dataclass(frozen=True)
class HeardCrisis:
    """One crisis that a message may tell of."""

    label: str
    chance: float
    band: CrisisBand


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CrisisClassifier(SecondClassifier):
    """The last classifier: it sets `crisis` on every message, and the intent of those that are one."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._net = CrisisNet.load(_PHRASES)

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide for each message whether it is a crisis."""
        for message in messages:
            heard = self.heard(message.get(TEXT) or "", message.get(CRISES) or {})
            likeliest = (message.get(INTENT) or {}).get("name")
            said = (message.get(HEARD) or {}).get("many", {})
            label = most_urgent(one.label for one in heard if _is_answered(one, likeliest, said))
            if label:
                chance = next(one.chance for one in heard if one.label == label)
                message.set(INTENT, {"name": label, "confidence": chance}, add_to_output=True)
            elif likeliest in LABELS:
                message.set(INTENT, _without_crises(message.get(INTENT_RANKING_KEY) or []), add_to_output=True)
            message.set("crisis", label is not None, add_to_output=True)
            message.set(BANDS, {one.label: [one.chance, one.band] for one in heard}, add_to_output=True)
        return messages

    def heard(self, text: str, chances: Mapping[str, float]) -> list[HeardCrisis]:
        """Return the crises that a text may tell of, the most urgent first."""
        named, cry = self._net.find(text), self._net.cry(text)
        bounds = crisis_bounds()
        found = {label: chances.get(label, 0.0) for label in LABELS}
        if cry:  # as sure as the reader would have to be
            found[cry] = max(found[cry], bounds[cry].sure)
        heard = [
            HeardCrisis(label, chance, bounds[label].band(chance, label == named)) for label, chance in found.items()
        ]
        return [one for one in heard if one.band != "no"]


def _is_answered(crisis: HeardCrisis, likeliest: str | None, said: Mapping[str, float]) -> bool:
    """Whether it gets the crisis answer. A possible one does if no head holds another label likelier."""
    if crisis.band == "sure" or crisis.label != likeliest:
        return crisis.band == "sure"
    others = [chance for label, chance in said.items() if "/" not in label and label not in LABELS]
    return said.get(crisis.label, 1.0) >= max(others, default=0.0)


def _without_crises(ranking: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the likeliest other label, or the fallback where none is likely."""
    others = [label for label in ranking if label["name"] not in LABELS]
    if others and float(others[0]["confidence"]) >= _LEAST:
        return dict(others[0])
    return {"name": FALLBACK, "confidence": float(others[0]["confidence"]) if others else 0.0}
