"""Examples of what people write, with everything that is to be heard in them: `data/examples/<locale>/*.tsv`.

A line has four columns: labels, marks, what was just asked, text. docs/examples.md says what each may hold; a line that does
not keep to it is refused with its number, since a wrong label is learned as well as a right one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml

from commands.examples.example_values import About, Answer, CrisisKind, CrisisTime, OpenQuestion, TalkMode, Whose

_ROOT = Path(__file__).parents[2]
_CRISIS = re.compile(
    rf"({'|'.join(get_args(CrisisKind))}):({'|'.join(get_args(Whose))}):({'|'.join(get_args(CrisisTime))})"
)
_AGE = re.compile(rf"age:(\d{{1,3}}):({'|'.join(get_args(Whose))})")
_ANSWER = re.compile(rf"answer:({'|'.join(get_args(Answer))})")
FLAGS = ("watched", "free", "negated", "corrected")
# A crisis label says that it is one, so its mark must stand there too.
_NEEDS = {
    "immediate_danger": "danger:",
    "self_harm": "selfharm:",
    "medical_emergency": "medical:",
    "cannot_talk_safely": "watched",
}
LONGEST = 1_200  # characters
_CHATS = "chats.tsv"


class BadExample(ValueError):
    """A line that cannot be learned from; the text says where it stands and why."""


@dataclass(frozen=True)
class ExampleLine:
    """One message as somebody might send it, and what it says."""

    labels: tuple[str, ...]  # the first decides what is answered first: one of the fifty, or a fine label of one
    about: About
    text: str
    crises: tuple[tuple[str, str, str], ...] = ()  # kind, whose, when
    ages: tuple[tuple[int, str], ...] = ()  # years, whose
    flags: frozenset[str] = frozenset()  # of watched, free, negated, corrected
    question: str = ""  # that was open; empty: none
    mode: str = ""  # of the talk; empty: the usual one
    answer: str = ""  # to the open question
    chat: bool = False  # it comes from a whole chat, so it is as people write to us, and counts more

    @property
    def label(self) -> str:
        """The one of the fifty labels that decides."""
        return self.labels[0].partition("/")[0]


def read(folder: Path = _ROOT / "data" / "examples") -> Mapping[str, list[ExampleLine]]:
    """Return all examples by locale; raises BadExample."""
    return {each.name: list(_of_locale(each)) for each in sorted(folder.iterdir()) if each.is_dir()}


def parsed(line: str) -> ExampleLine:
    """Return what one line says; raises BadExample without a place."""
    columns = line.split("\t")
    if len(columns) != 4:
        raise BadExample(f"{len(columns)} columns instead of 4")
    labels, marks, context, text = columns
    if not text.strip() or text != text.strip() or len(text) > LONGEST:
        raise BadExample(f"the text is empty, longer than {LONGEST} characters, or has spaces around it")
    example = ExampleLine(_labels(labels), text=text, **_marks(marks.split(" ")), **_context(context))
    if bool(example.question) != bool(example.answer):
        raise BadExample("an answer is marked where a question is open, and nowhere else")
    if (needed := _NEEDS.get(example.label, "")) not in marks:
        raise BadExample(f"{example.label} needs the mark {needed!r}")
    return example


@cache
def known_labels() -> frozenset[str]:
    """Return the labels of the domain, and all fine ones as `label/name`."""
    fifty = yaml.load((_ROOT / "domain.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)["intents"]
    fine = yaml.load((_ROOT / "data" / "fine_labels.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    names = [(family, name) for family, under in fine.items() for name in under]
    finds = [label for label in fifty if label.startswith("find_")]
    return frozenset(
        [*fifty, *(f"{label}/{name}" for family, name in names for label in (finds if family == "find" else [family]))]
    )


@cache
def fifty() -> frozenset[str]:
    """Return the labels of the domain: the fifty, and two that no text has (`no_files`, `step`)."""
    return frozenset(label for label in known_labels() if "/" not in label)


def _of_locale(folder: Path) -> Iterator[ExampleLine]:
    for file in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(file.read_text("utf-8").split("\n"), 1):
            if not line:
                continue
            try:
                yield replace(parsed(line), chat=file.name == _CHATS)
            except BadExample as bad:
                raise BadExample(f"{folder.name}/{file.name}, line {number}: {bad}.") from None


def _labels(column: str) -> tuple[str, ...]:
    labels = tuple(column.split(","))
    if unknown := [label for label in labels if label not in known_labels()]:
        raise BadExample(f"unknown label {unknown[0]!r}")
    if labels[0].partition("/")[0] not in fifty():
        raise BadExample(f"{labels[0]!r} cannot stand first: it is below none of the labels of the domain")
    return labels


def _marks(marks: list[str]) -> dict[str, Any]:
    about = [mark for mark in marks if mark in get_args(About)]
    crises = [found.groups() for mark in marks if (found := _CRISIS.fullmatch(mark))]
    ages = [(int(found[1]), found[2]) for mark in marks if (found := _AGE.fullmatch(mark))]
    answers = [found[1] for mark in marks if (found := _ANSWER.fullmatch(mark))]
    flags = [mark for mark in marks if mark in FLAGS]
    if len(about) + len(crises) + len(ages) + len(answers) + len(flags) != len(marks):
        raise BadExample(f"a mark among {' '.join(marks)!r} is none")
    if len(about) != 1 or len(answers) > 1:
        raise BadExample("it says exactly once whom it is about, and at most once what it answers")
    return {
        "about": about[0],
        "crises": tuple(crises),
        "ages": tuple(ages),
        "flags": frozenset(flags),
        "answer": "".join(answers),
    }


def _context(column: str) -> dict[str, Any]:
    found = dict(part.partition("=")[::2] for part in column.split(" ")) if column != "-" else {}
    question, mode = found.pop("q", ""), found.pop("mode", "")
    if found or question not in ("", *get_args(OpenQuestion)) or mode not in ("", *get_args(TalkMode)):
        raise BadExample(f"{column!r} is no open question and no mode")
    return {"question": question, "mode": mode}
