"""The compiled directory, as actions ask it: services near a place, places by what people type, lines of a country.

The engine's process learns from its settings where the file is. Where there is none, or it cannot be read, the lines of
the country files are still given: they are the floor.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Protocol, TypeVar

from bot import logs
from bot.settings import Settings
from resources_directory.model.directory import Directory
from resources_directory.model.line import PhoneLine
from resources_directory.model.place import Place, Region
from resources_directory.model.search_query import FoundServices, SearchQuery
from resources_directory.places.whereabouts import Whereabouts
from resources_directory.search.database import NoDirectory
from resources_directory.search.finder import Finder

_Answer = TypeVar("_Answer")
_MOST = 12  # places of one name that are looked at


class Places(Protocol):
    """What is asked of the gazetteer."""

    def find(self, text: str, country: str | None = None, limit: int = 5) -> list[Place | Region]:
        """Give what a short text may mean, best first."""

    def whereabouts(
        self, text: str, locale: str, country: str | None, asked: bool, near: Sequence[str] = (), /
    ) -> Whereabouts:
        """Give what a message says of where the writer is."""

    def namesakes(self, name: str) -> list[Place | Region]:
        """Give large places with the name of a country that they do not lie in."""

    def ambiguous(self, found: list[Place | Region]) -> list[Place | Region]:
        """Give those to ask about, or none."""

    def by_id(self, id_: int, /) -> Place | None:
        """Give a place by its number."""

    def label(self, place: Place | Region, locale: str) -> str:
        """Give "Paris, France" for a reader."""


class Search(Protocol):
    """What is asked of the compiled file."""

    def find(self, query: SearchQuery, now: datetime) -> FoundServices:
        """Give what fits a query."""

    def service(self, id: str, /) -> PhoneLine | None:
        """Give a service near a place by its id, as a line that can be asked about."""

    def directory(self) -> Directory:
        """Give emergency numbers and national lines."""

    def gazetteer(self) -> Places:
        """Give the places."""


@dataclass(frozen=True)
class Source:
    """Where actions look."""

    search: Search | None
    unchecked: bool = False  # a demonstration
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    zone: str = "UTC"  # IANA; of the organisation's clocks, where it has set no other


_used: list[Source] = []


def use(source: Source | None) -> None:
    """Look here from now on; None: where the settings say."""
    _used[:] = [source] if source else []


def source() -> Source:
    """Give where to look."""
    if not _used:
        settings = Settings.from_env()
        try:
            found = Finder(settings.directory_file)
        except NoDirectory:
            return Source(None, zone=settings.time_zone)  # it may be built while we run
        _used.append(Source(found, settings.directory_unchecked, zone=settings.time_zone))
    return _used[0]


def services_of(query: SearchQuery) -> FoundServices | None:
    """Give what fits a query; None where nothing can be searched."""
    return _asked(lambda search: search.find(query, source().now()), lambda: None)


def service_near(id: str) -> PhoneLine | None:
    """Give a service near a place by its id, as a line that can be asked about; None where it is known no more."""
    return _asked(lambda search: search.service(id), lambda: None)


def directory() -> Directory:
    """Give the emergency numbers and national lines."""
    return _asked(lambda search: search.directory(), _of_the_files)


def places_named(text: str, country: str | None = None) -> list[Place | Region]:
    """Give the place that a short text means, those that it may mean, or nothing; in the country if any lies there."""
    return _asked(lambda search: _named(search.gazetteer(), text, country), list)


def whereabouts(
    text: str, locale: str, country: str | None, asked: bool, near: Sequence[str] = ()
) -> Whereabouts | None:
    """Give what a message says of where the writer is; None where no places are known."""
    return _asked(lambda search: search.gazetteer().whereabouts(text, locale, country, asked, near), lambda: None)


def namesakes(name: str, country: str) -> list[Place | Region]:
    """Give the place that has the name of this country and lies elsewhere, the two or three of them, or nothing."""
    known: list[Place | Region] = _asked(lambda search: search.gazetteer().namesakes(name), list)
    elsewhere = [one for one in known if one.country != country]
    return _asked(lambda search: _or_all(search.gazetteer(), elsewhere), list)


def place(id: int | None) -> Place | None:
    """Give a place by its number in GeoNames."""
    return _asked(lambda search: search.gazetteer().by_id(id), lambda: None) if id is not None else None


def label(place: Place | Region, locale: str) -> str:
    """Give the name of a place for a reader."""
    return _asked(lambda search: search.gazetteer().label(place, locale), lambda: place.name)


def there() -> bool:
    """Tell whether services near a place can be looked for."""
    return source().search is not None


def _asked(question: Callable[[Search], _Answer], otherwise: Callable[[], _Answer]) -> _Answer:
    search = source().search
    try:
        return question(search) if search else otherwise()
    except (OSError, sqlite3.Error, ValueError):
        # A file that is broken must not silence anybody: there are other numbers.
        logs.failure("directory_failed")
        return otherwise()


def _named(gazetteer: Places, text: str, country: str | None) -> list[Place | Region]:
    return _or_all(gazetteer, gazetteer.find(text, country, limit=_MOST))


def _or_all(gazetteer: Places, found: list[Place | Region]) -> list[Place | Region]:
    return gazetteer.ambiguous(found) or found[:1]


@cache
def _of_the_files() -> Directory:
    return Directory.load()
