"""How much of a language somebody has read who grew up with it: counted by the marks in its phrasebook."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.phrases.phrases import SOURCE
from bot.served_languages import SERVED

_BOOKS = Path(__file__).parent / "phrasebook"
_MARK = re.compile(r"^#\. review: (drafted|reviewed)", re.MULTILINE)


@dataclass(frozen=True)
class ReviewState:
    """One language: its phrases, and how many of them were read."""

    locale: str
    phrases: int
    read: int

    @property
    def drafted(self) -> bool:
        """Tell whether some of it was written and not read yet."""
        return self.locale != SOURCE and self.read < self.phrases


@cache
def review_states() -> tuple[ReviewState, ...]:
    """Give all languages that are served, in their order. The books change with a new version only."""
    return tuple(_state(locale) for locale in SERVED)


def _state(locale: str) -> ReviewState:
    if locale == SOURCE:
        return ReviewState(locale, 0, 0)
    marks = _MARK.findall((_BOOKS / f"{locale}.po").read_text("utf-8"))
    return ReviewState(locale, len(marks), marks.count("reviewed"))
