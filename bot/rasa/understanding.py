"""What a message means: its label, whether it is a crisis, places and languages. The one way into Rasa's NLU."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from rasa.core.channels.channel import UserMessage

from bot.rasa.components.name_extractor import NAMELESS
from bot.text.cleaning import clean, has_letters
from bot.text.message_parts import clauses, pieces
from bot.understanding.crisis import LABELS

FALLBACK = "nlu_fallback"
# Labels that can be a second thought of one message, as a story or a need; small talk is none. Where two thoughts are
# told the one further left is answered first, and the other is offered after it (order of the list of labels).
_SECOND = ("disclose_", "report_", "check_", "find_", "ask_immigration", "ask_worker", "ask_police", "ask_cost")
_GUESSES = 6  # some are small talk or say the same, and two are offered
_SECOND_AT_LEAST = 0.6  # a guess would offer what nobody asked for


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

    def parse_data(self) -> dict[str, Any]:
        """Give Rasa's form of it, without the text: no event and no log of Rasa's can hold what it never got."""
        intent = {"name": self.intent or FALLBACK, "confidence": self.confidence}
        ranking = [{"name": name, "confidence": confidence} for name, confidence in self.ranking]
        told = {"intent": intent, "entities": self.entities, "intent_ranking": ranking}
        return {"text": "", "crisis": self.crisis, **told}


_ENTITY = ("entity", "value", "when", "words")
NOTHING = Understood(None, 0.0, False)


class Reads(Protocol):
    """The part of Rasa's processor that is needed here."""

    def read(self, messages: Sequence[UserMessage]) -> list[dict[str, Any]]:
        """Give what the model understands of each message."""


class Understanding:
    """Reads texts with the NLU part of a trained model. One thread at a time; it blocks for milliseconds."""

    def __init__(self, processor: Reads) -> None:
        self._processor = processor

    def read(self, text: str) -> Understood:
        """Give the meaning of a text, any text."""
        # To Rasa "/restart" is a command and "/EXTERNAL_x" another's; a person means a slash.
        cleaned = clean(text).lstrip("/ ")
        if not has_letters(cleaned):
            return NOTHING
        parts = [piece for piece in pieces(cleaned) if has_letters(piece)]
        beside = self._parts(parts, clauses(cleaned))
        found = beside[: len(parts)]
        entities = {tuple(entity.items()): entity for one in found for entity in one.entities}
        worst = min(found, key=_order)
        first = worst if worst.crisis else min([worst, *_sure(beside)], key=lambda one: _rank(one.intent))
        return replace(first, entities=list(entities.values()), also=_second(beside, first.intent))

    def _parts(self, parts: Sequence[str], thoughts: Sequence[str]) -> list[Understood]:
        """Read the parts, and the thoughts in them for their labels only, in one run of the graph."""
        asked = [UserMessage(text.lstrip("/ ")) for text in parts]
        asked += [UserMessage(text.lstrip("/ "), metadata=NAMELESS) for text in thoughts]
        return [_understood(parsed) for parsed in self._processor.read(asked)]


def _understood(parsed: Mapping[str, Any]) -> Understood:
    intent = parsed["intent"]
    entities = [{name: found[name] for name in _ENTITY if name in found} for found in parsed["entities"]]
    ranking = _guesses(parsed) if intent["name"] == FALLBACK else ()
    return Understood(intent["name"], float(intent["confidence"]), parsed["crisis"], entities, ranking=ranking)


def _guesses(parsed: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    ranking = ((one["name"], float(one["confidence"])) for one in parsed.get("intent_ranking") or ())
    return tuple(guess for guess in ranking if guess[0] != FALLBACK)[:_GUESSES]


def _sure(found: list[Understood]) -> list[Understood]:
    told = [one for one in found if one.confidence >= _SECOND_AT_LEAST and (one.intent or "").startswith(_SECOND)]
    return sorted((one for one in told if not one.crisis), key=lambda one: -one.confidence)


def _rank(label: str | None) -> int:
    return next((place for place, beginning in enumerate(_SECOND) if (label or "").startswith(beginning)), len(_SECOND))


def _second(found: list[Understood], first: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.intent for one in _sure(found) if one.intent and one.intent != first))


def _order(one: Understood) -> tuple[int, float]:
    """Sort pieces of one message: crisis first, the most urgent ahead; then what was told; then all else."""
    if one.crisis and one.intent in LABELS:
        rank = LABELS.index(one.intent)
    elif one.intent == FALLBACK:
        rank = len(LABELS) + 2
    else:
        told = (one.intent or "").startswith("disclose_")
        rank = len(LABELS) if told else len(LABELS) + 1
    return rank, -one.confidence
