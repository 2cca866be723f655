"""Places named in another script than their own: "জাহরা" is Jahra, "व्रोत्सवाफ" Wrocław.

GeoNames has few such names, so what nothing is called exactly is looked up by its sound. Many words sound like some town,
so a match counts only behind "in" or beside its country, and the fewer the signs, the longer the name and the more people.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from resources_directory.model.place import Place
from resources_directory.places.by_sound.sounds import distance, is_sparse, keys, skeleton, sound
from resources_directory.places.place_names import Area, PlaceNames
from resources_directory.places.reading.area_beside import NamedPlace
from resources_directory.places.reading.message_words import Word, joined
from resources_directory.places.reading.names_said import forms
from resources_directory.places.reading.role_cues import Cues
from resources_directory.places.reading.scripts import spoken_in

_MOST_WORDS = 2
_SHORTEST, _SHORTEST_COUNTRY, _SHORTEST_OF_TWO = 4, 4, 3  # letters
_MOST_TRIED = 12  # words of one message
_BESIDE = 3  # words between a name and its country
_AS_NEAR = 0.08  # beside the nearest, per consonant
_CLEAR = 10  # times the people
# How far a name may be from what is written, for each of its consonants: beside its country; where the language is at home,
# or the conversation; elsewhere; in a script without short vowels; in Latin letters.
_FAR_BESIDE, _FAR_SEEN, _FAR_HOME, _FAR, _FAR_SPARSE, _FAR_LATIN = 0.34, 0.15, 0.1, 0.075, 0.12, 0.06
# People, by the number of consonants: where the language is at home, and elsewhere.
_LEAST = {3: (50_000, 200_000), 4: (20_000, 300_000), 5: (5_000, 40_000), 6: (0, 15_000)}
_LEAST_CYRILLIC = {3: (200_000, 500_000), 4: (20_000, 50_000), 5: (5_000, 15_000), 6: (0, 5_000)}
_LONGEST = max(_LEAST)
_NEVER = 1 << 40
_SPARSE, _SHORT = 4, 3  # consonants
_FAR_SHORT = 0.04
_IN, _SAID = 2, 3
_ASKED_ABOUT = 3


class _Match(NamedTuple):
    score: float
    place: Place


class _Signs(NamedTuple):
    """What shows that some words name a place."""

    placed: int  # how surely "in" is beside them (Cues.placed)
    near: frozenset[str]  # countries named beside them


@dataclass(frozen=True)
class NamesBySound:
    """The words of one message that sound like a place."""

    words: Sequence[Word]
    cues: Cues
    names: PlaceNames
    country: str | None  # of the conversation
    areas: Sequence[tuple[int, int, set[Area]]]  # countries and regions named
    locale: str
    is_word: Callable[[str], bool]  # whether a name is also a word that people write for other reasons

    def all(self, taken: Collection[int]) -> Iterator[NamedPlace]:
        """Yield the places; `taken`: the words that are of others."""
        at = tried = 0
        while at < len(self.words) and tried < _MOST_TRIED:
            found = None
            for size in range(min(_MOST_WORDS, len(self.words) - at), 0, -1):
                signs = self._signs(at, at + size) if self._may_be_name(at, at + size, taken) else None
                if signs:
                    tried += 1
                    found = self._named(at, at + size, signs)
                if found:
                    yield found
                    break
            at = found.end if found else at + 1

    def _may_be_name(self, start: int, end: int, taken: Collection[int]) -> bool:
        latin = self.cues.roles.latin
        for at in range(start, end):
            word = self.words[at]
            if at in taken or word.letter or word.clause != self.words[start].clause:
                return False
            if (
                len(word.said) < (2 if end - start == 1 else _SHORTEST_OF_TWO)
                or any(letter.isdigit() for letter in word.said)
                or (latin and word.said.isascii())
            ):
                return False
            if word.said in self.cues.roles.cues or self.cues.roles.of_people(word.said):
                return False
            if self.is_word(word.said) or self.names.is_said(word.said):
                return False
        return sum(len(word.said) for word in self.words[start:end]) >= _SHORTEST

    def _signs(self, start: int, end: int) -> _Signs | None:
        near = self._near(start, end)
        placed = self.cues.placed(start, end)
        placed = placed if placed >= _IN else 0
        for first, last, _ in self.areas:
            # "لوگرونیو سپین میں": the country stands between a name and "in".
            placed = placed or (_IN if first == end and self.cues.placed(start, last) >= _IN else 0)
        if near:
            return _Signs(placed, near)
        inflected = any(self.names.is_inflected(word.said) for word in self.words[start:end])
        said = placed or any(map(self._says_in, self._forms(start, end)))
        return _Signs(placed, near) if said and not inflected else None

    def _forms(self, start: int, end: int) -> list[tuple[str, bool]]:
        """Return a name without what may be attached to it, and whether that says "in"."""
        name = joined(self.words[start:end])
        # In Latin letters "e" and "y" are endings of any word; a Persian ending says "I am".
        counts = not name.isascii() and not self.cues.roles.verbs_behind
        found = ((form, said_in and counts) for form, said_in, _ in forms(name, self.cues.roles))
        return [one for one in found if len(one[0]) >= _SHORTEST and not self.is_word(one[0])]

    @staticmethod
    def _says_in(form: tuple[str, bool]) -> bool:
        return form[1]

    def _near(self, start: int, end: int) -> frozenset[str]:
        """Return the countries named beside a name, in the same sentence."""
        sentence = self.words[start].sentence
        close = (
            areas
            for first, last, areas in self.areas
            if self.words[first].sentence == sentence
            and (0 <= start - last < _BESIDE or 0 <= first - end < _BESIDE)
            and self._is_area(first, last)
        )
        return frozenset(country for areas in close for country, _ in areas)

    def _is_area(self, start: int, end: int) -> bool:
        """Whether words that may name a country are no word for something else: "میں" is "in", and Maine."""
        name = joined(self.words[start:end])
        short = name.isascii() and len(name) < _SHORTEST_COUNTRY
        return not short and name not in self.cues.roles.cues and not self.is_word(name)

    def _named(self, start: int, end: int, signs: _Signs) -> NamedPlace | None:
        found: list[_Match] = []
        within = False
        for form, said_in in self._forms(start, end):
            if not (signs.placed or signs.near or said_in):
                continue
            matches = self._matches(form, signs, placed=bool(signs.placed) or said_in)
            if matches and (not found or matches[0].score < found[0].score):
                found, within = matches, said_in and not signs.placed
        meant = _meant(found)
        return NamedPlace(start, end, meant, sure=True, within=within) if meant else None

    def _matches(self, form: str, signs: _Signs, *, placed: bool) -> list[_Match]:
        said = sound(form)
        size = len(skeleton(said))
        if size < 2 or len(said) < _SHORTEST - 1:
            return []
        countries = signs.near | ({self.country} if self.country and placed else set())
        people = _LEAST[min(size, _LONGEST)][0] if size in _LEAST or size > _LONGEST else _NEVER
        found = []
        for other, place in self.names.sounding(keys(said), None if placed else countries, people, countries):
            far = distance(said, other, is_sparse(form)) / max(size, len(skeleton(other)))
            if far <= self._farthest(place, form, size, signs):
                found.append(_Match(far, place))
        return sorted(found, key=lambda one: (one.score, -one.place.population))

    def _farthest(self, place: Place, form: str, size: int, signs: _Signs) -> float:
        """Return how far a name may be; less than 0 where too few people live there."""
        if place.country in signs.near:
            sure, some = size > _SHORT, size > _SHORT or signs.placed
            return _FAR_BESIDE if sure and signs.placed else _FAR_SEEN if some else -1
        home = place.country == self.country or place.country in spoken_in(self.locale)
        return (
            _far(form, size, home)
            if self._is_large(place, form, size, home) and (home or _is_said(size, signs))
            else -1
        )

    @staticmethod
    def _is_large(place: Place, form: str, size: int, home: bool) -> bool:
        cyrillic = "\u0400" <= form[0] <= "\u04ff"  # it has letters for all sounds
        least = _LEAST_CYRILLIC if cyrillic else _LEAST
        return size >= _SHORT and place.population >= least[min(size, _LONGEST)][not home]


def _is_said(size: int, signs: _Signs) -> bool:
    """Whether so short a name abroad is one where somebody says to be: "जुबैल में हूं"."""
    return size > _SHORT or signs.placed >= _SAID


def _far(form: str, size: int, home: bool) -> float:
    if size == _SHORT or (is_sparse(form) and " " in form):
        return _FAR_SHORT
    if form.isascii():
        return _FAR_LATIN
    return _FAR_SPARSE if is_sparse(form) and size > _SPARSE else _FAR_HOME if home else _FAR


def _meant(found: Sequence[_Match]) -> tuple[Place, ...]:
    """Return what a name may mean, likeliest first: the nearest in sound, and those nearly as near unless much smaller."""
    near = [one.place for one in found if one.score <= found[0].score + _AS_NEAR]
    ranked = sorted(dict.fromkeys(near), key=lambda one: -one.population)
    return tuple(one for one in ranked if one.population * _CLEAR > ranked[0].population)[:_ASKED_ABOUT]
