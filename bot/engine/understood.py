"""What was understood of one message. It travels in the turn (bot/engine/turn.py), not in Rasa's tracker, which would keep it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

FALLBACK: Final = "nlu_fallback"  # the label of what is not understood


@dataclass(frozen=True)
class Understood:
    """The meaning of one message. A label of None: there was nothing to read in it."""

    intent: str | None
    confidence: float
    crisis: bool
    entities: list[dict[str, str]] = field(default_factory=list)
    also: tuple[str, ...] = ()  # labels of other thoughts in the same message, surest first
    ranking: tuple[tuple[str, float], ...] = ()  # the likeliest labels, where none is likely enough
    chosen: bool = False  # picked from our choices
    heard: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # all chances of the reader, by head
    crises: Mapping[str, tuple[float, str]] = field(default_factory=dict)  # label: chance and band, sure or maybe

    def parse_data(self) -> dict[str, Any]:
        """Return the least of it in Rasa's form: no event and no log of Rasa's can hold what it never got."""
        return {"text": "", "intent": {"name": self.intent or FALLBACK, "confidence": self.confidence}, "entities": []}


NOTHING = Understood(None, 0.0, False)
