"""The words around a place, found in a message: which of them stand beside it, and which in the same thought."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from resources_directory.places.reading.message_words import Word
from resources_directory.places.reading.role_words import RoleWords

_PLACING = frozenset({"in", "from", "to", "of"})
_SAYING = frozenset({"here", "there", "was", "will", "offer"})
_THERE = frozenset({"here", "there"})
_JOINING = frozenset({"in", "around", "from", "of"})
_KIND_OF_PLACE = frozenset({"around", "region"})
_PAIR = 2  # cues side by side
_MOST_AROUND = 3  # phrases between "in" and the name


@dataclass(frozen=True)
class Cue:
    """A word or a few of one or more lists."""

    kinds: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True)
class Cues:
    """The words of a message, and what each may be a sign of."""

    words: Sequence[Word]
    roles: RoleWords

    def all(self, taken: Sequence[tuple[int, int]] = ()) -> list[Cue]:
        """Return the cues outside the names, the longest at each word."""
        inside = {at for start, end in taken for at in range(start, end)}
        found, at = [], 0
        while at < len(self.words):
            cue = None if at in inside else self._longest(at, inside)
            if cue:
                found.append(cue)
            at = cue.end if cue else at + 1
        return found

    def ending(self, at: int) -> Cue | None:
        """Return the longest cue that ends right in front of a word."""
        return next((cue for cue in self._ending(at)), None)

    def kinds_beside(self, at: int) -> frozenset[str]:
        """Return the lists of the cue right in front of a word."""
        cue = self.ending(at)
        return cue.kinds if cue else frozenset()

    def ends_in(self, cue: Cue) -> bool:
        """Whether a cue says "in", and not "from" with the same word: "in", "I work in"."""
        return "from" not in cue.kinds and ("in" in cue.kinds or "in" in self.kinds_beside(cue.end))

    def beginning(self, at: int) -> Cue | None:
        """Return the longest cue that begins at a word."""
        return self._longest(at, set()) if at < len(self.words) else None

    def joins(self, start: int, end: int) -> bool:
        """Whether these words may stand between a place and its region or country: "in", "of"."""
        cue = self.beginning(start)
        return cue is not None and cue.end == end and not _JOINING.isdisjoint(cue.kinds)

    def placed(self, start: int, end: int) -> int:
        """Say how surely words stand where a place does: 3 after "I live in", 2 after "in", 1 after "I live", else 0."""
        best, at = 2 if self.is_region(start, end) else 0, start
        for _ in range(_MOST_AROUND):
            cue = self.ending(at)
            if cue is None or not self._together(cue.start, start):
                break
            best = max(best, self._strength(cue))
            if "around" not in cue.kinds or self._strength(cue):
                break
            at = cue.start
        after = self.behind_name(end)
        if self.roles.behind and after and self._together(start, end):
            # "X me hu", "X থাকি"; in Hindi "X hu" is also "raha hu".
            verb = self.beginning(after.end) if "in" in after.kinds else after
            lives = 3 if verb and verb.kinds & _THERE else self._strength(after)
            placed = (after.kinds | self._kinds(after.start, after.start + 1)) & _PLACING
            lives = lives if self.roles.attached or placed else min(lives, 1)
            best = max(best, lives if self.words[after.start].clause == self.words[start].clause else 0)
        return best

    def is_region(self, start: int, end: int) -> bool:
        """Whether the words beside a name say that it is a state or a province: "province of", "ज़िला"."""
        before, after = self.ending(start), self.beginning(end)
        if before and "region" in before.kinds and self._together(before.start, end):
            return True
        return bool(after and "region" in after.kinds and self._together(start, after.end))

    def behind_name(self, end: int) -> Cue | None:
        """Return the cue behind a name, and behind a word for what kind of place it is: "झज्जर जिला में"."""
        after = self.beginning(end)
        if after and after.kinds <= _KIND_OF_PLACE and after.end < len(self.words):
            return self.beginning(after.end) or after
        return after

    def _strength(self, cue: Cue) -> int:
        places = cue.kinds & _PLACING or cue.kinds & {"correction", "not"} == cue.kinds
        # "I live in" is one cue, and ends with "in".
        last = any(self._kinds(at, cue.end) & _PLACING for at in range(cue.start + 1, cue.end))
        if cue.kinds & _THERE and (places or last):
            return 3
        return 2 if places or (last and cue.kinds & _SAYING) else 1 if cue.kinds & _SAYING else 0

    def _together(self, start: int, end: int) -> bool:
        return self.words[start].clause == self.words[end - 1].clause

    def _ending(self, at: int) -> Iterator[Cue]:
        for size in self.roles.sizes_to.get(self.words[at - 1].said, ()) if at else ():
            if size <= at and (kinds := self._kinds(at - size, at)):
                yield Cue(kinds, at - size, at)

    def _longest(self, at: int, inside: set[int]) -> Cue | None:
        for size in self.roles.sizes_from.get(self.words[at].said, ()):
            kinds = self._kinds(at, at + size)
            if kinds and not any(one in inside for one in range(at, at + size)):
                return Cue(kinds, at, at + size)
        return None

    def _kinds(self, start: int, end: int) -> frozenset[str]:
        if end > self.run_ends[start]:
            return frozenset()
        if self.words[start].letter:
            return self.roles.cues.get(self.letters[start:end], frozenset())
        return self.roles.cues.get(" ".join(word.said for word in self.words[start:end]), frozenset())

    @cached_property
    def letters(self) -> str:
        """Return the letters of scripts without spaces, each at the place of its word, and a blank for every other word."""
        return "".join(word.said if word.letter else " " for word in self.words)

    @cached_property
    def run_ends(self) -> list[int]:
        """Return for each word where a cue that begins there has to end at the latest."""
        ends = [len(self.words)] * len(self.words)
        for at in range(len(self.words) - 2, -1, -1):
            word, following = self.words[at], self.words[at + 1]
            together = word.clause == following.clause and word.letter == following.letter
            goes_on = together and (following.joined or not word.letter)
            ends[at] = ends[at + 1] if goes_on else at + 1
        return ends


def with_article(before: list[Cue], start: int) -> list[Cue]:
    """Return the cues with "el" as an article in "estoy en el Perú", where it is no "él"."""
    if len(before) < _PAIR:
        return before
    article, ahead = before[:_PAIR]
    beside = article.end == start and ahead.end == article.start
    if not (beside and {"around", "other"} <= article.kinds and ahead.kinds & {"in", "here", "from", "to"}):
        return before
    return [replace(article, kinds=article.kinds - {"other"}), *before[1:]]
