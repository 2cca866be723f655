"""Look-ups in the compiled file: which services offer a kind of help at a spot and do not refuse the person."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from resources_directory.model.hsds import Kind
from resources_directory.model.opening_hours import Hours
from resources_directory.model.search_query import SearchQuery
from resources_directory.places.nearness import boxes, kilometres
from resources_directory.ranking.spoken_languages import codes_of
from resources_directory.search.rows import ANY_AGE, KINDS, REFUSES, UNCHECKED

_MOST = 1_000  # offers of one kind at one spot; the freshest come first
_SPOTS = 2_000  # of one kind in one region

_OFFERS = f"""
  SELECT service, refuses, languages, hours, stale FROM offer
  WHERE kind = ? AND spot = ? AND refuses & ? = 0 AND minimum_age <= ? AND maximum_age >= ?
    AND stale >= ? AND (served_until >= ? OR served_until = ?)
    AND (? = '' OR languages LIKE ? OR languages LIKE ? OR languages LIKE '% mul %')
  LIMIT {_MOST}
"""  # noqa: S608 - a number of ours
_IN_BOX = """
  SELECT t.spot, s.latitude, s.longitude FROM kind_spot_tree t JOIN spot s ON s.number = t.spot
  WHERE t.south >= ? AND t.north <= ? AND t.west >= ? AND t.east <= ? AND t.kind_from = ? AND s.country = ?
"""
_IN_REGION = f"""
  SELECT k.spot, s.latitude, s.longitude FROM kind_spot k JOIN spot s ON s.number = k.spot
  WHERE k.kind = ? AND k.country = ? AND k.region = ? LIMIT {_SPOTS}
"""  # noqa: S608


@dataclass(frozen=True)
class ServicePoint:
    """A point where a kind of help is offered."""

    number: int
    kind: int  # position of the kind in the query: 0 is the most wanted
    kilometres: float | None


class ServiceLookup:
    """All the look-ups of one search."""

    def __init__(self, connection: sqlite3.Connection, query: SearchQuery, today: date) -> None:
        self._of, self._query = connection, query
        self._asked = (
            _can_not_bear(query),
            # The two age ranges need only overlap: nobody of a possible age is excluded.
            *reversed(query.ages or ANY_AGE),
            # A check dated in the future is a typo; one day ahead is only another time zone.
            -(today.toordinal() + 1),
            today.toordinal(),
            # No day is minus two, so outside a demonstration no unchecked row matches.
            UNCHECKED if query.unchecked else UNCHECKED - 1,
            *_languages(query),
        )

    def around(
        self, here: tuple[float, float], beyond: float, reach: float, kinds: Sequence[Kind]
    ) -> Iterator[ServicePoint]:
        """Yield the spots of these first kinds of the query that are farther than `beyond` km and within `reach` km."""
        for place, kind in enumerate(kinds):
            for box in boxes(here, reach):
                for number, *there in self._of.execute(_IN_BOX, (*box, KINDS[kind], self._query.country)):
                    distance = kilometres(here, (there[0], there[1]))
                    if beyond < distance <= reach:
                        yield ServicePoint(number, place, distance)

    def in_region(self, region: str, here: tuple[float, float] | None) -> list[ServicePoint]:
        """Return the spots of a region, nearest first."""
        found = []
        for place, kind in enumerate(self._query.kinds):
            for number, *there in self._of.execute(_IN_REGION, (KINDS[kind], self._query.country, region)):
                found.append(ServicePoint(number, place, kilometres(here, (there[0], there[1])) if here else None))
        return sorted(found, key=lambda spot: (spot.kilometres or 0.0, spot.kind))

    def at(self, spot: ServicePoint) -> Iterable[tuple[int, int, str, int, int]]:
        """Return the offers at a spot that fit: service, what it refuses, languages, hours, and how stale its check is."""
        kind = KINDS[self._query.kinds[spot.kind]]
        return self._of.execute(_OFFERS, (kind, spot.number, *self._asked))

    def facts(self, service: int) -> tuple[str, str]:
        """Return the id and the facts (JSON) of one service."""
        row: tuple[str, str] = self._of.execute("SELECT id, facts FROM service WHERE number = ?", (service,)).fetchone()
        return row

    def hours(self, number: int) -> Hours:
        """Return opening hours with the time zone and country of their place."""
        return Hours(
            *self._of.execute("SELECT expression, timezone, country FROM hours WHERE number = ?", (number,)).fetchone()
        )


@lru_cache(8_192)
def speaks(languages: str, language: str) -> bool:
    """Whether a service speaks this language (BCP 47 or ISO 639)."""
    return any(f" {code} " in languages for code in codes_of(language))


def _can_not_bear(query: SearchQuery) -> int:
    bits: dict[str, Any] = {
        query.gender or "": query.gender,
        "children": query.with_children,
        "no_police": query.without_police,
        "no_papers": query.without_papers,
        "no_money": query.free,
    }
    return sum(REFUSES[what] for what, holds in bits.items() if holds)


def _languages(query: SearchQuery) -> tuple[str, str, str]:
    if query.language is None:
        return "", "", ""
    base, other = codes_of(query.language)
    return base, f"% {base} %", f"% {other} %"
