"""What somebody looks for, and what was found: the two ends of `find`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from resources_directory.model.hsds import Gender, Kind, Notice, OperatedBy
from resources_directory.model.line import PhoneLine
from resources_directory.model.place import Place

# How far the search had to go: the place itself, a journey away, the same region, the whole country.
SearchReach = Literal["place", "near", "region", "country"]


@dataclass(frozen=True)
class Wish:
    """A need and a place, and what must hold. What is left at its default was not said and shuts nothing out."""

    kinds: tuple[Kind, ...]  # in the order of their weight; any of them fits
    country: str  # ISO 3166-1 alpha-2
    place: Place | None = None
    region: str | None = (
        None  # by the code of GeoNames, where only the region was named. Neither: only lines of the country
    )
    locale: str = "en"  # BCP 47: services that speak it come first
    language: str | None = None  # BCP 47 or ISO 639: only services that speak it ("who speaks Tagalog")
    gender: Gender | None = None
    ages: tuple[int, int] | None = None  # years, the least and the most that the person may be
    with_children: bool = False
    without_police: bool = False  # none that is the police, passes on to it, or is entered through it
    without_papers: bool = False  # none that asks for a permit
    free: bool = False
    open_now: bool = False
    nearer_than: float | None = None  # km: "closer"
    without: frozenset[str] = frozenset()  # ids that were given before, or complained about
    unchecked: bool = False  # a demonstration also shows verified rows that no steward has checked yet


@dataclass(frozen=True)
class Referral:
    """One service as it is given to a person: facts only, no sentence."""

    id: str
    name: str
    kind: Kind  # the wished kind that it fits
    operated_by: OperatedBy
    number: str  # as dialled in the country
    e164: str | None
    sms: str | None
    sms_word: str | None  # the word to text
    city: str | None  # None: serves the region or the country
    kilometres: float | None  # from the place that was named
    open_now: bool | None  # None: its hours are not known for sure
    changes_at: datetime | None  # when it closes or opens next, in its own time; None: never, or not known
    always_open: bool
    opening_hours: str | None  # the form of OpenStreetMap, in the service's own time
    languages: tuple[str, ...]  # ISO 639; `mul`: interpreters or many more
    genders: tuple[Gender, ...]  # empty: anybody, or not stated
    minimum_age: int | None
    maximum_age: int | None
    free: bool | None
    notices: tuple[Notice, ...]  # phrases that a caller must read first
    note: str | None  # in English
    checked_on: date | None  # None: no steward has looked yet


@dataclass(frozen=True)
class Found:
    """Up to three services, best first; when there is none, or beside few, the national lines, which are the floor."""

    services: tuple[Referral, ...]
    reach: SearchReach | None  # of the furthest service that is given; None: no service, only lines
    lines: tuple[PhoneLine, ...]
