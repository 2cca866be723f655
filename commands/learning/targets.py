"""What the heads learn, as numbers: one row for each example, and which of its numbers are known.

An example of data/nlu says only its label, so most heads learn little or nothing from it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from bot.encoder.weights import Floats
from bot.understanding.crisis import LABELS
from commands.examples.example_lines import FLAGS, ExampleLine, fifty, known_labels
from commands.examples.example_values import About, Answer, CrisisKind, CrisisTime, OpenQuestion, TalkMode, Whose

Whole = NDArray[np.int64]

QUESTIONS = ("", *get_args(OpenQuestion))
MODES = ("", *get_args(TalkMode))
ABOUT = get_args(About)
ANSWERS = get_args(Answer)
MARKS = (
    *(
        f"{kind}:{whose}:{when}"
        for kind in get_args(CrisisKind)
        for whose in get_args(Whose)
        for when in get_args(CrisisTime)
    ),
    *FLAGS,
)
UNKNOWN = -1  # where an example does not say the class
_TOLD = ("disclose_", "report_", "find_")
_NOTHING = ("out_of_scope", "insult_or_prank", "greet")
_ENDS = ("thanks", "goodbye")
# Questions that ordinary talk cannot answer: others it may, by a place, a day or a word in it.
_YES_OR_NO = ("safe", "check", "need", "age", "whom", "danger", "selfharm", "alone", "number", "person", "screen",
    "concern", "offer", "more", "clear")  # fmt: skip


@cache
def first_labels() -> tuple[str, ...]:
    """Return the labels of which one decides, ordered by number."""
    return tuple(sorted(fifty()))


@cache
def all_labels() -> tuple[str, ...]:
    """Return the labels of the domain and the fine ones, of which a message may have several."""
    return tuple(sorted(known_labels()))


@cache
def head_sizes() -> dict[str, int]:
    """Return how many scores each head gives."""
    return {
        "first": len(first_labels()),
        "crisis": 1 + len(LABELS),
        "many": len(all_labels()),
        "marks": len(MARKS),
        "about": len(ABOUT),
        "answer": len(ANSWERS),
    }


@cache
def implied_answers() -> Whole:
    """Return the number of the answer that a label alone gives to a question, (questions, labels); UNKNOWN where it gives none.

    Few examples tell a whole story in answer to a question, and many tell one unasked (docs/examples.md).
    """
    rows = [[_implied(question, label) for label in first_labels()] for question in QUESTIONS]
    return np.array([[ANSWERS.index(answer) if answer else UNKNOWN for answer in row] for row in rows], np.int64)


def _implied(question: str, label: str) -> str:
    if question == "more" and label in _ENDS:
        return "no"
    if question == "more" and label.startswith((*_TOLD, "ask_", "check_")):
        return "yes"
    if question == "need" and label.startswith(_TOLD):
        return "value"
    return "none" if question in _YES_OR_NO and label in _NOTHING else ""


def is_ordinary(first: Whole) -> NDArray[np.bool_]:
    """Whether each label that decides says that a message is none of our business."""
    ordinary: NDArray[np.bool_] = first == first_labels().index("out_of_scope")
    return ordinary


@dataclass(frozen=True)
class Targets:
    """What is to be learned from examples, a row each: a class as int64 (texts,), several names as float32 (texts, names)."""

    first: Whole  # number of the label that decides
    crisis: Whole  # 0, or 1 + the number of the crisis in LABELS that decides
    many: Floats  # 1 for each label that is said
    marks: Floats  # 1 for each of MARKS that holds
    about: Whole
    answer: Whole  # UNKNOWN where no question was open
    question: Whole
    mode: Whole
    whole: Floats  # 1 where everything is known, 0 where the label alone is

    @classmethod
    def of(cls, examples: Sequence[ExampleLine], whole: Sequence[bool]) -> "Targets":
        """Return examples as numbers; `whole`: whether everything about an example is known."""
        known = np.array(whole, np.float32)
        return cls(
            first=_numbers([each.label for each in examples], first_labels()),
            crisis=_numbers([each.label if each.label in LABELS else "" for each in examples], ("", *LABELS)),
            many=_several([_said(each.labels) for each in examples], all_labels()),
            marks=_several([_marks(each) for each in examples], MARKS),
            about=np.where(known > 0, _numbers([each.about for each in examples], ABOUT), UNKNOWN),
            answer=_numbers([each.answer for each in examples], ANSWERS),
            question=_numbers([each.question for each in examples], QUESTIONS),
            mode=_numbers([each.mode for each in examples], MODES),
            whole=known,
        )

    def only(self, places: Sequence[int]) -> "Targets":
        """Return some of the rows."""
        return Targets(**{each.name: getattr(self, each.name)[list(places)] for each in fields(self)})


def _said(labels: Sequence[str]) -> set[str]:
    """Return the labels and, for a fine one, the label above it, if that is one of the domain."""
    return {*labels, *(above for label in labels if (above := label.partition("/")[0]) in fifty())}


def _marks(example: ExampleLine) -> set[str]:
    return {*(":".join(crisis) for crisis in example.crises), *example.flags}


def _numbers(values: Sequence[str], names: Sequence[str]) -> Whole:
    places = {name: place for place, name in enumerate(names)}
    return np.array([places.get(value, UNKNOWN) for value in values], np.int64)


def _several(values: Sequence[Collection[str]], names: Sequence[str]) -> Floats:
    columns = {name: column for column, name in enumerate(names)}
    found = np.zeros((len(values), len(names)), np.float32)
    for row, said in enumerate(values):
        found[row, [columns[name] for name in said]] = 1
    return found
