"""The question "did this help?": in which conversations it may be asked, and how its answers are counted.

An answer is a number by month, with the channel or the language. It is linked to nothing else: the conversation remembers that
it was asked and answered, and not how.
"""

from typing import Any, Literal, get_args

from bot.conversation.record import Record
from bot.handoff.case_card import assessed
from bot.months import KEPT, month
from bot.understanding.crisis import LABELS

Helped = Literal["yes", "little", "no"]
ANSWERS: tuple[Helped, ...] = get_args(Helped)
ASKED, ANSWERED = "helped asked", "helped answered"  # told
_NO_ROOM = "sms"  # each answer would cost a text message, and the question too
# Told, where somebody else may read now or later: actions/privacy/quiet.py.
_WATCHED = frozenset({"neutral", "stranger", "maybe hushed", "closed"})
_NEVER_AFTER = frozenset({*LABELS, "possible crisis", "disclose_minor"})
_HELP = ("find_", "ask_", "check_", "report_", "disclose_", "talk_to_human")
_ABOUT_US = frozenset({"ask_bot", "ask_cost", "ask_anonymity"})


def may_be_asked(record: Record, channel: str) -> bool:
    """Return whether a conversation that ends now can be asked: something was answered, all is calm, and nobody else may read."""
    if channel == _NO_ROOM or ASKED in record.told or record.situation != "talk" or record.hushed or record.word:
        return False
    answered = {label for label, times in record.answered.items() if times}
    grave = record.crisis or record.minor or answered & _NEVER_AFTER or assessed(record).level == "urgent"
    if grave or not _WATCHED.isdisjoint(record.told):
        return False
    return any(label.startswith(_HELP) for label in answered - _ABOUT_US)


def packed(answer: str, channel: str, locale: str, now: float) -> dict[str, Any] | None:
    """Return how to count an answer, as scripts read it; None for what is no answer."""
    if answer not in ANSWERS:
        return None
    cells = [f"helped_channel|{answer}|{channel}", f"helped_language|{answer}|{locale}"]
    return {"month": month(now), "seconds": KEPT, "cells": cells, "today": answer != "no"}


def note_asked(record: Record) -> None:
    """Record that it was asked: it never is twice."""
    record.told.append(ASKED)
