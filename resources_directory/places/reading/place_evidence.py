"""How many people must live in a place before its name is taken for it: the fewer signs, the more people."""

from dataclasses import dataclass
from enum import Enum, auto

_CASE = 500_000


class PlaceSign(Enum):
    """What shows that a name is a place."""

    PLACED = auto()  # "in" stands before it
    WHOLE = auto()  # it is the whole message
    NONE = auto()


@dataclass(frozen=True)
class WrittenName:
    """How a name is written."""

    latin: bool
    capital: bool
    foreign: bool  # in Latin letters, by somebody whose language has others

    @classmethod
    def of(cls, name: str, capital: bool, latin_locale: bool) -> "WrittenName":
        """Return how a folded name was written."""
        latin = name.isascii()
        return cls(latin, capital, latin and not latin_locale)


def least_people(sign: PlaceSign, written: WrittenName, *, own: bool, home: bool, base: bool) -> int:
    """Return the least people. `own`: the place is called so where it lies; `home`: in the known country; `base`: after
    an ending was taken away."""
    if written.latin and not written.capital:
        return _small_letters(sign, written, own, home)
    if home and own:
        return 50_000 if base and sign is PlaceSign.NONE else 15_000 if sign is PlaceSign.NONE else 0
    if sign is PlaceSign.NONE and written.capital and not written.latin:
        return 100_000 if own else 200_000
    if sign is PlaceSign.NONE:
        return 1_000_000 if base or not own else 100_000 if written.latin else 500_000
    if base:
        return 20_000 if own else 100_000
    return 0 if own else 50_000 if written.latin else 100_000


def _small_letters(sign: PlaceSign, written: WrittenName, own: bool, home: bool) -> int:
    """Return the least people for Latin letters without a capital, which any word has."""
    if written.foreign:
        if sign is PlaceSign.NONE:
            return 1_000_000 if own else 3_000_000
        return 100_000 if own and home else 200_000 if own else _CASE
    if home and own:
        return 100_000 if sign is PlaceSign.NONE else 15_000
    if sign is PlaceSign.NONE:
        return 200_000 if own else 1_000_000
    return 50_000 if own else 300_000
