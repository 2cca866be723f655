"""A small directory with the signatures of the compiled one: a few towns, a few services, and every query that was made."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from bot.text.cleaning import clean, words
from resources_directory.model.directory import Directory
from resources_directory.model.hsds import ABOUT_POLICE
from resources_directory.model.line import PhoneLine, line_near
from resources_directory.model.place import Place, Region
from resources_directory.model.search_query import FoundServices, Referral, SearchQuery, SearchReach
from resources_directory.places.country_names import country_of
from resources_directory.places.mentions import Mention
from resources_directory.places.whereabouts import Whereabouts, whereabouts

NOW = datetime(2026, 12, 2, 15, 0, tzinfo=UTC)  # a Wednesday


def _place(id: int, name: str, country: str, region: str, people: int = 1_000_000) -> Place:
    return Place(id, name, country, region, region, 0.0, 0.0, people, "UTC")


HOUSTON = _place(1, "Houston", "US", "Texas")
PARIS = _place(2, "Paris", "FR", "Ile-de-France")
PARIS_TEXAS = _place(3, "Paris", "US", "Texas", 250_000)
DUBAI = _place(4, "Dubai", "AE", "Dubai")
DELHI = _place(5, "Delhi", "IN", "Delhi")
GRANADA = _place(6, "Granada", "ES", "Andalusia", 230_000)
EAST_LONDON = _place(7, "East London", "ZA", "Eastern Cape", 480_000)
TEXAS = Region("US", "Texas", "Texas", 20_000_000)
NAMES: dict[str, list[Place | Region]] = {
    "houston": [HOUSTON],
    "houston tx": [HOUSTON],
    "paris": [PARIS, PARIS_TEXAS],
    "dubai": [DUBAI],
    "دبي": [DUBAI],
    "दिल्ली": [DELHI],
    "77002": [HOUSTON],
    "texas": [TEXAS],
    "granada": [GRANADA],
    "east london": [EAST_LONDON],
    "georgia": [Region("US", "Georgia", "Georgia", 3_000_000)],
}
SAY_HERE = {"in", "near", "في", "में"}  # words that say that the writer is in the place they name
LETTERS = {"us", "uk"}  # countries as two letters
MOST_WORDS = 2  # of a name in NAMES


def service(id: str, **other: Any) -> Referral:
    """Return a service in Houston that was checked and is open."""
    usual = Referral(
        id=id,
        name=id.removeprefix("us-").replace("-", " ").title(),
        kind="shelter",
        operated_by="ngo",
        number="713 555 0100",
        e164=None,
        sms=None,
        sms_word=None,
        city="Houston",
        kilometres=1.0,
        open_now=True,
        changes_at=None,
        always_open=False,
        opening_hours=None,
        languages=(),
        genders=(),
        minimum_age=None,
        maximum_age=None,
        free=None,
        notices=(),
        note=None,
        checked_on=date(2026, 12, 1),
    )
    return replace(usual, **other)


@dataclass
class SmallDirectory:
    """What a test puts into it is found near Houston; queries are remembered."""

    services: list[Referral] = field(default_factory=lambda: [service("us-first-house"), service("us-second-house")])
    reach: SearchReach = "place"
    queries: list[SearchQuery] = field(default_factory=list)

    def find(self, query: SearchQuery, now: datetime) -> FoundServices:
        """Return the services that fit, near Houston only."""
        self.queries.append(query)
        fitting = [one for one in self.services if _fits(one, query)] if _in_texas(query) else []
        lines = country_files().lines(query.country, query.kinds)
        return FoundServices(tuple(fitting[:3]), self.reach if fitting else None, tuple(lines))

    def service(self, id: str, /) -> PhoneLine | None:
        """Return one of them as a line that can be asked about."""
        one = next((one for one in self.services if one.id == id), None)
        return line_near(id, {**asdict(one), "kinds": one.kinds or (one.kind,)}) if one else None

    def directory(self) -> Directory:
        """Return the country files."""
        return country_files()

    def gazetteer(self) -> "SmallGazetteer":
        """Return the towns."""
        return SmallGazetteer()


class SmallGazetteer:
    """A few towns."""

    def find(self, text: str, country: str | None = None, limit: int = 5) -> list[Place | Region]:
        """Return the places of a name."""
        found = NAMES.get(" ".join(words(clean(text))), [])
        return ([place for place in found if place.country == country] or found)[:limit]

    def whereabouts(
        self, text: str, locale: str, country: str | None, asked: bool, near: Sequence[str] = ()
    ) -> Whereabouts:
        """Return where the writer is: every place that is named is meant as that, surely so behind a word that says it."""
        found = list(self._mentions(text, country))
        return whereabouts(found, country=country, asked=asked, corrected=False, near=near)

    def _mentions(self, text: str, country: str | None) -> Iterator[Mention]:
        said, at = words(clean(text)), 0
        # A message that is nothing else than a name is an answer.
        sure = not SAY_HERE.isdisjoint(said) or bool(self._meant(" ".join(said), country))
        while at < len(said):
            names = [" ".join(said[at : at + length]) for length in range(MOST_WORDS, 0, -1)]
            name = next((name for name in names if self._meant(name, country)), said[at])
            if found := self._meant(name, country):
                yield Mention(name, at, found, "here", sure)
            at += len(name.split())

    def _meant(self, name: str, country: str | None) -> tuple[Place | Region, ...]:
        also = country_of(name) if len(name) > 2 or name in LETTERS else None
        found = [*self.find(name), *([Region(also, "", "", 0)] if also else [])]
        return tuple([one for one in found if one.country == country] or found)

    def namesakes(self, name: str) -> list[Place | Region]:
        """Return the places with the name of a country."""
        return [place for place in self.find(name) if place.name in ("Georgia", "Granada")]

    def ambiguous(self, found: list[Place | Region]) -> list[Place | Region]:
        """Return the places of one name."""
        return found[:3] if len(found) > 1 else []

    def by_id(self, id: int) -> Place | None:
        """Return a place by its number."""
        return next(
            (place for place in (HOUSTON, PARIS, PARIS_TEXAS, DUBAI, DELHI, GRANADA, EAST_LONDON) if place.id == id),
            None,
        )

    def label(self, place: Place | Region, locale: str) -> str:
        """Return a name that says which one is meant."""
        return f"{place.name}, {'Texas' if place.country == 'US' else place.country}"


@cache
def country_files() -> Directory:
    """Return the emergency numbers and national lines: read once, since a random walk asks for them a thousand times."""
    return Directory.load()


def first_number(country: str) -> str:
    """Return the number of the first line of a country: which one that is, stewards decide."""
    return country_files().lines(country, limit=1)[0].number


def _in_texas(query: SearchQuery) -> bool:
    return query.place == HOUSTON or (query.country, query.region) == ("US", "Texas")


def _fits(one: Referral, query: SearchQuery) -> bool:
    return not (
        one.id in query.without
        or (query.gender and one.genders and query.gender not in one.genders)
        or (query.without_police and ABOUT_POLICE & set(one.notices))
        or (query.open_now and not one.open_now)
        or (query.free and not one.free)
        or (query.language and query.language not in one.languages)
        or (query.nearer_than and (one.kilometres or 0) >= query.nearer_than)
        or (query.ages and one.minimum_age and query.ages[1] < one.minimum_age)
    )
