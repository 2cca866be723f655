"""The search for services that fit a query, ranked by distance, hours, language and last check (docs/finding.md).

The cost depends on the answer, not on the size of the directory: rings around the place grow until there is enough,
and a ring is one query of an R*Tree whose third dimension is the kind of help. A row whose check has expired is left out.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from heapq import heapify, heappop
from pathlib import Path
from typing import Any, NamedTuple

from resources_directory.model.directory import CountryFloor, Directory
from resources_directory.model.discontinued import digits
from resources_directory.model.hsds import ABOUT_POLICE, Kind
from resources_directory.model.line import PhoneLine, line_near
from resources_directory.model.needs import is_urgent
from resources_directory.model.opening_hours import ALWAYS, Hours, changes_at, open_now
from resources_directory.model.search_query import FoundServices, Referral, SearchQuery, SearchReach
from resources_directory.places.gazetteer import Gazetteer
from resources_directory.places.nearness import WIDE
from resources_directory.ranking.audience import suits
from resources_directory.ranking.giving_way import gives_way
from resources_directory.ranking.spoken_languages import codes_of
from resources_directory.search.database import NoDirectory, Opened
from resources_directory.search.rows import REFUSES
from resources_directory.search.service_lookup import ServiceLookup, ServicePoint, speaks
from resources_directory.search.text_search import Hit, by_words

# Kilometers around a place: the first ring is "in town", the others are a journey. Anything farther is the region.
RINGS: tuple[tuple[float, SearchReach], ...] = ((15, "place"), (40, "near"), (80, "near"))
_FAR = 100  # km: in most countries nobody calls this near, and a line of the country is nearer
_STEP = 10  # km, the difference that matters to somebody who has to go there
_TOGETHER = 40  # spots of a region searched per batch
_CLOSED = {True: 0, None: 1, False: 2}


class Finder:
    """The search over the compiled file; reopens it when a new file replaces it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = Opened.at(path)

    def find(self, query: SearchQuery, now: datetime, at_most: int = 3) -> FoundServices:
        """Return the best services and the country's lines; `now` is an aware datetime."""
        search = _Search(self._now_open(), query, now, at_most)
        services = search.run()
        near = [one for one in services if not _is_far(one[0], query.country)]
        lines = self._lines(query, [one for one, _ in near], at_most)
        if len(near) < len(services) and not _fit(lines):
            near, lines = services, self._lines(query, [one for one, _ in services], at_most)
        if len(fitting := [one for one in near if not gives_way(one[0], lines, query)]) < len(near):
            near, lines = fitting, self._lines(query, [one for one, _ in fitting], at_most)
        reach = max((reach for _, reach in near), key=_order, default=None)
        found = tuple(referral for referral, _ in near)
        return FoundServices(found, reach, tuple(lines), self._floor(query, found, lines))

    def _floor(self, query: SearchQuery, found: Sequence[Referral], lines: Sequence[PhoneLine]) -> CountryFloor | None:
        """Return what is left to say where nothing of the country fits but the police, without the lines given anyway."""
        fitting = [one.notices for one in found if one.fits]
        fitting += [line.notices for line in lines if line.fits and not line.worldwide]
        # Who asks for a consulate that is not known is told that it may be worth asking, whoever else fits.
        unmet = query.kinds[:1] == ("consulate",) and not any("consulate" in line.kinds for line in lines)
        if (any(map(ABOUT_POLICE.isdisjoint, fitting)) and not unmet) or (fitting and is_urgent(query.kinds)):
            return None
        floor = self.directory_of(query.country).floor(
            query.country,
            query.kinds,
            query.person,
            language=query.language or query.locale,
            avoid_police=query.without_police,
        )
        given = {line.id for line in lines}
        calm = [line for line in lines if floor.urgent or not line.about_police]
        # Who says who is for what was asked is needed once, but beside the police another one.
        left = (line for line in floor.lines if line.id not in given and (line.fits or not calm))
        return replace(floor, lines=tuple(left), emergency=None if fitting else floor.emergency)

    def _lines(self, query: SearchQuery, found: Sequence[Referral], at_most: int) -> list[PhoneLine]:
        """Return the country's lines, without the numbers that the services have already given."""
        given = {digits(number) for one in found for number in (one.number, one.e164) if number}
        lines = self.directory_of(query.country).lines(
            query.country,
            query.kinds,
            at_most + len(given),
            language=query.language or query.locale,
            avoid_police=query.without_police,
            people=query.person,
            near=" ".join((query.place.name, query.place.region_name)) if query.place else "",
            theirs=query.theirs,
            without=query.refused,
        )
        return [line for line in lines if given.isdisjoint(line.dialled)][:at_most]

    def by_words(self, text: str, today: date, country: str = "") -> list[Hit]:
        """Return services that contain these words, for people who look up a service by name."""
        return by_words(self._now_open().connection, text, today, country)

    def service(self, id: str) -> PhoneLine | None:
        """Return a service near a place by its id, as a line that can be asked about; None if it is in the file no more."""
        row = self._now_open().connection.execute("SELECT facts FROM service WHERE id = ? LIMIT 1", (id,)).fetchone()
        return line_near(id, json.loads(row[0])) if row else None

    def directory(self) -> Directory:
        """Return the emergency numbers and national lines."""
        return self._now_open().directory

    def directory_of(self, country: str) -> Directory:
        """Return the emergency numbers and lines of one country, and those for any country."""
        return self._now_open().directory_of(country)

    def gazetteer(self) -> Gazetteer:
        """Return the look-up of places that people name."""
        return self._now_open().gazetteer

    def _now_open(self) -> Opened:
        if not self._opened.is_current(self._path):
            # An unreadable new file is no reason to stop answering from the previous one.
            with suppress(NoDirectory):
                self._opened = Opened.at(self._path)
        return self._opened


class _Candidate(NamedTuple):
    """One service at one spot. Smaller is better: the order of the fields is the order in docs/finding.md."""

    kind: int  # position in the query
    steps: int  # of distance
    police: int  # people who fear the police may not say so: police services come after the others
    closed: int
    foreign: int  # does not speak the language
    stale: int
    service: int
    hours: int
    kilometres: float | None


class _Search:
    """One search, going outward from the place."""

    def __init__(self, opened: Opened, query: SearchQuery, now: datetime, at_most: int) -> None:
        self._query, self._now, self._at_most = query, now, at_most
        self._here = (query.place.latitude, query.place.longitude) if query.place else None
        self._offers = ServiceLookup(opened.connection, query, now.date())
        self._hours: dict[int, Hours] = {}
        self._closed = _Remembered(lambda hours: _CLOSED[open_now(self._hours_of(hours), now)])
        self._foreign = _Remembered(self._how_foreign)
        self._found: dict[str, tuple[Referral, SearchReach]] = {}
        self._for_women: dict[str, tuple[Referral, SearchReach]] = {}  # while nobody has said that they are one

    def run(self) -> list[tuple[Referral, SearchReach]]:
        """Return services, best first, each with how far the search had to go for it."""
        # Three offices in town do not help somebody who needs a bed: the most wanted kind is searched first, in every ring.
        for spots, reach in self._rings(self._query.kinds[:1]):
            self._take(spots, reach, self._at_most if reach == "place" else 1)
        for spots, reach in self._rings(self._query.kinds):
            self._take(spots, reach, self._at_most)
        # A second service in another city does not help somebody who has one within reach.
        if not self._found or self._query.place is None:
            for spots in self._region():
                self._take(spots, "region", self._at_most)
        found = [*self._found.values(), *list(self._for_women.values())[:1]]
        return found[: self._at_most]

    def _rings(self, kinds: Sequence[Kind]) -> Iterator[tuple[Iterable[ServicePoint], SearchReach]]:
        here, beyond = self._here, -1.0
        for radius, reach in RINGS if here else ():
            yield self._offers.around(here or (0, 0), beyond, radius, kinds), reach
            beyond = radius

    def _region(self) -> Iterator[Iterable[ServicePoint]]:
        query, here = self._query, self._here
        region = query.place.region if query.place else query.region
        if region:
            far = self._offers.in_region(region, here)
            yield from (far[start : start + _TOGETHER] for start in range(0, len(far), _TOGETHER))

    def _take(self, spots: Iterable[ServicePoint], reach: SearchReach, at_most: int) -> None:
        if len(self._found) >= at_most:
            return
        ranked: list[_Candidate] = []
        for spot in spots:
            if self._query.nearer_than is None or (spot.kilometres or 0) < self._query.nearer_than:
                ranked += self._candidates(spot)
        heapify(ranked)
        while ranked and len(self._found) < at_most:
            self._give(heappop(ranked), reach)

    def _candidates(self, spot: ServicePoint) -> list[_Candidate]:
        # A metropolis has a thousand services of a kind: this comprehension is most of the cost of a search there.
        near = (spot.kind, int((spot.kilometres or 0) // _STEP))
        closed, foreign, police = self._closed, self._foreign, REFUSES["no_police"]
        found = [
            _Candidate(
                *near, refuses & police, closed[hours], foreign[languages], stale, service, hours, spot.kilometres
            )
            for service, refuses, languages, hours, stale in self._offers.at(spot)
        ]
        return [one for one in found if one.closed == 0] if self._query.open_now else found

    def _give(self, candidate: _Candidate, reach: SearchReach) -> None:
        known, facts = self._offers.facts(candidate.service)
        # A service may have several places and kinds; the first match is the nearest.
        if known not in self._query.without and known not in self._found:
            referral = self._referral(known, json.loads(facts), candidate)
            into = self._found if referral.fits else self._for_women
            into.setdefault(known, (referral, reach))

    def _how_foreign(self, languages: str) -> int:
        language = self._query.language or self._query.locale
        return 0 if speaks(languages, language) else 1 if speaks(languages, "mul") else 2

    def _hours_of(self, number: int) -> Hours:
        if number not in self._hours:
            self._hours[number] = self._offers.hours(number)
        return self._hours[number]

    def _referral(self, known: str, facts: dict[str, Any], candidate: _Candidate) -> Referral:
        kinds: Sequence[Kind] = facts["kinds"]
        hours = self._hours_of(candidate.hours)
        checked = facts.get("checked_on")
        number, e164 = _number_for(self._query.language or self._query.locale, facts)
        return Referral(
            id=known,
            name=facts["name"],
            kind=next(kind for kind in self._query.kinds if kind in kinds),
            operated_by=facts["operated_by"],
            number=number,
            e164=e164,
            sms=facts.get("sms"),
            sms_word=facts.get("sms_word"),
            city=facts.get("city"),
            kilometres=candidate.kilometres,
            open_now=open_now(hours, self._now),
            changes_at=changes_at(hours, self._now),
            always_open=hours.expression == ALWAYS,
            opening_hours=hours.expression or None,
            languages=tuple(facts.get("languages", ())),
            genders=tuple(facts.get("genders", ())),
            minimum_age=facts.get("minimum_age"),
            maximum_age=facts.get("maximum_age"),
            free=facts.get("free"),
            notices=tuple(facts.get("notices", ())),
            note=facts.get("note"),
            checked_on=date.fromisoformat(checked) if checked else None,
            people=tuple(facts.get("people", ())),
            fits=suits(facts.get("people", ()), self._query.person, self._query.kinds),
            kinds=tuple(kinds),
            chat=facts.get("chat"),
        )


def _fit(lines: Sequence[PhoneLine]) -> bool:
    """Whether one of the lines fits and is of the country itself."""
    return any(line.fits and not line.worldwide for line in lines)


def _is_far(one: Referral, country: str) -> bool:
    return country not in WIDE and (one.kilometres or 0) > _FAR


def _number_for(language: str, facts: dict[str, Any]) -> tuple[str, str | None]:
    """Return the number on which a language is spoken, if it has one of its own, else the number of the service."""
    for languages, number, e164 in facts.get("own_numbers", ()):
        if any(code in languages for code in codes_of(language)):
            return number, e164
    return facts["number"], facts.get("e164")


class _Remembered(dict[Any, int]):
    """A cache of numbers, each computed once per key."""

    def __init__(self, work_out: Callable[[Any], int]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: Any) -> int:
        self[key] = number = self._work_out(key)
        return number


def _order(reach: SearchReach) -> int:
    return ("place", "near", "region", "country").index(reach)
