"""The names in a message that are places: a name that is also a word, or a tiny place somewhere, needs a sign that it is one.

A wrong place is a wrong number to call, so this is precise rather than complete.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from resources_directory.model.place import Place, Region
from resources_directory.places.by_sound.names_by_sound import NamesBySound
from resources_directory.places.place_names import Area, PlaceNames, inside, ranked
from resources_directory.places.place_words import PlaceWords
from resources_directory.places.reading.area_beside import NamedPlace, PlaceOrRegion, is_area, merged
from resources_directory.places.reading.message_words import Word, joined
from resources_directory.places.reading.name_signs import SHORT, SHORT_LETTERS, NameSigns
from resources_directory.places.reading.names_said import Named, Run, look_up, runs
from resources_directory.places.reading.nearly_named import closest
from resources_directory.places.reading.place_evidence import (
    NOT_OWN,
    PlaceSign,
    WrittenName,
    is_own,
    known_by,
    least_people,
    namesake,
    people_of,
)
from resources_directory.places.reading.role_cues import Cues
from resources_directory.places.reading.scripts import like_a_word, spoken_in
from resources_directory.places.reading.vietnamese_marks import has_marks_of
from resources_directory.places.spelling import folded

_SIGNS = {3: PlaceSign.SAID, 2: PlaceSign.PLACED}  # by Cues.placed
# People.
_ALONE, _HOME, _NAMESAKE, _FAMOUS = 100_000, 15_000, 100_000, 3_000_000
_TWO_LETTERS, _TWO_LETTERS_PLACED = 1_000_000, 200_000  # of a name of two Chinese characters
_FOREIGN = 5  # times the people of a namesake where the language is not at home
_LATIN_COUNTRY, _ARABIC_COUNTRY = 6, 5  # letters: a shorter name of a country in another language is mostly a word here
_LONG, _LONG_NAME, _SHORT_CALLED = 7, 12, 5  # letters
_MOST_TYPOS, _SHORTEST_TYPO = 4, 5  # words that are looked up with a typo in them, letters
_ARABIC = ("ar", "fa", "ur")
_CODES = {"us": "US", "uk": "GB", "uae": "AE", "usa": "US", "ksa": "SA", "eau": "AE", "eua": "US"}
_PLAIN_CODES = frozenset({"uk", "uae", "usa", "ksa"})
_LATIN_WORDS = frozenset({"ro", "pt", "es", "fr"})


@dataclass(frozen=True)
class PlacesNamed:
    """What the words of one message name."""

    words: Sequence[Word]
    cues: Cues
    names: PlaceNames
    locale: str
    country: str | None

    def all(self) -> list[NamedPlace]:
        """Return the places named, in order; of names that overlap, the longest."""
        found: list[NamedPlace] = []
        at = 0
        for _, forms in groupby(self._runs, key=lambda run: (run.start, run.end)):
            same = list(forms)
            if same[0].start < at or self._within_a_word(same[0]):
                continue
            # The largest of what the forms of one name may mean: "Лодзі" is Łódź, not Lodi.
            meant = [place for run in same if (place := self._place(run))]
            place = max(meant, key=lambda one: people_of(one.found[0]), default=None)
            if place:
                found.append(place)
                at = place.end
        taken = {at for place in found for at in range(place.start, place.end)}
        sounding = NamesBySound(
            self.words, self.cues, self.names, self.country, self._areas, self.locale, self._signs.ordinary
        )
        by_sound = list(sounding.all(taken))
        found += by_sound
        taken |= {at for place in by_sound for at in range(place.start, place.end)}
        found += self._misspelled(taken, bool(found))
        return merged(sorted(found, key=lambda one: one.start), self.cues)

    def _within_a_word(self, run: Run) -> bool:
        """Whether letters that could be a name are part of a longer word: 太原 in 太原始."""
        return any(
            start < run.end and run.start < end and end - start > run.end - run.start for start, end in self._longer
        )

    @cached_property
    def _longer(self) -> list[tuple[int, int]]:
        known, letters = self.cues.roles.ordinary, self.cues.letters
        starts = range(len(letters)) if letters.strip() else ()
        spans = ((start, start + size) for start in starts for size in (3, 4, 5) if start + size <= len(letters))
        return [(start, end) for start, end in spans if letters[start:end] in known]

    @cached_property
    def _runs(self) -> list[Run]:
        return runs(self.cues, self.names)

    @cached_property
    def _named(self) -> dict[str, Named]:
        return look_up((run.name for run in self._runs), self.names.connection)

    @cached_property
    def _signs(self) -> NameSigns:
        return NameSigns(self.words, self.cues, self._named)

    @cached_property
    def _areas(self) -> list[tuple[int, int, set[Area]]]:
        """Return the countries and regions named, which tell what a name beside them means."""
        found = []
        for run in self._runs:
            named = self._named.get(run.name)
            if not named or (len(run.name) < SHORT and run.name.isascii() and run.name not in _PLAIN_CODES):
                continue
            areas: set[Area] = {(country, None) for country in self._countries(run, named)}
            if not run.base or run.placed:
                areas |= {(region.country, region.code) for region in named.regions}
            if areas:
                found.append((run.start, run.end, areas))
        coded = ((at, word) for at, word in enumerate(self.words) if word.capitals and len(word.said) in (2, 3))
        for at, word in coded:
            areas = {(region.country, region.code) for region in self.names.coded(word.said)}
            if areas:
                found.append((at, at + 1, areas))
        return found

    def _place(self, run: Run) -> NamedPlace | None:
        place = None if self._of_people(run) or self._signs.everyday_word(run) else self._meant(run)
        if place and run.placed and not self.words[run.end - 1].said.endswith(self.cues.roles.genitives or ("\0",)):
            place = replace(place, within=True)
        if place is None or self.locale != "vi":
            return place
        written = " ".join(word.written for word in self.words[run.start : run.end])
        if self._signs.capital(run) or written.casefold() in self.cues.roles.called_marked:
            return place
        found = tuple(one for one in place.found if has_marks_of(written, one))
        return replace(place, found=found) if found else None

    def _of_people(self, run: Run) -> bool:
        """Whether a name is a word for people: "filipinas" is a country only after "in", or as a whole answer."""
        if run.end - run.start > 1:
            return False
        roles, word, own = self.cues.roles, self.words[run.start].said, self.locale.partition("-")[0]
        if not (roles.of_people(word) or roles.of_people(run.name)):
            return False
        named = self._named.get(run.name, Named())
        if not any(language in ("", own, "en") for _, language in named.countries):
            return True
        exact = word in roles.people or run.name in roles.people
        return exact and not (self.cues.placed(run.start, run.end) >= 2 or self._signs.whole(run))

    def _meant(self, run: Run) -> NamedPlace | None:
        if told := self._told(run):
            return told
        code = self._code(run)
        if code:
            return NamedPlace(run.start, run.end, (Region(code, "", "", 0),), self._shown(run.start, run.end))
        is_cue = run.name in self.cues.roles.cues and not self._shows_region(run)
        named = None if is_cue else self._named.get(run.name)
        if named is None:
            return None if is_cue else self._called(run)
        if run.base and not self._base_counts(run):
            return None
        return self._beside(run, named) or self._called(run) or self._as_named(run, named)

    def _shows_region(self, run: Run) -> bool:
        return any(self._has_marks(run, one) for one in self._named.get(run.name, Named()).regions)

    def _has_marks(self, run: Run, one: PlaceOrRegion) -> bool:
        near = one.country in {self.country, *spoken_in(self.locale)}  # "pará" is "stop" in Argentina
        return near and self.locale != "vi" and self._signs.has_marks(run, one)  # in Vietnamese all words have marks

    def _as_named(self, run: Run, named: Named) -> NamedPlace | None:
        placed = 2 if run.placed else self.cues.placed(run.start, run.end)
        found = self._country(run, named, placed) or self._accepted(run, named, placed)
        return NamedPlace(run.start, run.end, tuple(found), bool(placed) or self._signs.whole(run)) if found else None

    def _told(self, run: Run) -> NamedPlace | None:
        """Return what people call so in this language, if GeoNames does not know it by this name."""
        name, country = self.cues.roles.called.get(run.name, ("", ""))
        placed = self.cues.placed(run.start, run.end)
        shown = bool(placed) or run.placed or self._signs.whole(run)
        short = run.name.isascii() and len(run.name) <= _SHORT_CALLED and not self._signs.capital(run)
        sign = placed >= 2 or run.placed or self._signs.whole(run) if short else shown
        if name and (short or len(run.name) < SHORT) and not sign and not self.words[run.start].letter:
            return None
        if name and name == country.lower():
            return NamedPlace(run.start, run.end, (Region(country, "", "", 0),), shown)
        listed = self._listed(name)
        cities = [listed] if listed else self.names.cities(name) if name else []
        same: list[PlaceOrRegion] = [city for city in cities if city.country == country]
        if name and (not same or self._signs.is_region(run)):
            same = [region for region in self.names.regions(name) if region.country == country] or same
        if not same or (run.base and not self._base_counts(run)):
            return None
        own = self._accepted(run, self._named.get(run.name, Named()), 2)
        found = [one for one in own if one.country == self.country] or same
        return NamedPlace(run.start, run.end, tuple(found), shown)

    def _called(self, run: Run) -> NamedPlace | None:
        city = self._listed(run.name) if not run.base or run.placed else None
        short = len(run.name) < SHORT and run.name.isascii()
        if not city or (
            short and not (self.cues.placed(run.start, run.end) or self._signs.whole(run) or self._signs.capitals(run))
        ):
            return None
        own = self._named.get(run.name, Named()).places
        others = [one for one in own if one.population >= _NAMESAKE and folded(one.name) == run.name and one != city]
        found = [one for one in (city, *others) if one.country == self.country] or [city, *others]
        return NamedPlace(run.start, run.end, tuple(found), self._shown(run.start, run.end))

    def _listed(self, name: str) -> Place | None:
        """Return the city that people call so, whatever their language: nothing is asked of the file for other words."""
        id_ = PlaceWords.load().called.get(name)
        return self.names.city(id_) if id_ else None

    def _shown(self, start: int, end: int) -> bool:
        """Whether a word beside a name shows that it is a place, or it is a whole short thought."""
        return bool(self.cues.placed(start, end)) or self._signs.whole(Run(start, end, "", False, False))

    def _code(self, run: Run) -> str | None:
        code = _CODES.get(run.name) if run.end - run.start == 1 and not run.base else None
        if code is None:
            return None
        # "usa" is a door in Romanian and "he uses" in Portuguese, "eau" is water, and "us" is us.
        plain = run.name in _PLAIN_CODES and self.locale not in _LATIN_WORDS and not self._signs.ordinary(run.name)
        return code if plain or (self._signs.capitals(run) and not self._signs.all_capitals) else None

    def _base_counts(self, run: Run) -> bool:
        """Whether an ending may be taken away: after "in", or where a capital shows a name."""
        written = joined(self.words[run.start : run.end])
        whole = self._named.get(written)
        if whole and any(one.population >= _HOME and is_own(one, written) for one in whole.places):
            return False
        if written in self.cues.roles.ordinary or written in self.cues.roles.cues:
            return False
        if self._signs.everyday(written) and not self._signs.capital(run):
            named = self._named.get(run.name, Named())
            famous = bool(named.countries) or any(one.population >= _FAMOUS for one in named.places)
            if not famous or written not in self.cues.roles.counted:
                return famous
        return (
            run.placed
            or bool(self.cues.placed(run.start, run.end))
            or self._signs.capital(run)
            or self._signs.whole(run)
        )

    def _countries(self, run: Run, named: Named) -> list[str]:
        """Return the countries that a name means to somebody who writes this language."""
        own = self.locale.partition("-")[0]
        found = []
        for country, language in named.countries:
            arabic = "\u0600" <= run.name[0] <= "\u06ff"
            least = _ARABIC_COUNTRY if arabic else _LATIN_COUNTRY
            english = own not in _ARABIC or (run.name.isascii() and len(run.name) >= SHORT)
            known = language in ("", own) or (language == "en" and english)
            # In a third language a name is believed behind "in" only: "Pakistani" is Pakistan in Albanian.
            known = known or (len(run.name) >= least and (self._shown(run.start, run.end) or not run.name.isascii()))
            if known or not (run.name.isascii() or arabic):
                found.append((country, language in ("", own, "en")))
        best = [country for country, ours in found if ours]
        return list(dict.fromkeys(best or [country for country, _ in found]))

    def _country(self, run: Run, named: Named, placed: int) -> list[PlaceOrRegion]:
        codes = self._countries(run, named)
        if (
            not codes
            or run.name in _CODES
            or (self._signs.short(run) and not (placed >= 2 and self._signs.capital(run)))
        ):
            return []
        if self._signs.ordinary(run.name) and not (placed >= 2 or self._signs.whole(run) or self._signs.capital(run)):
            return []
        # "Dubai" stands among the names of its country, and is nearer than that.
        listed = all(language == "" for _, language in named.countries)
        everything: list[PlaceOrRegion] = [*named.places, *named.regions]
        nearer = [one for one in everything if one.country in codes] if listed else []
        if nearer:
            return ranked(nearer, self.country)[:1]
        others = [one for one in everything if one.country not in codes and namesake(one, run.name)]
        home = [one for one in others if one.country == self.country]
        if home and self.country not in codes:
            return ranked(home, self.country)
        lands: list[PlaceOrRegion] = [Region(code, "", "", 0) for code in codes]
        at_home = [land for land in lands if land.country == self.country]
        return at_home or [*lands, *ranked(others, None)[:2]]

    def _accepted(self, run: Run, named: Named, placed: int) -> list[PlaceOrRegion]:
        found = known_by(run.name, named)
        if named.regions and self.cues.is_region(run.start, run.end):
            own = {self.country, *spoken_in(self.locale)}
            found = [one for one in named.regions if one.country in own] or list(named.regions)
        if not found:
            return []
        counts = [one for one in found if self._counts(run, one, placed)]
        # A small town is heard where nothing larger has its name.
        counts = counts or [
            one for one in found if self._is_rare(run.name) and self._counts(run, one, placed, rare=True)
        ]
        return self._at_home(ranked(counts, self.country)) if counts else []

    def _at_home(self, found: list[PlaceOrRegion]) -> list[PlaceOrRegion]:
        """Return places without small namesakes abroad, where the largest lies in a country of the language."""
        spoken = spoken_in(self.locale)
        if found[0].country not in spoken:
            return found
        return [one for one in found if one.country in spoken or one.population * _FOREIGN > found[0].population]

    def _counts(self, run: Run, one: PlaceOrRegion, placed: int, *, rare: bool = False) -> bool:
        name = run.name
        region = self.cues.is_region(run.start, run.end)
        if isinstance(one, Region) and region:
            return not self._signs.short(run) or one.country in {self.country, *spoken_in(self.locale)}
        common = self._signs.ordinary(name) and not (region and is_own(one, name))
        if (common or self._signs.short(run)) and not self._has_marks(run, one):
            return is_own(one, name) and self._word_counts(run, one, placed)
        shown = placed >= 2 or self._signs.whole(run) or (is_own(one, name) and self._signs.capital(run))
        if isinstance(one, Region) and not shown:
            return is_own(one, name) and not name.isascii() and one.population >= _TWO_LETTERS
        sign = _SIGNS.get(placed) or (PlaceSign.WHOLE if self._signs.whole(run) else PlaceSign.NONE)
        rare = rare and not like_a_word(name, one.country, self.locale)
        written = WrittenName.of(name, self._signs.capital(run), self.cues.roles.latin, rare)
        home, spoken = one.country == self.country, one.country in spoken_in(self.locale)
        spoken = spoken and "from" not in self.cues.kinds_beside(run.start)
        if self.words[run.start].letter and len(name) <= 2 and not home:
            return one.population >= (
                _TWO_LETTERS_PLACED if sign is not PlaceSign.NONE and is_own(one, name) else _TWO_LETTERS
            )
        own = is_own(one, name) or isinstance(one, Region)
        return one.population >= least_people(sign, written, own=own, home=home, base=run.base, spoken=spoken)

    def _word_counts(self, run: Run, one: PlaceOrRegion, placed: int) -> bool:
        """Whether a name that is a word too, or very short, is meant as a place."""
        capital, long = self._signs.capital(run), not self._signs.short(run)
        # Where letters have no capitals, "I am in" shows a large town: "انا في صور", which are pictures too.
        first = self.words[run.start].written[0]
        said = placed > 2 and one.population >= _ALONE and first.lower() == first.upper()
        common = self._signs.everyday(run.name) and not capital and not said
        if one.country == self.country and long and not common:
            return placed >= 2 or self._signs.whole(run)
        return capital and placed >= 2 and one.population >= (_HOME if long else _ALONE)

    def _is_rare(self, name: str) -> bool:
        """Whether a name is no word, and no few words, that people write in messages."""
        words = name.split()
        long = len(words) > 2 and len(name) >= _LONG_NAME
        return long or any(len(word) >= SHORT and not self.names.is_said(word) for word in words)

    def _beside(self, run: Run, named: Named) -> NamedPlace | None:
        """Return a place whose region or country is named beside it."""
        if len(run.name) < SHORT_LETTERS and run.name.isascii():
            return None
        found = [*known_by(run.name, named), *(one for one in named.places if one.population < NOT_OWN)]
        for start, end, areas in self._next_to(run):
            within = [one for one in found if inside(one, areas) and not is_area(one, areas)]
            if within and not (
                self._signs.ordinary(run.name)
                and not (self._signs.capital(run) or self.cues.placed(run.start, run.end))
            ):
                first, last = min(run.start, start), max(run.end, end)
                shown = run.placed or self._shown(run.start, run.end) or self._shown(first, last)
                return NamedPlace(first, last, tuple(ranked(within, None)[:3]), shown)
        return None

    def _next_to(self, run: Run) -> Iterator[tuple[int, int, set[Area]]]:
        for start, end, areas in self._areas:
            gap = (run.end, start) if start >= run.end else (end, run.start)
            if gap[0] > gap[1] or gap[1] - gap[0] > 2:
                continue
            touching = gap[0] == gap[1]
            near = self.words[gap[0] - 1].sentence == self.words[gap[1]].sentence
            # "USA Houston" without a word between them, "Tripoli in Libya" with one.
            if near and (touching or (self.cues.joins(*gap) and (start >= run.end or self.cues.roles.behind))):
                yield start, end, areas

    def _misspelled(self, taken: set[int], any_found: bool) -> Iterator[NamedPlace]:
        tried = 0
        for at, word in enumerate(self.words):
            if at in taken or word.letter or len(word.said) < _SHORTEST_TYPO or self._signs.ordinary(word.said):
                continue
            if self.cues.roles.of_people(word.said):
                continue
            run = Run(at, at + 1, word.said, False, False)
            placed = self.cues.placed(at, at + 1)
            plain = word.said.isascii() or "\u0400" <= word.said[0] <= "\u04ff" or len(word.said) > _LONG
            counts = placed >= 2 and plain and (not self.cues.roles.behind or word.said.isascii())
            if not (counts or (self._signs.whole(run) and not any_found and plain)) or tried >= _MOST_TYPOS:
                continue
            tried += 1
            if self._named.get(word.said) and self._named[word.said].places and not self._signs.cased:
                continue
            found = closest(word.said, self.names, self.locale, self.country)
            # Without a capital, one letter away from a name is mostly another word.
            small = word.said.isascii() and not word.capital and not self._signs.whole(run)
            if small and not self.cues.roles.latin:
                continue
            if found and (not small or (len(word.said) > _SHORTEST_TYPO and people_of(found[0]) >= _TWO_LETTERS)):
                yield NamedPlace(at, at + 1, found, False, typo=True)
