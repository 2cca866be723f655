"""The context of a message: which question of ours is open, and how the conversation stands. The reader reads it with the text."""

from collections.abc import Mapping, Sequence

from bot.conversation.record import Record
from bot.encoder.reading import Context
from bot.handoff.handoff_snapshot import HandoffSnapshot

# Questions of the record, by the names that examples have for them (docs/examples.md).
_QUESTIONS = {
    "safe": "safe",
    "country": "country",
    "danger_country": "country",
    "medical_country": "country",
    "town": "town",
    "age": "age",
    "concern_danger": "concern",
    "work_in_home": "offer",
    "self_harm": "selfharm",
    "alone": "alone",
    "person": "person",
    "word": "word",
}
_BEGINNINGS = {"signs_": "screen", "job_": "offer", "concern_": "concern", "third_": "concern"}
# Phrases that ask something which the record keeps no question for, by their beginnings.
_ASKED_BY = {
    "utter_menu": "need",
    "utter_which_place": "which_place",
    "utter_choose_language": "language",
    "utter_meant": "guess",
    "utter_more": "more",
    "utter_also": "more",
}
# Beginnings of the phrases that answer a crisis, or give numbers.
_CRISIS = ("utter_danger", "utter_medical", "utter_self_harm")
_LINES = ("utter_service", "utter_line", "utter_same_lines", "utter_only_lines", "utter_emergency")


def context_of(record: Record, desk: HandoffSnapshot, returning: bool) -> Context:
    """Return the context of the next message. `returning`: it comes after a long silence."""
    return Context(_question(record), _mode(record, desk, returning))


def _question(record: Record) -> str:
    said = [str(reply.get("say", "")) for reply in record.said]
    name = record.question
    if name is None:
        return _first(_ASKED_BY, said)
    if name == "safe" and "utter_safe_again" in said:
        return "check"
    return _QUESTIONS.get(name) or _first(_BEGINNINGS, [name])


def _first(beginnings: Mapping[str, str], names: Sequence[str]) -> str:
    return next((shown for name in names for beginning, shown in beginnings.items() if name.startswith(beginning)), "")


def _mode(record: Record, desk: HandoffSnapshot, returning: bool) -> str:
    said = [str(reply.get("say", "")) for reply in record.said]
    if record.situation == "quiet":
        return "neutral"
    if record.hushed:
        return "rest"
    if returning:
        return "gap"
    if desk.waits:
        return "waiting"
    if any(name.startswith(_CRISIS) for name in said):
        return "crisis"
    return "lines" if any(name.startswith(_LINES) for name in said) else ""
