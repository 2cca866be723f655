"""The query and the result of a search: what somebody is looking for, and what `Finder.find` found."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from resources_directory.model.directory import CountryFloor
from resources_directory.model.hsds import Gender, Kind, Notice, OperatedBy, ServedGroup
from resources_directory.model.line import PhoneLine
from resources_directory.model.place import Place
from resources_directory.ranking.audience import GROWN_AT

_PEOPLE = {"female": "women", "male": "men"}
# How far the search had to go: the place itself, a journey away, the same region, the whole country.
SearchReach = Literal["place", "near", "region", "country"]


@dataclass(frozen=True)
class SearchQuery:
    """A need, a place and conditions. A field left at its default was not stated and excludes nothing."""

    kinds: tuple[Kind, ...]  # most important first; any of them fits
    country: str  # ISO 3166-1 alpha-2
    place: Place | None = None
    region: str | None = (
        None  # GeoNames code, if only the region was named. Without place or region: only the country's lines
    )
    locale: str = "en"  # BCP 47: services that speak it come first
    language: str | None = None  # BCP 47 or ISO 639: only services that speak it ("who speaks Tagalog")
    gender: Gender | None = None
    ages: tuple[int, int] | None = None  # years, the youngest and the oldest that the person may be
    with_children: bool = False
    without_police: bool = False  # no service that is the police, reports to them or admits people through them
    without_papers: bool = False  # no service that asks for a permit
    free: bool = False
    open_now: bool = False
    nearer_than: float | None = None  # km, for "closer"
    without: frozenset[str] = frozenset()  # ids already given, or complained about
    people: frozenset[str] = frozenset()  # what is known of the person, in the words of `for` in an entry
    theirs: frozenset[str] | None = None  # ids of lines for people of one country that are for them; None: not said
    refused: frozenset[str] = frozenset()  # ids of lines that they said are not for them
    unchecked: bool = False  # a demonstration also shows verified rows that no steward has checked yet

    @property
    def person(self) -> frozenset[str]:
        """What is known of the person, in the words of `for` in an entry."""
        genders = frozenset(filter(None, [_PEOPLE.get(self.gender or "")]))
        children = frozenset({"children"} if self.ages and self.ages[1] < GROWN_AT else ())
        return self.people | genders | children


@dataclass(frozen=True)
class Referral:
    """One service as given to a person: facts only, no sentences."""

    id: str
    name: str
    kind: Kind  # the requested kind that it fits
    operated_by: OperatedBy
    number: str  # as dialed in the country
    e164: str | None
    sms: str | None
    sms_word: str | None  # the word to text
    city: str | None  # None: serves the region or the country
    kilometres: float | None  # from the named place
    open_now: bool | None  # None: its hours are not known for sure
    changes_at: datetime | None  # when it next closes or opens, in its own time; None: never, or not known
    always_open: bool
    opening_hours: str | None  # OpenStreetMap syntax, in the service's own time
    languages: tuple[str, ...]  # ISO 639; `mul`: interpreters, or many more languages
    genders: tuple[Gender, ...]  # empty: anybody, or not stated
    minimum_age: int | None
    maximum_age: int | None
    free: bool | None
    notices: tuple[Notice, ...]  # phrases that a caller must read first
    note: str | None  # in English
    checked_on: date | None  # None: no steward has checked it yet
    people: tuple[ServedGroup, ...] = ()  # whom it is for alone
    fits: bool = True  # False: for women, and nobody has said that they are one
    kinds: tuple[Kind, ...] = ()  # all that it helps with, the main kind first
    chat: str | None = None  # URL

    @property
    def country(self) -> str:
        """The country of the service, ISO 3166-1 alpha-2: ids begin with it."""
        return self.id.partition("-")[0].upper()


@dataclass(frozen=True)
class FoundServices:
    """Up to three services, best first, and the national lines. A service that fits worse than a line is left out."""

    services: tuple[Referral, ...]
    reach: SearchReach | None  # of the farthest service given; None: no service, only lines
    lines: tuple[PhoneLine, ...]
    floor: CountryFloor | None = None  # what is left to say; None: something of the country fits
