"""What an operator finds for a person, worded exactly as the bot would, ready to be put into the conversation.

What the person said of themselves counts here too: somebody who is afraid of the police is not sent where the police
is, and a service that one person could not reach is not given to the next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from bot.conversation.record import Record
from bot.phrases.phrases import SOURCE, Phrasebook
from bot.reporting.complaints import suspended
from bot.settings import Settings
from bot.storage.store import Store
from desk.auth.people import Clock
from desk.console.directory_results import DirectoryResult, ResultReader, line, service
from resources_directory.model.directory import Directory
from resources_directory.model.hsds import Gender
from resources_directory.model.line import PhoneLine
from resources_directory.model.needs import AFRAID_OF_POLICE, GROWN, NEEDS, YOUNG, gender, kinds
from resources_directory.model.place import Place, Region
from resources_directory.model.search_query import SearchQuery
from resources_directory.ranking.line_choice import FLOOR
from resources_directory.search.database import NoDirectory
from resources_directory.search.finder import Finder
from resources_directory.search.place_candidates import PlaceCandidate, candidates

LINES_ONLY = "find_hotline"
CHOICES = (LINES_ONLY, *NEEDS)  # what can be looked for
_MOST, _MOST_LINES = 8, 6


class SearchServices(Protocol):
    """What a search needs of the desk's services."""

    @property
    def store(self) -> Store:
        """The store, which knows what is suspended for now."""

    @property
    def book(self) -> Phrasebook:
        """The phrases."""

    @property
    def settings(self) -> Settings:
        """The settings: a demonstration shows what nobody has checked."""

    @property
    def clock(self) -> Clock:
        """The clock."""

    @property
    def directory_file(self) -> Path:
        """The compiled directory."""


@dataclass(frozen=True)
class SearchWishes:
    """What a service must fit."""

    gender: Gender | None = None
    ages: tuple[int, int] | None = None  # years, the youngest and the oldest that the person can be
    with_children: bool = False
    without_police: bool = False
    without_papers: bool = False
    free: bool = False
    open_now: bool = False
    without: frozenset[str] = frozenset()  # ids to leave out

    @classmethod
    def of(cls, record: Record) -> "SearchWishes":
        """Read what the person said, as the bot does."""
        holds, whom = record.holds, "other" if record.about == "other" else "self"
        signs = {plain["indicator"] for plain in record.marks if plain["who"] == whom}
        grown = record.minor is False and record.about != "other"
        return cls(
            gender=gender(holds),
            ages=YOUNG if record.minor or "young" in holds else GROWN if grown else None,
            with_children="children" in holds,
            without_police=not {"no_police", "no_papers"}.isdisjoint(holds) or not signs.isdisjoint(AFRAID_OF_POLICE),
            without_papers="no_papers" in holds,
            without=frozenset(record.complained),
        )


@dataclass(frozen=True)
class SearchAnswer:
    """What was found, and how the place was understood."""

    near: str = ""  # "Paris, Texas"; empty: no such place is known
    others: tuple[str, ...] = ()  # other places of that name
    services: tuple[DirectoryResult, ...] = ()
    lines: tuple[DirectoryResult, ...] = field(default=())

    def one(self, id: str) -> DirectoryResult | None:
        """Return the result with this id."""
        return next((found for found in (*self.services, *self.lines) if found.id == id), None)


async def search(
    services: SearchServices, need: str, place: str, to: ResultReader, wishes: SearchWishes = SearchWishes()
) -> SearchAnswer:
    """Return services near a place and lines of its country; without a place, lines of the country the person is in."""
    finder = finder_of(services.directory_file)
    if finder is None:
        # Without a compiled directory there are still the national lines of the country files.
        return SearchAnswer(
            to.country or "", lines=_lines(services, Directory.load(), need, to.country or "", (to, wishes))
        )
    readings = (
        candidates(finder, place, to.country) if place.strip() else [PlaceCandidate(to.country)] if to.country else []
    )
    if not readings:
        return SearchAnswer()
    names = [reading.label(finder, SOURCE) for reading in readings]
    held = await suspended(services.store, services.clock())
    asked = (to, replace(wishes, without=wishes.without | held))
    near = _services(services, finder, need, readings[0], asked) if need in NEEDS else ()
    lines = _lines(services, finder.directory(), need, readings[0].country, asked)
    return SearchAnswer(names[0], tuple(names[1:]), near, lines)


def place_of(services: SearchServices, record: Record) -> str:
    """Return the place that a person named, as the search understands it; empty if none is known."""
    finder = finder_of(services.directory_file)
    place = finder.gazetteer().by_id(record.place) if finder and record.place is not None else None
    return finder.gazetteer().label(place, SOURCE) if finder and place else ""


def _services(
    services: SearchServices, finder: Finder, need: str, where: PlaceCandidate, asked: tuple[ResultReader, SearchWishes]
) -> tuple[DirectoryResult, ...]:
    to, wishes = asked
    now = datetime.fromtimestamp(services.clock(), UTC)
    query = SearchQuery(
        kinds=kinds(need, wishes.ages == YOUNG),
        country=where.country,
        place=where.place if isinstance(where.place, Place) else None,
        region=where.place.code if isinstance(where.place, Region) else None,
        locale=to.locale,
        gender=wishes.gender,
        ages=wishes.ages,
        with_children=wishes.with_children,
        without_police=wishes.without_police,
        without_papers=wishes.without_papers,
        free=wishes.free,
        open_now=wishes.open_now,
        without=wishes.without,
        unchecked=services.settings.directory_unchecked,
    )
    return tuple(service(services.book, one, to, now) for one in finder.find(query, now, _MOST).services)


def _lines(
    services: SearchServices, directory: Directory, need: str, country: str, asked: tuple[ResultReader, SearchWishes]
) -> tuple[DirectoryResult, ...]:
    to, wishes = asked
    wanted = kinds(need, wishes.ages == YOUNG) if need in NEEDS else FLOOR
    known = directory.lines(country, wanted, _MOST_LINES + len(wishes.without))
    return tuple(line(services.book, one, to) for one in list(_fitting(known, wishes))[:_MOST_LINES])


def _fitting(known: Sequence[PhoneLine], wishes: SearchWishes) -> Iterator[PhoneLine]:
    """Leave out what did not work, and the police for those afraid of it, unless no other line is left."""
    left = [one for one in known if one.id not in wishes.without] or known
    calm = [one for one in left if not one.about_police] if wishes.without_police else left
    yield from calm or left


def finder_of(path: Path) -> Finder | None:
    """Open the compiled directory; None if there is none."""
    try:
        return _opened(path)
    except NoDirectory:
        return None  # it may be built while we run


@cache
def _opened(path: Path) -> Finder:
    return Finder(path)
