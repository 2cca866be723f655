"""`quietline evaluate --messages FOLDER`: how well messages of others are understood, by the model and the path that serve.

Lines `label<TAB>text` in FOLDER/<locale>.tsv, of writers who saw neither our examples nor our lists. Nothing is learned
from them, and no bar is chosen by them: else they would be examples.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.rasa.evaluation.scores import HEAD, RULE, Scores
from bot.rasa.understanding import FALLBACK, Understood
from bot.understanding.crisis import LABELS

_WORST = 40


class BadLine(Exception):
    """A line that is no message with a label; the text says where."""


@dataclass(frozen=True)
class ReadMessage:
    """One message: what was meant, and what was understood."""

    locale: str
    text: str
    meant: str
    understood: str
    confidence: float


class Understands(Protocol):
    """What understands a text as it is served, as `Understanding` does."""

    def read(self, text: str) -> Understood:
        """Return what the text means."""


def lines(folder: Path, labels: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Give locale, label and text of every line; raises BadLine. Empty lines and those that begin with # are none."""
    for file in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            label, tab, text = line.partition("\t")
            if not line.strip() or line.startswith("#"):
                continue
            if not tab or label not in labels or not text.strip():
                raise BadLine(f"{file.name}:{number}: not `label<TAB>text` with a label of the domain")
            yield file.stem, label, text.strip()


def read(folder: Path, labels: frozenset[str], understanding: Understands) -> list[ReadMessage]:
    """Understand every line; raises BadLine."""
    found = []
    for locale, label, text in lines(folder, labels):
        understood = understanding.read(text)
        found.append(ReadMessage(locale, text, label, understood.intent or FALLBACK, understood.confidence))
    return found


def report(found: list[ReadMessage]) -> Iterator[str]:
    """Give the tables as Markdown: by language, and the worst mistakes."""
    yield f"{len(found)} messages, none of them an example.\n"
    yield HEAD + " asked again |"
    yield RULE + "--:|"
    for locale in [*sorted({one.locale for one in found}), "all"]:
        these = [one for one in found if locale in (one.locale, "all")]
        asked = sum(one.understood == FALLBACK for one in these)
        scores = Scores.of([one.meant for one in these], [one.understood for one in these])
        yield f"{scores.row(locale)} {asked / len(these) if these else 0:.2f} |"
    yield "\nCrises that were not found:\n"
    yield from _listed([one for one in found if one.meant in LABELS and one.understood not in LABELS])
    yield "\nSurest mistakes:\n"
    wrong = [one for one in found if one.understood not in (one.meant, FALLBACK)]
    yield from _listed(sorted(wrong, key=lambda one: -one.confidence)[:_WORST])


def _listed(found: list[ReadMessage]) -> Iterator[str]:
    for one in found:
        yield f"- {one.locale} {one.meant} → {one.understood} {one.confidence:.2f}: {one.text}"
