"""`quietline directory questions`: prints what the directory gives for each of a file of questions.

No program can say whether an answer is good: beside it stands what a good one has, for a reader who knows the field.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from bot.settings import Settings
from commands.directory.search import SearchOptions, floor_rows, query_of
from commands.runtime.preparation import directory_built
from resources_directory.model.directory import CountryFloor
from resources_directory.model.hsds import Kind, ServedGroup
from resources_directory.model.line import PhoneLine
from resources_directory.model.needs import NEEDS, kinds
from resources_directory.model.opening_hours import ALWAYS
from resources_directory.model.search_query import FoundServices, Referral
from resources_directory.ranking.spoken_languages import MANY
from resources_directory.search.finder import Finder
from resources_directory.search.place_candidates import candidates

QUESTIONS = Path(__file__).parents[2] / "tests" / "evaluation" / "directory" / "questions.tsv"
NO_POLICE = "no_police"
_GROUPS = frozenset({*get_args(ServedGroup), NO_POLICE})
_FIELDS = 5


class UnreadableQuestion(Exception):
    """A line that asks nothing; the text says where it stands and why."""


@dataclass(frozen=True)
class DirectoryQuestion:
    """Who asks for what, where, and what a good answer has."""

    need: str
    groups: frozenset[str]  # what is known of the person
    place: str
    locale: str
    asks: str
    wanted: str

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of help that answer it."""
        return kinds(self.need, young=False) if self.need in NEEDS else (self.need,)

    def options(self, unchecked: bool) -> SearchOptions:
        """Return the search that the hotline would make."""
        people = self.groups - {NO_POLICE}
        return SearchOptions(
            self.need, self.place, self.locale, unchecked, people=people, without_police=NO_POLICE in self.groups
        )


def questions(file: Path) -> Iterator[DirectoryQuestion]:
    """Yield the questions of a file; raises UnreadableQuestion. Empty lines and those that begin with # are none."""
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield _question(f"{file.name}:{number}", line.split("\t"))


def answer_ours(settings: Settings) -> int:
    """Answer our own questions, with what the hotline gives today."""
    return answer_all(directory_built(settings), QUESTIONS, settings.directory_unchecked)


def answer_all(path: Path, file: Path, unchecked: bool) -> int:
    """Print every answer. Return 1, after a sentence, if a question cannot be read or a place is unknown. Raises NoDirectory."""
    finder = Finder(path)
    try:
        asked = list(questions(file))
    except (OSError, UnreadableQuestion) as error:
        print(error, file=sys.stderr)
        return 1
    helped, unknown = 0, 0
    for number, question in enumerate(asked, 1):
        found = _found(finder, question, unchecked)
        unknown += found is None
        helped += bool(found and _fits(found))
        print(f"{number}. {question.asks}. {_head(question)}\n   good: {question.wanted}")
        print(*(_answer(found, question.kinds) if found else ["   no such place is known"]), "", sep="\n")
    print(f"{helped} of {len(asked)} are given a number that fits.")
    return 1 if unknown else 0


def _question(stands: str, fields: list[str]) -> DirectoryQuestion:
    if len(fields) != _FIELDS or not all(field.strip() for field in fields):
        raise UnreadableQuestion(f"{stands}: not need, place, locale, who asks and what is good, with tabs between.")
    need, _, known = fields[0].partition("/")
    groups = frozenset(filter(None, known.split(",")))
    if need not in (*NEEDS, *get_args(Kind)) or not groups <= _GROUPS:
        raise UnreadableQuestion(f"{stands}: {fields[0]!r} is no need, or names a group that no entry has.")
    return DirectoryQuestion(need, groups, *fields[1:])


def _found(finder: Finder, question: DirectoryQuestion, unchecked: bool) -> FoundServices | None:
    places = candidates(finder, question.place)
    return finder.find(query_of(question.options(unchecked), places[0]), datetime.now(UTC)) if places else None


def _fits(found: FoundServices) -> bool:
    return any(one.fits for one in found.services) or any(line.fits for line in found.lines)


def _head(question: DirectoryQuestion) -> str:
    known = f", {', '.join(sorted(question.groups))}" if question.groups else ""
    return f"[{question.need}{known}; {question.place}; {question.locale}]"


def _answer(found: FoundServices, needs: Sequence[str]) -> Iterator[str]:
    urgent = found.floor is not None and found.floor.urgent
    emergency = list(_emergency(found.floor, needs))
    yield from emergency if urgent else ()
    yield from map(_service, found.services)
    yield from map(_line, found.lines)
    if not (found.services or found.lines):
        yield "   nothing"
    for kind, name, number in floor_rows(found):
        yield f"   left   {name}: {number} [{kind}]" if number else f"   left   {name} [{kind}]"
    yield from () if urgent else emergency


def _emergency(floor: CountryFloor | None, needs: Sequence[str]) -> Iterator[str]:
    if floor and floor.emergency:
        place = "first" if floor.urgent else "last "
        number = floor.emergency.for_need(needs)
        yield f"   {place}  For an emergency: {number}{_warned(floor.emergency.notices_for(needs))}"


def _service(one: Referral) -> str:
    where = one.city or "the region"
    far = "" if one.kilometres is None else f", {one.kilometres:.0f} km"
    return f"   {_fit(one.fits)}  {one.name}: {one.number} [{one.kind}; {where}{far}]{_told(one, one.people)}"


def _line(line: PhoneLine) -> str:
    kinds = ", ".join(line.kinds)
    return f"   {_fit(line.fits)}  {line.name}: {line.number} [{kinds}]{_told(line, (*line.nationals, *line.people))}"


def _fit(fits: bool) -> str:
    return "fits " if fits else "other"


def _told(one: Referral | PhoneLine, people: tuple[str, ...]) -> str:
    """Return for whom it is, in which languages and when, as far as that is known, and what to know before."""
    whom = f" for {', '.join(people)}" if people else ""
    named = ["many languages" if code == MANY else code for code in one.languages]
    spoken = f" in {', '.join(named)}" if named else ""
    hours = ALWAYS if one.always_open else one.opening_hours
    return f"{whom}{spoken}{f' open {hours}' if hours else ''}{_warned(one.notices)}"


def _warned(notices: tuple[str, ...]) -> str:
    return f" ({', '.join(notices)})" if notices else ""
