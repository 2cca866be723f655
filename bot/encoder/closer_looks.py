"""Closer looks into a long message: groups of words that overlap, each as long as a usual message.

In a hundred words the reader hears what most of them are about; "tonight he will kill me" among them is lost. So each few words are
read by themselves too, without cutting anything that one look does not hold whole.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from bot.text.message_parts import WORD, Gauge, with_news

LONG = 64  # tokens of a message that is read in looks too
WINDOW = 32  # tokens of a look at most; each begins half of it behind the one before
MOST = 24  # looks at most: no more than a letter of four hundred tokens has
AT_ONCE = 4  # looks that are read together: as long as a part of a letter
_QUESTION = "?؟？;"  # signs of a question; the last is the Greek one
_FEWEST = 3  # looks with words of their own: fewer say the same few words over and over
_ENDS = 3  # looks at either end that are taken in any case


def looks(text: str, parts: Sequence[str], gauge: Gauge, cries: Callable[[str], bool]) -> list[str]:
    """Return the looks into a cleaned text that is read in these parts; none where little of it is read, or where it is short.

    `cries`: whether reviewed words tell of a crisis; of a very long letter such words, questions and both ends come first.
    """
    if len(text) <= LONG or (len(parts) == 1 and parts[0] != text):
        return []
    words = [(word, gauge.measured(word.rstrip())) for word in WORD.findall(" ".join(parts))]
    together = (sum(tokens for _, (tokens, _) in words), sum(likely for _, (_, likely) in words))
    if together[0] <= LONG or gauge.is_garbage(text, together):
        return []
    windows = with_news([*_windows([(word, tokens) for word, (tokens, _) in words])])
    return _chosen(windows, cries) if len(windows) >= _FEWEST else []


def _windows(words: Sequence[tuple[str, int]]) -> Iterator[str]:
    begin = 0
    while True:
        size = _size(words, begin, WINDOW)
        yield "".join(word for word, _ in words[begin : begin + size]).strip()
        if begin + size >= len(words):
            return
        begin += _size(words, begin, WINDOW // 2)


def _size(words: Sequence[tuple[str, int]], begin: int, most: int) -> int:
    """Return how many of these words have so many tokens, but one at least."""
    taken = size = 0
    for _, tokens in islice(words, begin, None):
        if size and taken + tokens > most:
            break
        taken, size = taken + tokens, size + 1
    return size


def _chosen(windows: Sequence[str], cries: Callable[[str], bool]) -> list[str]:
    if len(windows) <= MOST:
        return [*windows]
    ends = {*range(_ENDS), *range(len(windows) - _ENDS, len(windows))}
    signs = [
        place for place, window in enumerate(windows) if any(sign in window for sign in _QUESTION) or cries(window)
    ]
    evenly = [number * len(windows) // MOST for number in range(MOST)]
    wanted = dict.fromkeys([*ends, *reversed(signs), *evenly])
    return [windows[place] for place in sorted(islice(wanted, MOST))]
