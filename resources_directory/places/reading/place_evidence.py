"""How many people must live in a place before its name is taken for it: the fewer signs, the more people."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from resources_directory.model.place import Place, Region
from resources_directory.places.reading.names_said import Named
from resources_directory.places.reading.scripts import written_in
from resources_directory.places.spelling import folded, letters_are_words

_CASE = 500_000
# Where names are written in Arabic letters, and in Latin ones in many ways.
_SPELLED_ANYHOW = frozenset(
    {"AE", "AF", "BH", "DZ", "EG", "IQ", "IR", "JO", "KW", "LB", "LY"}
    | {"MA", "MR", "OM", "PK", "PS", "QA", "SA", "SD", "SY", "TN", "YE"}
)
_CONSONANTS = 4
NOT_OWN = 50_000  # people: known by this Latin name, though it is not what GeoNames calls it
_NAMESAKE, _NAMESAKE_REGION, _NAMESAKE_CLEAR = 100_000, 1_000_000, 10


class PlaceSign(Enum):
    """What shows that a name is a place."""

    SAID = auto()  # "I live in" stands before it
    PLACED = auto()  # "in" does
    WHOLE = auto()  # it is the whole message
    NONE = auto()


@dataclass(frozen=True)
class WrittenName:
    """How a name is written."""

    latin: bool
    capital: bool
    foreign: bool  # in Latin letters, by somebody whose language has others
    rare: bool  # no word that people write in messages

    @classmethod
    def of(cls, name: str, capital: bool, latin_locale: bool, rare: bool) -> "WrittenName":
        """Return how a folded name was written."""
        latin = name.isascii()
        return cls(latin, capital, latin and not latin_locale, rare)


def least_people(sign: PlaceSign, written: WrittenName, *, own: bool, home: bool, base: bool, spoken: bool) -> int:
    """Return the least people. `own`: the place is called so where it lies; `home`: in the known country; `base`: after
    an ending was taken away; `spoken`: where the language is at home."""
    if written.latin and not written.capital:
        return _small_letters(sign, written, own, home, rarely=written.rare and not base, spoken=spoken)
    if written.rare and own and not base and not written.latin and sign is PlaceSign.NONE:
        return _RARE_NAME
    return _with_capital(sign, written, own, home, base)


def _with_capital(sign: PlaceSign, written: WrittenName, own: bool, home: bool, base: bool) -> int:
    """Return the least people of a name with a capital, or in letters that have none."""
    if home and own:
        return 50_000 if base and sign is PlaceSign.NONE else 15_000 if sign is PlaceSign.NONE else 0
    if sign is PlaceSign.NONE and written.capital and not written.latin:
        return 100_000 if own else 200_000
    if sign is PlaceSign.NONE:
        return 1_000_000 if base or not own else 100_000 if written.latin else 500_000
    if base:
        return 20_000 if own else 100_000
    return 0 if own else 50_000 if written.latin else 100_000


# A name that is no word of any message, called so where it lies: the least people where the language is at home, and elsewhere.
_RARE: Mapping[PlaceSign, tuple[int, int]] = {
    PlaceSign.SAID: (0, 15_000),
    PlaceSign.PLACED: (0, 30_000),
    PlaceSign.WHOLE: (15_000, 50_000),
    PlaceSign.NONE: (100_000, 200_000),
}
# So too, where it is called otherwise by itself: "Padova" is Padua.
_RARE_ELSEWHERE: Mapping[PlaceSign, int] = {
    PlaceSign.SAID: 50_000,
    PlaceSign.PLACED: 50_000,
    PlaceSign.WHOLE: 300_000,
    PlaceSign.NONE: 1_000_000,
}
_RARE_NAME = 50_000
# For Latin letters without a capital, which any word has: the least people at home, called so where it lies, called so elsewhere.
_SMALL_LETTERS: Mapping[tuple[bool, PlaceSign], tuple[int, int, int]] = {
    (False, PlaceSign.SAID): (5_000, 5_000, 300_000),
    (False, PlaceSign.PLACED): (15_000, 50_000, 300_000),
    (False, PlaceSign.WHOLE): (15_000, 50_000, 300_000),
    (False, PlaceSign.NONE): (100_000, 200_000, 1_000_000),
    (True, PlaceSign.SAID): (50_000, 50_000, _CASE),
    (True, PlaceSign.PLACED): (100_000, 200_000, _CASE),
    (True, PlaceSign.WHOLE): (100_000, 200_000, _CASE),
    (True, PlaceSign.NONE): (1_000_000, 1_000_000, 3_000_000),
}


def _small_letters(sign: PlaceSign, written: WrittenName, own: bool, home: bool, *, rarely: bool, spoken: bool) -> int:
    at_home, there, elsewhere = _SMALL_LETTERS[written.foreign, sign]
    least = elsewhere if not own else at_home if home else there
    return min(least, _RARE[sign][not spoken] if own else _RARE_ELSEWHERE[sign]) if rarely else least


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return folded(name)


@lru_cache(maxsize=4096)
def _consonants(name: str) -> str:
    """Return what two spellings of a name in Latin letters have in common, if it is long enough to tell: Khor and Khawr."""
    plain = re.sub(r"[aeiouyw\W]|(.)(?=\1)", "", re.sub(r"^(al|ar|as|ash|ad|an|at|az)[ -]", "", _folded(name)))
    return plain if len(plain) >= _CONSONANTS else ""


def is_own(one: Place | Region, name: str) -> bool:
    """Whether this is what the place is called where it lies, as far as the script tells."""
    if name.isascii():
        return _folded(one.name) in (name, f"{name} city") or (
            one.country in _SPELLED_ANYHOW and "" != _consonants(name) == _consonants(one.name)
        )
    return one.country in written_in(name[0])


def known_by(name: str, named: Named) -> list[Place | Region]:
    """Return what really has this name: a city's own name outweighs a smaller one's former or foreign name."""
    own = max((place.population for place in named.places if is_own(place, name)), default=0)
    # In scripts of many languages a foreign city that is nearly as large is as well known by the name.
    least = max(_NAMESAKE_CLEAR * own if name.isascii() else own if letters_are_words(name) else own // 3, NOT_OWN)
    places = [place for place in named.places if is_own(place, name) or place.population >= least]
    return [*places, *named.regions]


def people_of(one: Place | Region) -> int:
    return 1_000_000_000 if isinstance(one, Region) and not one.code else one.population


def namesake(one: Place | Region, name: str) -> bool:
    """Whether so many people live there that the name may not mean the country."""
    least = _NAMESAKE if isinstance(one, Place) else _NAMESAKE_REGION
    return one.population >= least and (folded(one.name) == name or not name.isascii())
