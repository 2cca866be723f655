"""Whether any place has a name: a Bloom filter, one megabyte, because asking the file for each word of a message is slow.

It never misses a name; about one in fifty other words passes too, and is then looked up in vain.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from resources_directory.places.spelling import unspaced

_BITS = 1 << 23
_OTHER = 0x9E3779B9  # any number, for a second hash
_START = 2  # letters


@dataclass(frozen=True)
class NameFilter:
    """The names that there may be."""

    bits: bytes

    @classmethod
    def of(cls, names: Iterable[str]) -> "NameFilter":
        """Return the filter of these names, and of the first letters of those that stand inside longer words."""
        bits = bytearray(_BITS >> 3)
        for name in names:
            for kept in (name, f"^{name[:_START]}") if unspaced(name) else (name,):
                for bit in _hashes(kept):
                    bits[bit >> 3] |= 1 << (bit & 7)
        return cls(bytes(bits))

    def __contains__(self, name: str) -> bool:
        return all(self.bits[bit >> 3] >> (bit & 7) & 1 for bit in _hashes(name))

    def starts(self, letters: str) -> bool:
        """Whether a name may begin with the first two of these letters."""
        return f"^{letters[:_START]}" in self


def _hashes(name: str) -> tuple[int, int]:
    plain = name.encode()
    return crc32(plain) % _BITS, crc32(plain, _OTHER) % _BITS
