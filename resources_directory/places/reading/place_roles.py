"""What a place is to the writer, by the words around its name: the nearest word that says something counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from resources_directory.places.reading.area_beside import NamedPlace
from resources_directory.places.reading.message_words import Word
from resources_directory.places.reading.role_cues import Cue, Cues, with_article

HERE, WAS, WILL, OTHER, NAME = "here", "was", "will", "other", "name"
_SAYS = {"offer": WILL, "here": HERE, "was": WAS, "will": WILL, "there": HERE}
_NEAR_NOT = 3  # words between "not" and the name
_FINISHED_WITHIN = 6  # words behind the name
_BROUGHT = frozenset({"there", "moved"})
_WAYS = frozenset({"moved", "here", "there", "from", "to"})
_NOT_NOW = frozenset({"will", "offer", "was", "done", "past", "span", "not"})
_YEAR = 4  # digits
_ME_BEFORE, _LETTERS_BEFORE = 2, 6  # words in front of a verb that may tell who was brought, and letters
_BETWEEN = 1  # words between being brought and "from" that nothing is known of: "brought me yesterday from"
_JOINING = frozenset({"in", "around", "from", "of"})
_NEAR_LETTERS = 6  # of a script without spaces
_PAIR = 2  # cues side by side
_SHORT = 4  # words: somebody who answers, or calls for help


class PlaceRole(NamedTuple):
    """What a place is to the writer."""

    name: str
    said: bool  # the words say so, or it stands by itself
    sure: bool  # the words say so, or it is the whole message
    own: bool = False  # the writer is said to be there by more than "in"


@dataclass(frozen=True)
class Roles:
    """The roles of the places that one message names."""

    words: Sequence[Word]
    cues: Cues
    named: Sequence[NamedPlace]

    def all(self) -> list[PlaceRole]:
        """Return the role of each place."""
        found: list[PlaceRole] = []
        for at in range(len(self.named)):
            role = self._role(at)
            found.append(
                self._as_before(at, found) or self._as_its_country(at, role, found) or role or self._without(at, found)
            )
        return found

    def _as_before(self, at: int, found: Sequence[PlaceRole]) -> PlaceRole | None:
        """Return that a stay is over where the same place was said to be so: "I was in Peru, and in Peru they paid"."""
        place = self.named[at]
        over = any(role.name == WAS and one.found == place.found for one, role in zip(self.named, found, strict=False))
        says = over and self._said(at, self._before(at), self._after(at)) == HERE
        return PlaceRole(WAS, True, True) if over and not says else None

    def _as_its_country(self, at: int, role: PlaceRole | None, found: Sequence[PlaceRole]) -> PlaceRole | None:
        """Return the role of a country for a town of it right behind: "a job in Poland, in Poznan"."""
        if role is None or role.own or role.name != HERE or not at or found[-1].name not in (WILL, OTHER, WAS):
            return None
        land, place = self.named[at - 1], self.named[at]
        if found[-1].name == OTHER and self._still_theirs(land.end, place):
            return found[-1]
        between = range(land.end, place.start)
        near = self.words[land.start].sentence == self.words[place.start].sentence
        near = near and place.start - land.end < (_NEAR_LETTERS if self.words[place.start].letter else _NEAR_NOT)
        joins = all(any(cue.start <= word < cue.end and cue.kinds & _JOINING for cue in self._all) for word in between)
        return found[-1] if near and joins and place.found[0].country == land.found[0].country else None

    def _still_theirs(self, start: int, place: NamedPlace) -> bool:
        """Whether nobody else is named since somebody was: "my son went to Thailand and now is in Mae Sot"."""
        same = self.words[start - 1].sentence == self.words[place.start].sentence
        mine = {"me", "here"}
        return same and not any(cue.kinds & mine for cue in self._all if start <= cue.start and cue.end <= place.start)

    @cached_property
    def _all(self) -> list[Cue]:
        return self.cues.all([(place.start, place.end) for place in self.named])

    @cached_property
    def _behind(self) -> bool:
        return self.cues.roles.behind

    @cached_property
    def _verbs_behind(self) -> bool:
        return self._behind or self.cues.roles.verbs_behind

    def _role(self, at: int) -> PlaceRole | None:
        place = self.named[at]
        before, after = self._before(at), self._after(at)
        if self._is_name(place, before, after):
            return PlaceRole(NAME, True, True)
        if self._denied(at, before, after) or self._finished(place, before, after):
            return PlaceRole(WAS, True, True)
        said = self._said(at, before, after)
        if (moved := self._on_the_way(at)) or said:
            return moved or PlaceRole(said or HERE, True, True, own=True)
        beside = self._beside(place)
        if self._person(at, before) and not self._of_me(at):
            # "She is from Nepal" says where somebody else was.
            return PlaceRole(WAS if "from" in beside else OTHER, True, True)
        verb = any("moved" in cue.kinds for cue in (after if self._verbs_behind else before))
        goes = verb and not beside.isdisjoint({"to", "in"})
        over = goes and self._is_over_or_ahead(at)
        if over or (goes and self._moves_me(at)):
            return PlaceRole(WAS if over else HERE, True, True, own=not over)
        role = self._by_preposition(place, before)
        # An ending that says "in" is also the ending of other words.
        return PlaceRole(role, True, sure=not (role == HERE and place.within)) if role else None

    def _on_the_way(self, at: int) -> PlaceRole | None:
        """Return the role of a place between which and another one somebody was brought, or is to go."""
        if at and self._moved_from(at - 1) and self._leads_on(at):
            return self._led_to(at - 1, at)
        if at > 1 and self._moved_from(at - _PAIR) and self._leads_on(at - 1) and self._leads_on(at):
            return self._led_to(at - _PAIR, at)  # the third place of a way
        return PlaceRole(WAS, True, True) if self._moved_from(at) else None

    def _moved_from(self, at: int) -> bool:
        """Whether somebody was brought away from a place: "they brought me from Ghana", and not "two hours from Accra"."""
        place, before = self.named[at], self._before(at)
        behind = self.cues.behind_name(place.end) if self._behind else None
        beside = behind.kinds if behind else frozenset() if self._behind else self._beside(place)
        if "from" not in beside or "in" in beside:
            return False
        follows = at + 1 < len(self.named) and not self._verbs_behind
        high = self.named[at + 1].end if follows else len(self.words)
        if any(cue.kinds & _BROUGHT and place.end <= cue.start < high for cue in self._thought(at)):
            return True  # the verb follows: "से … लाए", "从…送到"
        brought = next((cue for cue in before[1:] if cue.kinds & {*_BROUGHT, "offer", HERE}), None)
        # "In a house of Guadalajara", "I work in a house of Guadalajara".
        if brought is None or any(self.cues.ends_in(cue) for cue in before[:3] if cue.start >= brought.start):
            return False
        told = {word for cue in before for word in range(cue.start, cue.end)}
        untold = sum(word not in told for word in range(brought.end, place.start))
        return untold <= (_BETWEEN if brought.kinds & {*_BROUGHT, "offer"} else 0)

    def _thought(self, at: int) -> list[Cue]:
        """Return all cues in the thought of a place."""
        clause = self.words[self.named[at].start].clause
        return [cue for cue in self._all if self.words[cue.start].clause == clause]

    def _led_to(self, origin: int, at: int) -> PlaceRole:
        """Return the role of the place to which somebody was brought, by what is said in front of where they came from."""
        before = [*self._before(origin), *(self._after(origin) if self._verbs_behind else ())]
        if any(cue.kinds & {"offer", "will"} for cue in self._thought(origin)):
            return PlaceRole(WILL, True, True)
        if self._is_over_or_ahead(origin) or (at + 1 < len(self.named) and self._leads_on(at + 1)):
            return PlaceRole(WAS, True, True)
        mine = self._moves_me(origin)
        other = self._person(origin, before) and not mine
        return PlaceRole(OTHER if other else HERE, True, True, own=mine)

    def _is_over_or_ahead(self, at: int) -> bool:
        """Whether a way was gone long ago, or not yet, or never: "I went to Dubai in 2019", "we will be moved".

        What stands behind is of what happens there: "to Mali, and will not let me go".
        """
        thought, place = self._thought(at), self.named[at]
        verbs = [cue for cue in thought if cue.kinds & _BROUGHT]
        end = max((cue.end for cue in verbs), default=place.start) if self._verbs_behind else place.start
        ahead = any(cue.kinds & _NOT_NOW and cue.kinds.isdisjoint(_WAYS) and cue.end <= end for cue in thought)
        clause = self.words[place.start].clause
        year = any(one.clause == clause and one.said.isdecimal() and len(one.said) == _YEAR for one in self.words)
        return ahead or (year and not any(HERE in cue.kinds and cue.start >= place.end for cue in thought))

    def _moves_me(self, at: int) -> bool:
        """Whether the writer is the one who was brought, whoever brought them: "the agency sent us", "we were sent"."""
        place, thought = self.named[at], self._thought(at)
        moved = [cue for cue in thought if "moved" in cue.kinds]
        if self._verbs_behind:  # "আমাকে … আনছে"
            first = thought[0].start if thought else 0
            return any(self._is_me(first, cue.end) for cue in moved)
        before = _LETTERS_BEFORE if self.words[place.start].letter else _ME_BEFORE
        ahead = [cue for cue in moved if cue.end <= place.start][-1:]
        return any(self._is_me(cue.start - before, place.start) for cue in ahead)

    def _is_me(self, start: int, end: int) -> bool:
        """Whether any of these words, or two of them side by side, mean the writer."""
        known, low = self.cues.roles.cues, max(start, 0)
        said = [word.said for word in self.words[low:end]]
        pairs = [" ".join(two) for two in pairwise(said)]
        letters = any("me" in cue.kinds and low <= cue.start and cue.end <= end for cue in self._all)
        return letters or any("me" in known.get(one, ()) for one in (*said, *pairs))

    def _leads_on(self, at: int) -> bool:
        """Whether a place is where the way from the one before leads: "from Kenya to Dubai"."""
        place, low = self.named[at], self.named[at - 1].end
        near = place.start - low <= _NEAR_NOT and self.words[low - 1].sentence == self.words[place.start].sentence
        brought = self._verbs_behind and any(cue.kinds & _BROUGHT for cue in self._after(at))
        return near and (bool(self._beside(place) & {"to", "in"}) or place.within or brought)

    def _finished(self, place: NamedPlace, before: Sequence[Cue], after: Sequence[Cue]) -> bool:
        """Whether a stay is over: "I was … eight months", "I had been locked up", "in Lepe last year"."""
        says = [cue for cue in before if cue.kinds & {"here", "there"}]
        ends = [cue for cue in after if "done" in cue.kinds and cue.start - place.end < _FINISHED_WITHIN]
        # "我在缅甸待过": in a script without spaces such a word right behind the name is of its verb.
        verb = bool(ends) and ends[0].start == place.end and self.words[place.start].letter
        if ends and (verb or not says) and not self._verbs_behind:
            return True
        past = next((cue for cue in before if "past" in cue.kinds), None)
        if past is None:
            return False
        nearer = before[: before.index(past)]
        says = [cue for cue in nearer if cue in says]
        lasted = any("span" in cue.kinds for cue in (*nearer, *after))
        beside = sum(cue.end - cue.start for cue in nearer if cue.kinds & {"in", "around"}) == place.start - past.end
        return beside or (lasted and not says) or any(cue.start == past.end for cue in says)

    def _by_preposition(self, place: NamedPlace, before: Sequence[Cue]) -> str | None:
        beside = self._beside(place)
        if "from" in beside:
            # "In a house of Guadalajara": where "of" and "from" are one word, "in" decides.
            inside = any("in" in cue.kinds and "from" not in cue.kinds for cue in before[:3])
            return HERE if inside and not self._behind else WAS
        if "in" in beside or place.within:
            return HERE
        return WILL if "to" in beside else None

    def _denied(self, at: int, before: Sequence[Cue], after: Sequence[Cue]) -> bool:
        """Whether the writer says not to be there. "No" alone denies a place only where another follows it."""
        place = self.named[at]
        follows = place.end < len(self.words) and self.words[place.end].clause - self.words[place.end - 1].clause in (
            0,
            1,
        )
        follows = follows and (at + 1 < len(self.named) or self._new_thought(place.end))
        near = [cue for cue in before[:2] if place.start - cue.end < _NEAR_NOT]
        near += [cue for cue in after[:2] if self._verbs_behind and cue.start - place.end < _NEAR_NOT]
        return any("not" in cue.kinds and ("correction" not in cue.kinds or follows) for cue in near)

    def _new_thought(self, start: int) -> bool:
        """Whether a thought begins within two words, as in "not Warsaw, but …"."""
        clause = self.words[start - 1].clause
        return any(word.clause != clause for word in self.words[start : start + 2])

    def _before(self, at: int) -> list[Cue]:
        """Return the cues in front of a place in the same thought, nearest first."""
        place = self.named[at]
        clause = self.words[place.start].clause
        low = self.named[at - 1].end if at else 0
        found: list[Cue] = []
        for cue in reversed([cue for cue in self._all if low <= cue.start and cue.end <= place.start]):
            if self.words[cue.start].clause != clause:
                break
            found.append(cue)
            if "but" in cue.kinds:
                break
        return with_article(found, place.start)

    def _after(self, at: int) -> list[Cue]:
        place = self.named[at]
        clause = self.words[place.end - 1].clause
        high = self.named[at + 1].start if at + 1 < len(self.named) else len(self.words)
        found: list[Cue] = []
        for cue in self._all:
            if cue.start < place.end or cue.end > high:
                continue
            if self.words[cue.start].clause != clause or "but" in cue.kinds or self._parted(place.end, cue.start):
                break
            found.append(cue)
        return found

    def _parted(self, start: int, end: int) -> bool:
        """Whether a blank parts letters of a script without spaces: there it ends a thought."""
        return any(word.letter and not word.joined for word in self.words[start : end + 1])

    def _beside(self, place: NamedPlace) -> frozenset[str]:
        """Return what the words right beside a name are."""
        kinds: frozenset[str] = frozenset()
        at = place.start
        while (cue := self.cues.ending(at)) is not None:
            kinds |= cue.kinds
            if "around" not in cue.kinds:
                break
            at = cue.start
        if self._behind and (after := self.cues.behind_name(place.end)):
            kinds = after.kinds if after.kinds & {"in", "from", "to"} else kinds | after.kinds
        return kinds

    def _is_name(self, place: NamedPlace, before: Sequence[Cue], after: Sequence[Cue]) -> bool:
        if before and before[0].end == place.start and "name" in before[0].kinds:
            return True
        skipped = [cue for cue in before if not cue.kinds & {"around", "from"} or "institution" in cue.kinds]
        if skipped and "institution" in skipped[0].kinds and place.start - skipped[0].end <= 2:
            return True
        behind = [cue for cue in after if not cue.kinds & {"in", "around"} or "institution" in cue.kinds]
        if not behind or "institution" not in behind[0].kinds:
            return False
        # "Bangladesh er dutabas", but not "in Mae Sot without passport".
        return behind[0].start == place.end or self.cues.joins(place.end, behind[0].start)

    def _said(self, at: int, before: Sequence[Cue], after: Sequence[Cue]) -> str | None:
        """Return what the nearest cue says that says something of the place."""
        for cue in self._order(before, after):
            role = next((role for kind, role in _SAYS.items() if kind in cue.kinds), None)
            if role is None:
                continue
            person = self._person(at, before, cue)
            if role == HERE and at and self._verbs_behind and cue in before:
                continue  # a verb between two places is of the first: "I am in Dammam, from Pakistan"
            if role == HERE:
                first = HERE in cue.kinds
                if cue in after and not self._verbs_behind and self._closes(cue, at):
                    return OTHER if person and not self._of_me(at) else HERE
                if self._verbs_behind or cue in before:
                    mine = (first and (self._verbs_behind or not self._nearer(before, cue))) or self._of_me(at)
                    return OTHER if person and not mine else HERE
                continue
            if role == WILL and "offer" in cue.kinds:
                return WILL
            # Behind the name, only what is going to be changes what "in" says.
            if cue in before or self._verbs_behind or role == WILL:
                return OTHER if person and not self._of_me(at) else role
        return None

    def _order(self, before: Sequence[Cue], after: Sequence[Cue]) -> list[Cue]:
        """Return the cues in the order in which they say something of a place."""
        return [*after, *before] if self._verbs_behind else [*before, *after]

    def _closes(self, cue: Cue, at: int) -> bool:
        """Whether a word behind a name ends its thought: "Mukachevo here, I sew"."""
        ends = cue.end == len(self.words) or self.words[cue.end].clause != self.words[cue.end - 1].clause
        gap = not ends and self.words[cue.end].letter and not self.words[cue.end].joined
        return cue.start == self.named[at].end and "there" in cue.kinds and (ends or gap)

    @staticmethod
    def _nearer(before: Sequence[Cue], cue: Cue) -> bool:
        """Whether another person is named between a cue and the place."""
        return any("other" in one.kinds for one in before[: before.index(cue)])

    def _of_me(self, at: int) -> bool:
        """Whether the writer is named nearer to the place than anybody else is: "they locked me up in …"."""
        place = self.named[at]
        low = self._thought_start(place.start)
        persons = [cue for cue in self._all if "other" in cue.kinds and low <= cue.start < place.start]
        after = max((cue.end for cue in persons), default=low)
        known = self.cues.roles.cues
        return any("me" in known.get(word.said, frozenset()) for word in self.words[after : place.start]) or any(
            "me" in cue.kinds and after <= cue.start < place.start for cue in self._all
        )

    def _thought_start(self, at: int) -> int:
        clause = self.words[at].clause
        return next(start for start, word in enumerate(self.words) if word.clause == clause)

    def _person(self, at: int, before: Sequence[Cue], cue: Cue | None = None) -> bool:
        """Whether somebody else is spoken of, who is not with the writer."""
        for one, person in enumerate(before):
            if "other" not in person.kinds or person is cue:
                continue
            beyond = before[one + 1] if one + 1 < len(before) else None
            if not (beyond is not None and "with" in beyond.kinds and beyond.end == person.start):
                return True
        return False

    def _without(self, at: int, found: Sequence[PlaceRole]) -> PlaceRole:
        """Return the role of a place that no word says anything of."""
        place = self.named[at]
        if at and self.words[self.named[at - 1].end - 1].sentence == self.words[place.start].sentence:
            between = self.words[self.named[at - 1].end : place.start]
            before, after = self._before(at - 1), self._after(at - 1)
            if self._denied(at - 1, before, after):
                return PlaceRole(HERE, True, True)
            if len(between) <= 2 and not self._before(at):
                return found[at - 1]
        said = self._alone(place)
        return PlaceRole(HERE, said, said and self._whole)

    def _alone(self, place: NamedPlace) -> bool:
        """Whether a place stands by itself between two signs of punctuation, or in a message of a few words."""
        letters, end = self.words[place.end - 1].letter, place.end
        if (
            letters
            and not (place.start and self.words[place.start].joined)
            and not (end < len(self.words) and self.words[end].joined)
        ):
            return True
        if not letters and len(self.words) <= _SHORT:
            return True
        clause = self.words[place.start].clause
        others = (at for at, word in enumerate(self.words) if word.clause == clause)
        return all(self._placed(at) for at in others)

    @cached_property
    def _whole(self) -> bool:
        """Whether a message is nothing but places."""
        return all(self._placed(at) for at in range(len(self.words)))

    def _placed(self, at: int) -> bool:
        """Whether a word is of a place, or says what kind of place it is."""
        around = ((cue.start, cue.end) for cue in self._all if "around" in cue.kinds)
        return any(start <= at < end for start, end in (*around, *((one.start, one.end) for one in self.named)))
