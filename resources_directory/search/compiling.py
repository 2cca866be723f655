"""The compiler of country files into the tables of schema.sql, one file at a time, so a million services need little memory."""

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple
from functools import lru_cache
from pathlib import Path

from resources_directory.model.discontinued import Discontinued
from resources_directory.model.hsds import CountryEntries, Location, Organization
from resources_directory.model.opening_hours import NOT_KNOWN, Hours
from resources_directory.model.place import Place
from resources_directory.places.gazetteer import Gazetteer
from resources_directory.places.spelling import folded
from resources_directory.search.rows import CompiledRow, rows
from resources_directory.search.text_search import JOINED

_SCHEMA = Path(__file__).parent / "schema.sql"
# Kind and spot are packed into one number, as the R*Tree requires.
_FINISH = """
  INSERT INTO kind_spot
    SELECT DISTINCT o.kind, s.country, s.region, o.spot FROM offer o JOIN spot s ON s.number = o.spot;
  INSERT INTO kind_spot_tree
    SELECT (k.kind << 32) + k.spot, s.latitude, s.latitude, s.longitude, s.longitude, k.kind, k.kind, k.spot
    FROM kind_spot k JOIN spot s ON s.number = k.spot;
  CREATE INDEX service_id ON service (id);
"""
_TOGETHER = 5_000  # rows written per batch


class DirectoryBuilder:
    """A directory file being built; the gazetteer's tables are already in it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.services = 0
        self.left_out: list[str] = []
        self._to = connection
        self._discontinued = Discontinued.load()
        self._spots: dict[tuple[str, float, float], int] = {}
        self._hours: dict[Hours, int] = {NOT_KNOWN: 0}
        self._waiting: list[tuple[int, int, CompiledRow, int]] = []
        connection.executescript(_SCHEMA.read_text("utf-8"))
        self._gazetteer = Gazetteer.over(connection)
        self._nearest = lru_cache(100_000)(self._gazetteer.nearest)

    def add(self, entries: CountryEntries) -> None:
        """Add one country file, or a part of it."""
        local = [
            organization for organization in entries.organizations if any(not s.national for s in organization.services)
        ]
        lines = [_lines_of(organization) for organization in entries.organizations]
        national = CountryEntries(
            country=entries.country, emergency=entries.emergency, organizations=tuple(filter(None, lines))
        )
        if national.emergency or national.organizations:
            whole = national.model_dump_json(exclude_defaults=True)
            self._to.execute("INSERT INTO country VALUES (?, ?)", (entries.country, whole))
        dead = self._discontinued.of(entries.country)
        for organization in local:
            living = tuple(filter(None, map(dead.left_of, organization.services)))
            self._add_rows(entries.country, rows(organization.model_copy(update={"services": living})))

    def finish(self, made_from: str) -> None:
        """Write the remaining rows and the hours, index the spots by kind, and record the fingerprint."""
        self._flush()
        self._to.executemany(
            "INSERT INTO hours VALUES (?, ?, ?, ?)", ((number, *astuple(told)) for told, number in self._hours.items())
        )
        self._to.executescript(_FINISH)
        self._to.execute("INSERT INTO about VALUES ('made_from', ?), ('services', ?)", (made_from, str(self.services)))
        self._to.commit()
        self._to.execute("PRAGMA optimize")

    def _add_rows(self, country: str, found: Iterable[CompiledRow]) -> None:
        for row in found:
            place = self._place(country, row.location)
            if place is None:
                where = f"{row.location.city!r} in {row.location.region or 'a region that is not told'}"
                self.left_out.append(
                    f"{country.lower()}.yml, {row.id}: no place {where} is known; give its coordinates."
                )
                continue
            self.services += 1
            spot, hours = self._spot(place, row.location), self._hours_number(row.hours, place)
            self._waiting.append((self.services, spot, row, hours))
            if len(self._waiting) >= _TOGETHER:
                self._flush()

    def _place(self, country: str, location: Location) -> Place | None:
        """Return the city of a location: its region and time zone are those of the service."""
        if location.latitude is not None and location.longitude is not None:
            return self._nearest(location.latitude, location.longitude, country)
        return self._named(country, location.city, location.region or "")

    def _named(self, country: str, city: str, region: str) -> Place | None:
        """Return a city by exact name. If two regions have a city of that name, the entry has to say which."""
        cities = [place for place in self._gazetteer.names.cities(folded(city)) if place.country == country]
        here = [place for place in cities if folded(region) in (folded(place.region_name), folded(place.region))]
        fitting = here if region and here else cities
        first = next(iter(fitting), None)
        shared = any(place.region != fitting[0].region for place in fitting[1:])
        return None if shared else first

    def _spot(self, place: Place, location: Location) -> int:
        latitude = place.latitude if location.latitude is None else location.latitude
        longitude = place.longitude if location.longitude is None else location.longitude
        # A hundredth of a degree is about a kilometer: finer than a city, and no finer than anybody needs.
        key = (place.country, round(latitude, 2), round(longitude, 2))
        if key not in self._spots:
            self._spots[key] = len(self._spots) + 1
            self._to.execute(
                "INSERT INTO spot VALUES (?, ?, ?, ?, ?)", (self._spots[key], place.country, place.region, *key[1:])
            )
        return self._spots[key]

    def _hours_number(self, expression: str, place: Place) -> int:
        told = Hours(expression, place.timezone, place.country) if expression else NOT_KNOWN
        return self._hours.setdefault(told, len(self._hours))

    def _flush(self) -> None:
        rows, self._waiting = self._waiting, []
        self._to.executemany(
            "INSERT INTO service VALUES (?, ?, ?, ?, ?)",
            ((number, row.id, spot, row.served_until, row.facts) for number, spot, row, _ in rows),
        )
        self._to.executemany(
            "INSERT INTO offer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (kind, spot, -row.checked, number, row.refuses, *row.ages, row.languages, hours, row.served_until)
                for number, spot, row, hours in rows
                for kind in dict.fromkeys(row.kinds)
            ),
        )
        words = [(number, row.text) for number, _, row, _ in rows]
        self._to.executemany("INSERT INTO service_words (rowid, text) VALUES (?, ?)", words)
        joined = [(number, text) for number, text in words if JOINED.search(text)]
        self._to.executemany("INSERT INTO service_trigrams (rowid, text) VALUES (?, ?)", joined)


def _lines_of(organization: Organization) -> Organization | None:
    lines = tuple(service for service in organization.services if service.national and service.trusted)
    return organization.model_copy(update={"services": lines}) if lines else None
