"""Names with one or two slips of the finger: "Housten", "Manilla", "Cincinatti".

Two names that differ by one letter more, less, other or exchanged become the same when each loses one letter. So every
long name is kept under what is left of it without each of its letters, and a typed one is looked up the same way.
"""

from collections.abc import Iterator
from zlib import crc32

SHORTEST = 5  # letters: shorter names are too often one letter from each other
LONGEST = 24


def slip_keys(name: str) -> Iterator[int]:
    """Give numbers that a name shares with those that are a slip away, and a few others by chance."""
    yield crc32(name.encode())
    for at in range(len(name)):
        # Of two equal letters side by side it does not matter which goes.
        if not at or name[at] != name[at - 1]:
            yield crc32((name[:at] + name[at + 1 :]).encode())


def slips_between(typed: str, name: str) -> int:
    """Count the letters that are more, less, other, or exchanged with the next (optimal string alignment)."""
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
