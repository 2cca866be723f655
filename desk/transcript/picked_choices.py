"""What a person picked when their line is only a number: the words of that choice, in their language and in English.

A number is read as the engine reads it. Once an operator has written, a typed number answers the operator; only a pressed
button still stands for a choice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.messaging.transcript import Line
from bot.phrases.phrases import Phrasebook
from bot.understanding.choice_matcher import number_in

PRESSED = "choice"  # the kind of a line that is a pressed button


@dataclass(frozen=True)
class PickedChoice:
    """The choice that a line stands for."""

    label: str
    english: str  # empty where the label is English
    asked: Line  # the line that offered it


def picked(lines: Sequence[Line], locale: str, book: Phrasebook) -> Mapping[str, PickedChoice]:
    """Return what was picked, by the ids of the person's lines, oldest first."""
    found: dict[str, PickedChoice] = {}
    asked: Line | None = None
    operator = False  # has written since the choices were shown
    for line in lines:
        if line.who == "us":
            operator = bool(line.by) or (operator and not line.choices)
            asked = line if line.choices else asked
        elif asked and (line.kind == PRESSED or not operator) and (choice := _choice(line, asked, locale, book)):
            found[line.id] = choice
    return found


def _choice(line: Line, asked: Line, locale: str, book: Phrasebook) -> PickedChoice | None:
    number = number_in(line.text, asked.locale or locale, book)
    if number is None or not 1 <= number <= len(asked.choices):
        return None
    label = str(asked.choices[number - 1]["text"])
    english = asked.glosses[number - 1] if number <= len(asked.glosses) else ""
    # While it is unknown which language is read, the English may stand in the label already.
    return PickedChoice(label, "" if english in label else english, asked)
