"""The signs in a message that some of its words are a name: capitals, a whole short thought, and no ordinary word."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from resources_directory.model.place import Place, Region
from resources_directory.places.place_words import PlaceWords
from resources_directory.places.reading.message_words import Word, joined
from resources_directory.places.reading.names_said import Named, Run
from resources_directory.places.reading.role_cues import Cues

SHORT, SHORT_LETTERS = 4, 3  # letters; a shorter name is mostly a word
_METROPOLIS, _TOWN = 500_000, 100_000  # people
_MARKED = 50_000  # people in a place whose name differs from a word by its marks alone
_FEW = 5  # words: an answer, or a correction
_FEW_LETTERS = 40
_ARTICLES = frozenset({"the", "la", "le", "el", "los", "las", "les", "a", "o", "os", "as", "il"})


@dataclass(frozen=True)
class NameSigns:
    """What the words of one message show about a run of them."""

    words: Sequence[Word]
    cues: Cues
    named: Mapping[str, Named]  # what each name of the message may be

    @cached_property
    def cased(self) -> bool:
        """Whether the writer uses capitals, so that a name without one is hardly a name."""
        return any(word.capital and not word.capitals for word in self.words)

    @cached_property
    def all_capitals(self) -> bool:
        """Whether the writer writes in capitals only, so that they show nothing."""
        return all(word.capitals for word in self.words if len(word.said) > 1 and not word.letter)

    def capitals(self, run: Run) -> bool:
        """Whether all of its words are in capitals, as a code is."""
        return all(word.capitals for word in self.words[run.start : run.end])

    def capital(self, run: Run) -> bool:
        """Whether it begins with a capital."""
        return self.words[run.start].capital

    def whole(self, run: Run) -> bool:
        """Whether a name is a whole short thought: an answer, or "no, Dallas"."""
        start, end = run.start, run.end
        alone = (not start or self.words[start - 1].clause != self.words[start].clause) and (
            end == len(self.words) or self.words[end].clause != self.words[end - 1].clause
        )
        letters = self.words[start].letter
        begins = not start or self.words[start - 1].clause != self.words[start].clause or not self.words[start].joined
        if letters and begins and self._takes_back:
            return True
        # "So, what do you say? Poltava, an ordinary school": between commas, with a capital where the writer uses them, also
        # where every sentence begins with one.
        capital = (self.cased and self.capital(run)) or self.words[start].written[0].isupper()
        return alone and (letters or len(self.words) <= _FEW or capital)

    @cached_property
    def _takes_back(self) -> bool:
        """Whether a message begins with "no" or "I mean"."""
        first = self.cues.beginning(0)
        return first is not None and bool(first.kinds & {"correction", "not"}) and len(self.words) <= _FEW_LETTERS

    def ordinary(self, name: str) -> bool:
        """Whether a name is also a word that people write for other reasons."""
        first, _, rest = name.partition(" ")
        if rest and first in _ARTICLES and self._small(name):
            return True
        roles = self.cues.roles
        return name in roles.ordinary or name in roles.cues or self.everyday(name)

    def everyday(self, name: str) -> bool:
        """Whether it is so common a word that it is a place only with a capital, also in the known country."""
        first, _, rest = name.partition(" ")
        if rest and first in _ARTICLES and self._small(name, _TOWN) and not self.named.get(name, Named()).regions:
            return True
        roles = self.cues.roles
        return name in roles.everyday or name in roles.counted or name in PlaceWords.load().words_too

    def _small(self, name: str, people: int = _METROPOLIS) -> bool:
        """Whether no city of this name is large: "the village" is one in Florida, "la plata" one in Argentina."""
        return all(one.population < people for one in self.named.get(name, Named()).places)

    def everyday_word(self, run: Run) -> bool:
        """Whether a word is one of those that without a capital are never a place: "thane me", in the police station."""
        roles, written = self.cues.roles, self._written(run)
        common = run.name in roles.everyday or joined(self.words[run.start : run.end]) in roles.everyday
        if run.name.isascii() and not written.isascii() and not roles.marked & set(written.split()):
            return False  # "cờ đỏ" is no "có đó", "co do"
        return common and not self.words[run.start].written[0].isupper()

    def _written(self, run: Run) -> str:
        words = " ".join(word.written for word in self.words[run.start : run.end])
        return unicodedata.normalize("NFC", words).casefold()

    def is_region(self, run: Run) -> bool:
        """Whether words beside a name, or in it, say that it is a state or a province."""
        first, last = self.cues.beginning(run.start), self.cues.ending(run.end)
        inside = (cue for cue in (first, last) if cue and run.start <= cue.start and cue.end <= run.end)
        return self.cues.is_region(run.start, run.end) or any("region" in cue.kinds for cue in inside)

    def has_marks(self, run: Run, one: Place | Region) -> bool:
        """Whether a name has the marks of the place, and no word has them: "Pará", where "para" is "for"."""
        written = self._written(run)
        marked = (
            len(written) >= SHORT
            and not written.isascii()
            and written not in self.cues.roles.marked
            and one.population >= _MARKED
        )
        return marked and unicodedata.normalize("NFC", one.name).casefold() == written

    def short(self, run: Run) -> bool:
        """Whether it is too short to be a name without a further sign."""
        letters = self.words[run.start].letter
        least = 2 if letters else SHORT if run.name.isascii() else SHORT_LETTERS
        return len(run.name) < least
