"""Measures what of a long letter is heard: `python -m commands.evaluation.letters_heard` prints how often one sentence is.

The sentence stands alone, then at the start, in the middle and at the end of the letter, and the letter without it comes last.
The measured set is tests/evaluation/letters (its README); it is read by `quietline understand`, as the engine reads messages.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.encoder.reading import Context
from bot.settings import Settings
from commands.evaluation.understood_lines import understood

SET = Path(__file__).parents[2] / "tests" / "evaluation" / "letters"
POSITIONS = ("alone", "start", "middle", "end", "without")
_SPACELESS = ("zh-Hans", "th")
_TAKEN_UP = 0.75  # chance from which a second thought is taken up after what decides
Judge = Callable[["Letter", Mapping[str, Any]], bool]


@dataclass(frozen=True)
class Letter:
    """A letter around one sentence that must not be lost."""

    locale: str
    kind: str  # crisis, question, need, place, none: no crisis, but words that sound so
    label: str
    country: str
    vital: str
    before: str
    after: str

    def text(self, position: str) -> str:
        """Return the letter with the sentence in such a position, or the sentence alone, or the letter without it."""
        vital, before, after = self.vital, self.before, self.after
        parts = {
            "alone": (vital,),
            "start": (vital, before, after),
            "middle": (before, vital, after),
            "end": (before, after, vital),
            "without": (before, after),
        }
        return ("" if self.locale in _SPACELESS else " ").join(parts[position])


def letters() -> Iterator[Letter]:
    """Yield all letters of the set."""
    for file in sorted(SET.glob("*.tsv")):
        for line in file.read_text("utf-8").splitlines():
            yield Letter(file.stem, *line.split("\t"))


def main() -> None:
    """Print one line for each thing that is judged, with the letters in which it holds."""
    asked = [(letter, position) for letter in letters() for position in POSITIONS]
    heard = understood(Settings.from_env(), [(letter.text(position), Context()) for letter, position in asked])
    pairs = [(*one, found) for one, found in zip(asked, heard, strict=True)]
    for name, kinds, judge in _JUDGED:
        cells = [_cell(pairs, position, kinds, judge) for position in POSITIONS]
        sys.stdout.write(f"| {name} | {' | '.join(cells)} |\n")


def _cell(
    pairs: Sequence[tuple[Letter, str, Mapping[str, Any]]], position: str, kinds: Sequence[str], judge: Judge
) -> str:
    some = [judge(letter, found) for letter, where, found in pairs if where == position and letter.kind in kinds]
    return f"{sum(some)} of {len(some)}"


def _names(letter: Letter, found: Mapping[str, Any], least: float = 0.0) -> bool:
    said = {str(one["name"]).partition("/")[0] for one in found["labels"] if one["confidence"] >= least}
    return letter.label in said | {found["intent"]}


def _offers(letter: Letter, found: Mapping[str, Any]) -> bool:
    return _names(letter, found, _TAKEN_UP)


_CALM = ("question", "need", "place", "none")
_JUDGED: tuple[tuple[str, Sequence[str], Judge], ...] = (
    ("crisis: answered as one", ("crisis",), lambda letter, found: bool(found["crisis"])),
    ("as the right one", ("crisis",), lambda letter, found: found["intent"] == letter.label),
    ("at least possible", ("crisis",), lambda letter, found: bool(found["crises"])),
    ("question or need: named", ("question", "need"), _names),
    ("it decides, or is taken up next", ("question", "need"), _offers),
    ("country named", ("place",), lambda letter, found: letter.country in {one["value"] for one in found["places"]}),
    ("no crisis: answered as one by mistake", _CALM, lambda letter, found: bool(found["crisis"])),
    ("possible by mistake", _CALM, lambda letter, found: not found["crisis"] and bool(found["crises"])),
)


if __name__ == "__main__":
    main()
