"""What a message means: its label, whether it is a crisis, places and languages. The one way into Rasa's NLU."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from itertools import batched
from typing import Any, Protocol

from rasa.core.channels.channel import UserMessage

from bot.encoder.closer_looks import AT_ONCE
from bot.encoder.reading import Context
from bot.engine.understood import FALLBACK, NOTHING, Understood
from bot.rasa.components.crisis_classifier import BANDS
from bot.rasa.components.label_classifier import HEARD
from bot.text.cleaning import clean, has_letters
from bot.understanding.crisis import LABELS

# Labels that can be the second thought of a message: a story, a need, a question about rights. Small talk is none.
_SECOND = ("disclose_", "report_", "check_", "find_", "ask_immigration", "ask_worker", "ask_police", "ask_cost")
_NEEDS = ("find_", "ask_immigration", "ask_worker", "ask_police", "ask_cost")
_GUESSES = 6  # some are small talk or say the same, and two are offered
_ALSO_AT_LEAST = 0.75  # chance of a second thought: less would offer what nobody asked for
# Chance of a story that decides before what is asked for; the lower one where reviewed words name a sign of it too.
_TOLD_AT_LEAST, _TOLD_IN_WORDS = 0.45, 0.3


_ENTITY = ("entity", "value", "when", "words")
_UNASKED = Context()


class Reads(Protocol):
    """The part of Rasa's processor that is needed here."""

    def parts(self, text: str) -> list[str]:
        """Split a cleaned text into what is read at once."""

    def read(self, messages: Sequence[UserMessage]) -> list[dict[str, Any]]:
        """Return what the model understands of each message."""

    def looks(self, text: str, read: Sequence[str]) -> list[str]:
        """Return the closer looks into a cleaned text that is read in these parts."""

    def look(self, looks: Sequence[str]) -> list[Understood]:
        """Return what each of some looks tells."""


class Understanding:
    """The NLU part of a model. One thread at a time; it blocks for milliseconds."""

    def __init__(self, processor: Reads) -> None:
        self._processor = processor

    def read(self, text: str, context: Context = _UNASKED) -> Understood:
        """Return the meaning of a text, any text, in its context."""
        return combined([told for step in self.steps(text, context) for told in step()])

    def steps(self, text: str, context: Context = _UNASKED) -> list[Callable[[], list[Understood]]]:
        """Return what there is to do for a text, each as long as a few messages; empty where there is nothing to read."""
        # To Rasa "/restart" is a command and "/EXTERNAL_x" another's; a person means a slash.
        cleaned = clean(text).lstrip("/ ")
        # A bare number says something only where something was asked: "15" to "are you 18?".
        if not (has_letters(cleaned) or (context.question and any(map(str.isdecimal, cleaned)))):
            return []
        read = self._processor.parts(cleaned)
        parts = [partial(self._part, told, context) for part in read if (told := part.lstrip("/ "))]
        looks = batched(self._processor.looks(cleaned, read), AT_ONCE, strict=False)
        return [*parts, *(partial(self._processor.look, some) for some in looks)]

    def _part(self, part: str, context: Context) -> list[Understood]:
        return [*map(_understood, self._processor.read([UserMessage(part, metadata=asdict(context))]))]


def combined(found: Sequence[Understood]) -> Understood:
    """Return the meaning of a text from those of its parts: the worst part counts, and nothing that any part names is lost."""
    if not found:
        return NOTHING
    entities = {tuple(entity.items()): entity for one in found for entity in one.entities}
    first = _story_first(min(found, key=_order))
    crises: dict[str, tuple[float, str]] = {}
    for label, (chance, band) in (heard for one in found for heard in one.crises.items()):
        before = crises.get(label, (0.0, "maybe"))
        # A look may make it likelier, and never less sure than a part that has it sure.
        crises[label] = (max(chance, before[0]), "sure" if "sure" in (band, before[1]) else "maybe")
    also, heard = _also(found, first.intent), _heard(found, first)
    return replace(first, entities=list(entities.values()), also=also, crises=crises, heard=heard)


def _understood(parsed: Mapping[str, Any]) -> Understood:
    intent = parsed["intent"]
    entities = [{name: found[name] for name in _ENTITY if name in found} for found in parsed["entities"]]
    ranking = _guesses(parsed) if intent["name"] == FALLBACK else ()
    return Understood(
        intent["name"],
        float(intent["confidence"]),
        parsed["crisis"],
        entities,
        ranking=ranking,
        heard=parsed.get(HEARD) or {},
        crises={label: (chance, band) for label, (chance, band) in (parsed.get(BANDS) or {}).items()},
    )


def _guesses(parsed: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    ranking = ((one["name"], float(one["confidence"])) for one in parsed.get("intent_ranking") or ())
    return tuple(guess for guess in ranking if guess[0] != FALLBACK)[:_GUESSES]


def _story_first(one: Understood) -> Understood:
    """Let what was told decide before what was asked for: the story is taken up, and the need is offered next."""
    if one.crisis or not (one.intent or "").startswith(_NEEDS):
        return one
    named = any(entity["entity"] == "indicator" for entity in one.entities)
    least = _TOLD_IN_WORDS if named else _TOLD_AT_LEAST
    many = one.heard.get("many", {})
    plain = {label: chance for label, chance in many.items() if "/" not in label}
    told = {label: chance for label, chance in plain.items() if label.startswith("disclose_") and chance >= least}
    story = max(told, key=lambda label: told[label], default=None)
    return replace(one, intent=story, confidence=told[story]) if story else one


def _heard(found: Sequence[Understood], first: Understood) -> Mapping[str, Mapping[str, float]]:
    """Return the chances of the part that counts, with what any other part says or marks; the first part answers."""
    if len(found) == 1:
        return first.heard
    several = {
        head: {
            name: max(one.heard.get(head, {}).get(name, 0.0) for one in found)
            for name in dict.fromkeys(name for one in found for name in one.heard.get(head, {}))
        }
        for head in ("many", "marks", "named", "named_in_sentence")
    }
    return {**first.heard, **several, "answer": found[0].heard.get("answer", {})}


def _also(found: Sequence[Understood], first: str | None) -> tuple[str, ...]:
    """Return what else is said, surest first."""
    chances: dict[str, float] = {}
    for one in found:
        for label, chance in one.heard.get("many", {}).items():
            if "/" not in label and label.startswith(_SECOND) and label != first:
                chances[label] = max(chance, chances.get(label, 0.0))
    said = [label for label, chance in chances.items() if chance >= _ALSO_AT_LEAST]
    return tuple(sorted(said, key=lambda label: -chances[label]))


def _order(one: Understood) -> tuple[int, float]:
    """Return the rank of a part of a message: crisis first, the most urgent ahead; then what was told; then all else."""
    if one.crisis and one.intent in LABELS:
        rank = LABELS.index(one.intent)
    elif one.intent == FALLBACK:
        rank = len(LABELS) + 2
    else:
        told = (one.intent or "").startswith("disclose_")
        rank = len(LABELS) if told else len(LABELS) + 1
    return rank, -one.confidence
