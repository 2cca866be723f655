"""How much of each language a native speaker has reviewed, counted by the marks in its phrasebook."""

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
    """One language: how many phrases it has, and how many of them were reviewed."""

    locale: str
    phrases: int
    read: int

    @property
    def drafted(self) -> bool:
        """Whether some of its phrases are still unreviewed."""
        return self.locale != SOURCE and self.read < self.phrases


@cache
def review_states() -> tuple[ReviewState, ...]:
    """Return the state of each served language, in serving order; cached, since phrasebooks change only with a new version."""
    return tuple(_state(locale) for locale in SERVED)


def _state(locale: str) -> ReviewState:
    if locale == SOURCE:
        return ReviewState(locale, 0, 0)
    marks = _MARK.findall((_BOOKS / f"{locale}.po").read_text("utf-8"))
    return ReviewState(locale, len(marks), marks.count("reviewed"))
