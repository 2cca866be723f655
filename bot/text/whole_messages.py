"""Whole messages that consist of listed phrases only: "ok bye, thank you sir" of "bye" and of small words beside it.

All phrases of one message are of one list, since a small word of one language is a grave one in another.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Generic, TypeVar

from bot.text.word_lists import SPACELESS_LETTER

ListName = TypeVar("ListName")


class WholeMessages(Generic[ListName]):
    """Lists by name: phrases that tell what it is for, and phrases that may stand beside them."""

    def __init__(self, lists: Mapping[ListName, tuple[Iterable[str], Iterable[str]]]) -> None:
        """Take phrases in the form in which messages are compared (`bot.text.word_lists.plain`)."""
        self.names = tuple(lists)
        # Of each phrase a bit for each list: which it tells, and which it may stand in. So one pass tries all lists.
        self._telling: defaultdict[str, int] = defaultdict(int)
        self._standing: defaultdict[str, int] = defaultdict(int)
        for place, (telling, beside) in enumerate(lists.values()):
            for phrase in telling:
                self._telling[phrase] |= 1 << place
                self._standing[phrase] |= 1 << place
            for phrase in beside:
                self._standing[phrase] |= 1 << place
        self._standing.pop("", None)
        self._longest = max(map(len, self._standing), default=0)

    def find(self, said: str) -> list[ListName]:
        """Return the lists of which a message, in the same form, can be cut into phrases, with one that tells; in their order."""
        reached = {0: ((1 << len(self.names)) - 1, 0)}  # end of what is cut so far: the lists it fits, those it tells
        for end in range(len(said)):
            if end not in reached:
                continue
            fits, tells = reached[end]
            start = end + (said[end] == " ")
            for after in _ends(said, start, self._longest):
                phrase = said[start:after]
                if standing := fits & self._standing.get(phrase, 0):
                    before = reached.get(after, (0, 0))
                    told = tells & standing | fits & self._telling.get(phrase, 0)
                    reached[after] = (before[0] | standing, before[1] | told)
        found = reached.get(len(said), (0, 0))[1] if said else 0
        return [name for place, name in enumerate(self.names) if found >> place & 1]


def has_blanks(phrase: str) -> bool:
    """Tell whether the script of a phrase parts its words by blanks."""
    return not SPACELESS_LETTER.search(phrase)


def bounded(phrase: str) -> str:
    """Return a phrase with the blanks that part it from other words, where its script has them."""
    return f" {phrase} " if has_blanks(phrase) else phrase


def free_of(said: str, phrases: Set[str]) -> bool:
    """Tell whether none of these phrases stands in a message, as whole words where its script parts them by blanks."""
    return not any(bounded(phrase) in f" {said} " for phrase in phrases)


def _ends(said: str, start: int, longest: int) -> Iterator[int]:
    """Yield where a phrase that begins here may end: after a word, or after any letter of a script without blanks."""
    for end in range(start + 1, min(len(said), start + longest) + 1):
        if end == len(said) or said[end] == " " or SPACELESS_LETTER.match(said[end - 1]):
            yield end
