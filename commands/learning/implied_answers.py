"""What a message that was sent unasked would answer to a question, where its label alone says so (docs/examples.md).

Few examples tell a whole story in answer to a question, and many tell one unasked.
"""

from functools import cache

import numpy as np

from commands.learning.targets import ANSWERS, QUESTIONS, UNKNOWN, Whole, first_labels

_TOLD = ("disclose_", "report_", "find_")
_NOTHING = ("out_of_scope", "insult_or_prank", "greet")
_ENDS = ("thanks", "goodbye")
# Questions that ordinary talk cannot answer: others it may, by a place, a day or a word in it.
_YES_OR_NO = ("safe", "check", "need", "age", "whom", "danger", "selfharm", "alone", "number", "person", "screen",
    "concern", "offer", "more", "clear")  # fmt: skip


@cache
def table() -> Whole:
    """Return the number of the answer for each question and label, (questions, labels); UNKNOWN where neither says it."""
    rows = [[_answer(question, label) for label in first_labels()] for question in QUESTIONS]
    return np.array([[ANSWERS.index(answer) if answer else UNKNOWN for answer in row] for row in rows], np.int64)


def _answer(question: str, label: str) -> str:
    if question == "more":
        if label in _ENDS:
            return "no"
        if label.startswith((*_TOLD, "ask_", "check_")):
            return "yes"
    if question == "need" and label.startswith(_TOLD):
        return "value"
    return "none" if question in _YES_OR_NO and label in _NOTHING else ""
