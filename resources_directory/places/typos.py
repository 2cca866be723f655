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
