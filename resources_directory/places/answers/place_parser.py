"""The parser of answers to "where are you?": the whole answer as a name, else the names in it, else a name with typos."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resources_directory.model.place import Place, Region
from resources_directory.places.answers.exact_names import ExactNames, FoundPlaces, peeled
from resources_directory.places.answers.unspaced_names import names_inside
from resources_directory.places.place_names import Area, beside, inside, ranked
from resources_directory.places.place_words import PlaceWords
from resources_directory.places.spelling import folded

_MOST_WORDS = 16
_LONGEST_NAME = 5  # words
_LARGE, _METROPOLIS = 100_000, 500_000  # people: known by name, in a short answer and in any answer
_FEW_WORDS = 4
_POLISH_IN = "w"
_SHORTEST = 4  # letters of a name inside a sentence
_CLEAR = 10  # times the people of the next city: then a name with a typo means the larger city
_LONG = 7  # letters; a typo in a shorter word makes it another word


@dataclass(frozen=True)
class ParsedPlace:
    """The parser of one answer, with the country that somebody is in, if known."""

    exact: ExactNames

    def read(self, words: Sequence[str]) -> FoundPlaces:
        """Return the places that are meant, best first."""
        said = self._without_other_names(words[:_MOST_WORDS])
        if not said:
            return []
        found = ranked(self.exact.whole(said), self.exact.country) or self._among(said)
        if any(isinstance(one, Place) for one in found):
            return found
        # So far, "Housten texas" has only been read as Texas.
        return self._slipped(said, regions=bool(found)) or found

    def _without_other_names(self, words: Sequence[str]) -> Sequence[str]:
        """Drop "my name is Sofia" and "not in London": those names are not where somebody is."""
        other = PlaceWords.load().not_here
        for start in range(len(words)):
            for end in range(min(start + _LONGEST_NAME, len(words)), start, -1):
                if " ".join(words[start:end]) in other:
                    sizes = range(min(_LONGEST_NAME, len(words) - end), 1, -1)
                    size = next((n for n in sizes if self.exact.of(" ".join(words[end : end + n]))), 1)
                    return [*words[:start], *self._without_other_names(words[end + size :])]
        return words

    def _among(self, words: Sequence[str]) -> FoundPlaces:
        """Return the best match for each name in a sentence, then the other matches."""
        sure, unsure, areas = self._pieces(words)
        pieces = [ranked(piece, self.exact.country) for piece in _within(sure or unsure, areas)]
        best = [piece[0] for piece in pieces]
        return list(dict.fromkeys([*best, *(one for piece in pieces for one in piece[1:])]))

    def _pieces(self, words: Sequence[str]) -> tuple[list[FoundPlaces], list[FoundPlaces], set[Area]]:
        """Return names after a word like "in", other names of large cities, and regions and countries."""
        sure: list[FoundPlaces] = []
        unsure: list[FoundPlaces] = []
        areas: set[Area] = set()
        at = 0
        while at < len(words):
            found, size = self._longest_at(words, at)
            if found:
                (sure if self._placed(words, at) else unsure).append(found)
                areas |= self._behind(words[at + size :])
            else:
                unsure += names_inside(words[at], self.exact)
            if len(words[at]) > 2 and words[at] not in PlaceWords.load().words_too:
                areas |= {(country, None) for country in self.exact.names.countries(words[at])}
            at += size
        return sure, unsure, areas

    def _longest_at(self, words: Sequence[str], at: int) -> tuple[FoundPlaces, int]:
        placed = self._placed(words, at)
        for size in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            run = words[at : at + size]
            found = self.exact.named(run, placed) or (self._declined(words, at, size) if placed else [])
            if found and (placed or self._known(run, found, len(words) <= _FEW_WORDS)):
                return found, size
        return [], 1

    def _declined(self, words: Sequence[str], at: int, size: int) -> FoundPlaces:
        """Parse an inflected name in a sentence: in non-Latin script, or in a short Polish answer, "w Krakowie"."""
        polish = words[at - 1] == _POLISH_IN and len(words) <= _FEW_WORDS
        run = words[at : at + size]
        return self.exact.declined(run, placed=False) if polish or not run[-1].isascii() else []

    @staticmethod
    def _placed(words: Sequence[str], at: int) -> bool:
        placing = PlaceWords.load().placing
        return at > 0 and (words[at - 1] in placing or " ".join(words[max(0, at - 2) : at]) in placing)

    @staticmethod
    def _known(run: Sequence[str], found: FoundPlaces, short_answer: bool) -> bool:
        name = " ".join(run)
        if (len(name) < _SHORTEST and name.isascii()) or name in PlaceWords.load().words_too:
            return False
        # GeoNames writes a place's own name in Latin letters; any other Latin name is often an old one, or a word.
        own = [one.population for one in found if not name.isascii() or folded(one.name) == name]
        large = short_answer and max(own, default=0) >= _LARGE
        return large or max(one.population for one in found) >= _METROPOLIS

    def _behind(self, words: Sequence[str]) -> set[Area]:
        """Return the region or country right after a name."""
        sizes = range(min(_LONGEST_NAME, len(words)), 0, -1)
        return next((areas for size in sizes if (areas := self.exact.names.areas(" ".join(words[:size])))), set())

    def _slipped(self, words: Sequence[str], regions: bool) -> FoundPlaces:
        placing = PlaceWords.load().placing
        last = max((at for at, word in enumerate(words, 1) if word in placing), default=0)
        for form in (*peeled(words), *peeled(words[last:])):
            winner = (None if regions else self._winner(" ".join(form), None)) or self._winner_within(form)
            if winner:
                return [winner]
        return []

    def _winner_within(self, words: Sequence[str]) -> Place | None:
        for cut in range(1, min(_LONGEST_NAME, len(words))):
            areas = self.exact.names.areas(" ".join(words[-cut:]))
            winner = self._winner(" ".join(words[:-cut]), areas) if areas else None
            if winner:
                return winner
        return None

    def _winner(self, typed: str, areas: set[Area] | None) -> Place | None:
        """Return the only city that a name with typos can mean, or None."""
        # A name without typos was already read, and rejected.
        if " " in typed and len(typed) < _LONG:
            return None
        if typed in PlaceWords.load().words_too or self.exact.of(typed) or self.exact.names.countries(typed):
            return None
        close = [
            (slips, city) for slips, city in self.exact.names.slipped(typed) if areas is None or inside(city, areas)
        ]
        here = [(slips, city) for slips, city in close if city.country == self.exact.country] or close
        here.sort(key=lambda one: (one[0], -one[1].population))
        if not here or (len(typed) < _LONG and areas is None and here[0][1].population < _METROPOLIS):
            return None
        fewest, best = here[0]
        others = (city for slips, city in here if slips == fewest and not beside(city, best))
        return None if any(best.population < _CLEAR * other.population for other in others) else best


def _within(pieces: list[FoundPlaces], areas: set[Area]) -> Iterator[FoundPlaces]:
    """Yield the cities inside a region or country that is also named; if there are none, yield everything."""
    regions: set[Area] = {(one.country, one.code) for piece in pieces for one in piece[:1] if isinstance(one, Region)}
    for wanted in (areas | regions, areas):
        inner: list[FoundPlaces] = [
            [one for one in piece if isinstance(one, Place) and inside(one, wanted)] for piece in pieces
        ]
        if any(inner):
            yield from (piece for piece in inner if piece)
            return
    yield from pieces
