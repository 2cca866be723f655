"""Turns that say why: what was heard, what is remembered, and which action answered. For invented talks, never for real ones.

It leaves the engine beside the decision and is kept nowhere: not with the answer that a repeated turn gets, not in a log.
Only `serve --explain` builds it, which the private hotline of `quietline chat` and `quietline rehearse` alone asks for.
"""

from dataclasses import MISSING, Field, fields
from typing import Any

from bot.conversation.record import Record
from bot.engine.protocol import Question
from bot.engine.turn import Turn
from bot.engine.understood import Understood
from bot.rasa.memory import RememberedConversation
from bot.rasa.turns import Turns

_NOT_TOLD = ("said", "choices")  # the replies and their choices stand beside it anyhow


class ExplainingTurns(Turns):
    """Answers questions as Turns does, each with its `why`."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._whys: dict[str, dict[str, Any]] = {}

    async def decide(self, question: Question) -> dict[str, Any]:
        """Return the decision with its `why`, which is empty where the turn was answered before."""
        try:
            decision = await super().decide(question)
            return {**decision, "why": self._whys.get(question.turn, {})}
        finally:
            self._whys.pop(question.turn, None)

    async def _let_rasa_decide(self, turn: Turn, kept: RememberedConversation) -> list[dict[str, Any]]:
        before = (turn.record.situation, turn.record.question)
        replies = await super()._let_rasa_decide(turn, kept)
        self._whys[turn.turn] = why(turn, before)
        return replies


def why(turn: Turn, before: tuple[str, str | None]) -> dict[str, Any]:
    """Put an answer's reasons together. `before`: the situation, and the question that was open."""
    situation, question = before
    understood = turn.understood
    return {
        "labels": _labels(understood),
        "crisis": understood.crisis,
        "entities": understood.entities,
        "chosen": understood.chosen,
        "locales": [turn.new_locale] if turn.new_locale else list(turn.unsure) or [turn.locale],
        "asked_for": turn.new_locale,
        "phone_country": turn.phone_country,
        "before": {"situation": situation, "question": question},
        "answered_by": turn.answered_by,
        "record": remembered(turn.record),
    }


def remembered(record: Record) -> dict[str, Any]:
    """Return what a record holds beside its defaults."""
    told = (field for field in fields(Record) if field.name not in _NOT_TOLD)
    return {field.name: value for field in told if (value := getattr(record, field.name)) != _default(field)}


def _default(field: "Field[Any]") -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _labels(understood: Understood) -> list[dict[str, Any]]:
    """Name the label that is answered, then other thoughts of the message, then guesses, each with what is known of it."""
    first = [{"name": understood.intent, "confidence": understood.confidence}] if understood.intent else []
    also = [{"name": name, "confidence": None} for name in understood.also]
    guesses = [{"name": name, "confidence": confidence} for name, confidence in understood.ranking]
    return [*first, *also, *guesses]
