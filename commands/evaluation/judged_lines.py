"""Messages that others wrote to measure with: `tests/evaluation`, or any other folder.

`<locale>.tsv` directly in the folder holds lines `label<TAB>text`; in `turns/` and `everyday/` below it, lines in the form
of examples (docs/examples.md), with their context and everything that is to be heard.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from commands.examples.example_lines import BadExample, ExampleLine, fifty, parsed

JudgedSet = Literal["labels", "turns", "everyday"]
SETS: tuple[JudgedSet, ...] = ("labels", "turns", "everyday")


class BadLine(Exception):
    """A line that nothing can be measured with; the text says where it stands and why."""


@dataclass(frozen=True)
class JudgedLine:
    """One message, its language, and what is to be heard in it. In `labels` only its label is known."""

    part: JudgedSet
    locale: str
    meant: ExampleLine


def judged_lines(folder: Path) -> Iterator[JudgedLine]:
    """Yield every line of a folder; raises BadLine. Empty lines and those that begin with # are none."""
    for part in SETS:
        for file in sorted((folder if part == "labels" else folder / part).glob("*.tsv")):
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                if line.strip() and not line.startswith("#"):
                    try:
                        meant = _labelled(line) if part == "labels" else parsed(line)
                    except BadExample as bad:
                        raise BadLine(f"{file.name}:{number}: {bad}") from None
                    yield JudgedLine(part, file.stem, meant)


def _labelled(line: str) -> ExampleLine:
    label, tab, text = line.partition("\t")
    if not tab or label not in fifty() or not text.strip():
        raise BadExample("not `label<TAB>text` with a label of the domain")
    return ExampleLine((label,), "none", text.strip())
