"""Whole messages that consist of listed phrases only: "ok bye, thank you sir" of "bye" and of small words beside it.

Both lists are of one language, since a small word of one is a grave one in another.
"""

import re
from collections.abc import Iterable, Iterator, Set

from bot.text.word_lists import SPACELESS

_SPACELESS = re.compile(SPACELESS)


class WholeMessages:
    """What one language says so: phrases that tell it, and phrases that may stand beside them."""

    def __init__(self, telling: Iterable[str], beside: Iterable[str]) -> None:
        """Take phrases in the form in which messages are compared (`bot.text.word_lists.plain`)."""
        self._telling = frozenset(telling) - {""}
        self._beside = frozenset(beside) - {""}
        phrases = self._telling | self._beside
        self._longest = max(map(len, phrases), default=0)

    def holds(self, said: str) -> bool:
        """Tell whether a message, in the same form, can be cut into these phrases, one of them telling."""
        reached: dict[int, bool] = {0: False}  # end of what is cut so far: whether it tells something
        for end in range(len(said)):
            if end not in reached:
                continue
            start = end + (said[end] == " ")
            for after in _ends(said, start, self._longest):
                phrase = said[start:after]
                if phrase in self._telling:
                    reached[after] = True
                elif phrase in self._beside:
                    reached[after] = reached.get(after, False) or reached[end]
        return reached.get(len(said), False)


def has_blanks(phrase: str) -> bool:
    """Tell whether the script of a phrase parts its words by blanks."""
    return not _SPACELESS.search(phrase)


def bounded(phrase: str) -> str:
    """Return a phrase with the blanks that part it from other words, where its script has them."""
    return f" {phrase} " if has_blanks(phrase) else phrase


def without(said: str, phrases: Set[str]) -> bool:
    """Tell whether none of these phrases stands in a message, as whole words where its script parts them by blanks."""
    return not any(bounded(phrase) in f" {said} " for phrase in phrases)


def _ends(said: str, start: int, longest: int) -> Iterator[int]:
    """Yield where a phrase that begins here may end: after a word, or after any letter of a script without blanks."""
    for end in range(start + 1, min(len(said), start + longest) + 1):
        if end == len(said) or said[end] == " " or _SPACELESS.match(said[end - 1]):
            yield end
