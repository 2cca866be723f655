"""Names with one or two typos: "Housten", "Manilla", "Cincinatti".

Two names that differ by one added, missing, wrong or swapped letter become the same when each loses one letter. So every
long name is indexed under each form that lacks one of its letters, and a typed name is looked up the same way.
"""

from collections.abc import Iterator
from zlib import crc32

SHORTEST = 5  # letters: shorter names are too often only one letter apart
LONGEST = 24


def slip_keys(name: str) -> Iterator[int]:
    """Yield hashes that a name shares with names one typo away, and with a few others by chance."""
    yield crc32(name.encode())
    for at in range(len(name)):
        # Of two equal letters side by side, it does not matter which is dropped.
        if not at or name[at] != name[at - 1]:
            yield crc32((name[:at] + name[at + 1 :]).encode())


def slips_between(typed: str, name: str) -> int:
    """Count the added, missing, wrong and swapped letters (optimal string alignment distance)."""
    before: list[int] = []
    last = list(range(len(name) + 1))
    for row, letter in enumerate(typed, 1):
        now = [row]
        for column, other in enumerate(name, 1):
            cost = min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == name[column - 2] and typed[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
