"""The wish for a line: what is asked for, what is known of who asks, and which lines that fits."""

import re
from dataclasses import dataclass

from resources_directory.model.line import PhoneLine
from resources_directory.model.needs import WORK
from resources_directory.places.spelling import folded
from resources_directory.ranking.audience import VIOLENCE, is_for_children, is_for_others, is_grown, refuses, suits
from resources_directory.ranking.nationality import is_mainly, is_second, is_shared, languages_of, speaks_like
from resources_directory.ranking.spoken_languages import ONLY_OTHERS, foreignness, is_for_speakers_of_others

EXPLOITATION = "trafficking"
SEAFARERS = "seafarers"
CONSULATE, _MEDICAL, _CHILD, _MISSING = "consulate", "medical", "child", "missing"
_NO_CHILDREN = frozenset({"men", "lgbt"})  # a line for children that also takes violence at home takes women
GROWN = "grown"  # known of the person: no child
_PARTS = re.compile(r"[,:()]| and ")
_LONG = 4  # letters of a word that names a place: "of", "the", "and" do not
_NO_DOCTORS = frozenset({EXPLOITATION, VIOLENCE})  # kinds


@dataclass(frozen=True)
class LineWish:
    """What is asked for, and what is known of who asks."""

    kinds: tuple[str, ...]  # most wanted first; none: exploitation
    limit: int
    language: str | None = None  # BCP 47
    avoid_police: bool = False
    people: frozenset[str] = frozenset()
    theirs: frozenset[str] | None = None  # ids of the lines for people of one country that are for them; None: not said
    without: frozenset[str] = frozenset()  # ids of lines that they said are not for them
    near: str = ""  # names of the person's town and its region; empty: not known

    @property
    def wanted(self) -> tuple[str, ...]:
        """The kinds that fit: somebody who needs a doctor is not answered by who helps after violence."""
        left = tuple(kind for kind in dict.fromkeys(self.kinds) if not (self.is_medical and kind in _NO_DOCTORS))
        return left or (EXPLOITATION,)

    @property
    def person(self) -> frozenset[str]:
        """What is known of the person; who asks for a line for seafarers works on a ship, or asks for somebody who does."""
        return self.people | ({SEAFARERS} & set(self.kinds))

    @property
    def is_work(self) -> bool:
        """Whether an adult asks about work or papers."""
        asked = set(self.kinds) - {EXPLOITATION}
        return bool(asked) and asked <= WORK and is_grown(self.people)

    @property
    def is_medical(self) -> bool:
        """Whether a doctor is asked for before anything else."""
        return self.kinds[:1] == (_MEDICAL,)

    @property
    def about_a_child(self) -> bool:
        """Whether a child is meant."""
        return not is_grown(self.people) or _CHILD in self.kinds

    def may_call(self, line: PhoneLine) -> bool:
        """Whether the line takes this person at all, as far as anybody knows."""
        if refuses(line.people, line.ages, self.people) or (self.avoid_police and line.about_police):
            return False
        if line.id in self.without or self._is_for_children_alone(line) or self._is_for_other_people(line):
            return False
        if line.region and self.near and not self._serves_here(line.region):
            return False
        # The consulate of another country hangs up.
        return CONSULATE not in line.kinds or self._may_be_a_national(line)

    def fits(self, line: PhoneLine) -> bool:
        """Whether a line is for such a person in such a need; of the others one may fill an answer."""
        if is_for_children(line.kinds, line.people, line.ages) and not self.about_a_child:
            return False
        if line.kinds[0] == _MISSING and _MISSING not in self.kinds:
            return False  # who looks for missing children does not look after one who is beaten
        no_child = self.is_work or not _NO_CHILDREN.isdisjoint(self.people)
        if no_child and self._is_mainly_for_children(line) and self.wanted[0] not in line.kinds:
            return False
        return suits(line.people, self.people, self.kinds)

    def is_theirs(self, line: PhoneLine) -> bool:
        """Whether a line for people of one country is plainly for this person: as said, or by a language of that country alone."""
        if self.theirs is not None or not line.nationals:
            return line.id in (self.theirs or ())
        return self.language is not None and not is_shared(self.language) and is_mainly(self.language, line.nationals)

    def is_for_speakers_of_others(self, line: PhoneLine) -> bool:
        """Whether a line was made for people who speak certain foreign languages, and this person writes another one."""
        if self.language is None or line.worldwide or line.nationals:
            return False
        return is_for_speakers_of_others(line.languages, self.language, languages_of(line.country))

    def comes_last(self, line: PhoneLine) -> bool:
        """Whether a line comes after those for everybody: for people of one country, or for children before anybody else."""
        if line.about_police:
            return False  # it comes after all others anyway
        return (bool(line.nationals) and CONSULATE not in self.wanted) or self._is_mainly_for_children(line)

    def is_for_others(self, line: PhoneLine) -> bool:
        """Whether a line is for a group that the person is not known to belong to, or an unasked consulate of others."""
        if is_for_others(line.people, line.ages, self.person):
            return True
        # A consulate helps its own nationals; nobody is asked for their nationality, but their language may say it.
        spoken = self.language is not None and foreignness(line.languages, self.language) == 0
        mine = spoken or line.id in (self.theirs or ())
        return CONSULATE in line.kinds and CONSULATE not in self.wanted and not mine

    def _is_for_children_alone(self, line: PhoneLine) -> bool:
        """Whether a line is for children and nobody else, and the person has said that they are grown."""
        return GROWN in self.people and not self.about_a_child and is_for_children(line.kinds, line.people, line.ages)

    def _is_for_other_people(self, line: PhoneLine) -> bool:
        """Whether a line is for people of another country than theirs, once they have said which that is."""
        return bool(line.nationals) and self.theirs is not None and line.id not in self.theirs

    def _serves_here(self, region: str) -> bool:
        """Whether one of the parts of a country that are named is where the person is: "Lombardy, Piedmont and Rome"."""
        here = {word for word in folded(self.near).split() if len(word) >= _LONG}
        parts = [{word for word in folded(part).split() if len(word) >= _LONG} for part in _PARTS.split(region)]
        return any(part and part <= here for part in parts)

    def _is_mainly_for_children(self, line: PhoneLine) -> bool:
        """Whether children are what a line is for, whatever else it does, and no child is meant."""
        return line.kinds[0] == _CHILD and not self.about_a_child

    def _may_be_a_national(self, line: PhoneLine) -> bool:
        if self.language is None or line.id in (self.theirs or ()):
            return True
        asked = CONSULATE in self.wanted
        if foreignness(line.languages, self.language) == ONLY_OTHERS:
            return asked and not line.nationals
        # A language of many countries tells nobody's nationality, but most of them whose it is not.
        shared, like = is_shared(self.language), speaks_like(self.language, line.nationals)
        mine = asked and (like or is_second(self.language)) if shared else like
        return not line.nationals or mine
