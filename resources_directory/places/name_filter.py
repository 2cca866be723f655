"""Whether any place has a name: a Bloom filter, one megabyte, because asking the file for each word of a message is slow.

It never misses a name; about one in fifty other words passes too, and is then looked up in vain.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from resources_directory.places.spelling import unspaced

_BITS = 1 << 23
_MASK = _BITS - 1
_OTHER = 0x9E3779B9  # any number, for a second hash
SHORT_START, LONG_START = 2, 4  # letters with which a name inside a longer word begins


@dataclass(frozen=True)
class NameFilter:
    """The names that there may be."""

    bits: bytes

    @classmethod
    def of(cls, names: Iterable[str]) -> "NameFilter":
        """Return the filter of these names, and of the first letters of those that stand inside longer words."""
        bits = bytearray(_BITS >> 3)
        for name in names:
            for kept in (name, *_starts(name)) if unspaced(name) else (name,):
                for bit in _hashes(kept):
                    bits[bit >> 3] |= 1 << (bit & 7)
        return cls(bytes(bits))

    def __contains__(self, name: str) -> bool:
        plain, bits = name.encode(), self.bits
        bit = crc32(plain) & _MASK
        if not bits[bit >> 3] >> (bit & 7) & 1:
            return False
        bit = crc32(plain, _OTHER) & _MASK
        return bool(bits[bit >> 3] >> (bit & 7) & 1)

    def starts(self, letters: str) -> bool:
        """Whether a name may begin with these letters."""
        return f"^{letters}" in self


def _starts(name: str) -> tuple[str, ...]:
    return (f"^{name[:SHORT_START]}", f"^{name[:LONG_START]}")


def _hashes(name: str) -> tuple[int, int]:
    plain = name.encode()
    return crc32(plain) & _MASK, crc32(plain, _OTHER) & _MASK
