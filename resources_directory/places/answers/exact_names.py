"""The parser of text that names one place and says nothing else: "paris", "paris texas", "in the city of paris, france"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resources_directory.model.place import Place, Region
from resources_directory.places.place_names import CITY_STATES, Area, PlaceNames, inside
from resources_directory.places.place_words import PlaceWords
from resources_directory.places.spelling import folded, letters_are_words

FoundPlaces = list[Place | Region]
_MOST_AREA_WORDS = 5
_MOST_QUALIFIED = 8  # words of a name with its region and country
_DEEP = 2  # the region, and its country
_MOST_AROUND = 3  # words of one phrase in front of a name: "cerca de", "the city of"
_MOST_FORMS = 10
_KNOWN, _KNOWN_PLACED = 100_000, 50_000  # people
_SHORT = 4  # letters; names of three or fewer are mostly ordinary words
_GREAT = 1_000_000  # people: Georgia is a country, and a US state with many more people


@dataclass(frozen=True)
class ExactNames:
    """What a name means to somebody in a given country, if that is known."""

    names: PlaceNames
    country: str | None
    capitals: bool  # typed in capitals, like a code

    def whole(self, words: Sequence[str]) -> FoundPlaces:
        """Return what all the words name together, with or without other words around the name."""
        for form in peeled(words):
            placed = form != tuple(words) and _placing(words, form)
            found = self._at_home(" ".join(form)) or self.named(form, placed) or self._qualified(form)
            found = found or self.declined(form, placed)
            if found:
                return found
        return []

    def named(self, words: Sequence[str], placed: bool) -> FoundPlaces:
        """Return what has exactly this name. A name that is also a word counts only after a word like "in", or at home."""
        known, name = PlaceWords.load(), " ".join(words)
        if called := self._called(name):
            return called
        found = self.of(name)
        if not found or (name in known.leading and len(name) < 3):
            return self._coded(name)
        found = [one for one in found if (self._placed(name, one) if placed else self._alone(name, one))]
        return self._without_countries(name, found)

    def _called(self, name: str) -> FoundPlaces:
        """Return the city with this nickname. A namesake at home wins; if neither is at home, return both."""
        city = self.names.city(PlaceWords.load().called.get(name, 0))
        own: FoundPlaces = [
            one for one in self.names.named(name) if isinstance(one, Place) and one.population >= _KNOWN
        ]
        at_home = [one for one in own if one.country == self.country]
        if not city or (at_home and city.country != self.country):
            return at_home
        return [city] if city.country == self.country else list(dict.fromkeys([city, *own]))

    def _at_home(self, name: str) -> FoundPlaces:
        city = self.names.city(PlaceWords.load().called_at_home.get(name, 0))
        return [city] if city and city.country == self.country else []

    def of(self, name: str) -> FoundPlaces:
        """Return the cities and regions with a folded name."""
        if len(name) < 2:
            return []
        cities = self.names.cities(name)
        # A city's own name outweighs a smaller city's former name or its name in another language.
        own = max((city.population for city in cities if folded(city.name) == name), default=0)
        known = [city for city in cities if city.population >= own or folded(city.name) == name]
        return [*known, *self.names.regions(name)]

    def _placed(self, name: str, found: Place | Region) -> bool:
        """Whether a name means a place after "in": "in reading" does, "in one" does not (Onex, in Switzerland)."""
        own, here = folded(found.name) == name, found.country == self.country
        if name in PlaceWords.load().words_too or (len(name) < _SHORT and name.isascii()):
            return own and (here or found.population >= _KNOWN)
        return True

    def _alone(self, name: str, found: Place | Region) -> bool:
        """Whether a name means a place without "in" before it: "police" is a town, "van" and "nice" are cities."""
        own, large, here = folded(found.name) == name, found.population >= _KNOWN, found.country == self.country
        if name in PlaceWords.load().words_too:
            return own and large and here
        long = len(name) >= (_SHORT if name.isascii() else _SHORT - 1) or letters_are_words(name)
        return here or (long and (own or large)) or (own and large and len(name) >= _SHORT - 1)

    def _coded(self, name: str) -> FoundPlaces:
        if not self.capitals or name in PlaceWords.load().no_codes:
            return []
        return [region for region in self.names.coded(name) if self.country in (None, region.country)]

    def _without_countries(self, name: str, found: FoundPlaces) -> FoundPlaces:
        countries = self.names.countries(name)
        here = [one for one in found if one.country == self.country and self.country not in countries]
        # Naming a city-state names its city. Other countries are left to the country look-up.
        if not countries or here:
            return here or found
        return [
            one
            for one in found
            if (one.country in countries and one.country in CITY_STATES)
            or (one.country not in countries and one.population >= _GREAT and folded(one.name) == name)
        ]

    def _qualified(self, words: Sequence[str], deep: int = _DEEP) -> FoundPlaces:
        """Parse a name with its region, its country or both, after or before it."""
        if not deep or len(words) > _MOST_QUALIFIED:
            return []
        for head, areas in self._cuts(words):
            for form in peeled(head):
                found = [
                    one for one in self.of(" ".join(form)) or self._qualified(form, deep - 1) if inside(one, areas)
                ]
                if found:
                    return found
        return []

    def _cuts(self, words: Sequence[str]) -> Iterator[tuple[Sequence[str], set[Area]]]:
        for cut in range(1, min(_MOST_AREA_WORDS, len(words))):
            areas = self.names.areas(" ".join(words[-cut:]))
            if areas:
                yield words[:-cut], areas
        for cut in range(1, min(_MOST_AREA_WORDS, len(words))):
            front = " ".join(words[:cut])
            # "in" is the code of India, but mostly a word.
            areas = self.names.areas(front) if len(front) > 2 or not front.isascii() else set()
            if areas:
                yield words[cut:], areas

    def declined(self, words: Sequence[str], placed: bool) -> FoundPlaces:
        """Parse a name with a case ending, or with the letter for "in" attached; only well-known cities count."""
        known, last = PlaceWords.load(), words[-1]
        if last.isascii() and " ".join(words) in known.words_too:
            return []
        forms = [last[: -len(end)] + other for end, others in known.cases if last.endswith(end) for other in others]
        forms += [last[: -len(end)] for end in known.ends if last.endswith(end)]
        first = [(words[0][len(start) :], *words[1:]) for start in known.starts if words[0].startswith(start)]
        first += [(f"ال{bare[0]}", *bare[1:]) for bare in first]
        for form in (*((*words[:-1], form) for form in forms), *first):
            found = [one for one in self.of(" ".join(form)) if one.population >= (_KNOWN_PLACED if placed else _KNOWN)]
            name = " ".join(form)
            if found and not (name.isascii() and len(name) < _SHORT) and name not in known.words_too:
                return found
        return []


def _placing(words: Sequence[str], form: Sequence[str]) -> bool:
    """Whether the words peeled off a name show that it is a place."""
    known = PlaceWords.load()
    around = set(words) - set(form)
    return not known.leading >= around or bool(known.placing & around)


def peeled(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the words, then ever shorter forms without the words that stand around a name."""
    known, forms = PlaceWords.load(), [tuple(words)]
    before, after = known.leading | known.city_before, known.city_after | known.behind
    for form in forms:
        yield form
        for size in range(1, min(_MOST_AROUND, len(form) - 1) + 1):
            shorter = [form[size:]] if " ".join(form[:size]) in before else []
            shorter += [form[:-size]] if " ".join(form[-size:]) in after else []
            if len(forms) < _MOST_FORMS:
                forms += (one for one in shorter if one not in forms)
