"""Coverage of the directory: what is served by place, need and language, and where the gaps are."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from resources_directory.files.entries_folder import ENTRIES, read_folder
from resources_directory.model.freshness import is_served
from resources_directory.model.hsds import WORLD, CountryEntries, Kind, Service

# What somebody who has left needs close by.
NEAR: tuple[Kind, ...] = ("shelter", "legal_aid", "medical", "counselling", "labour", "migrant")


@dataclass
class CoverageCell:
    """One place and need: how many services are served there, and how many of them speak each language."""

    country: str
    region: str  # empty: the whole country
    need: Kind
    services: int = 0
    languages: Counter[str] = field(default_factory=Counter)

    def plain(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {**vars(self), "languages": dict(sorted(self.languages.items()))}


@dataclass(frozen=True)
class Coverage:
    """What is served on a day."""

    gaps: dict[str, tuple[Kind, ...]]  # country: needs without any local service
    without_line: tuple[str, ...]  # countries without a national line on trafficking
    local: tuple[CoverageCell, ...]
    national: tuple[CoverageCell, ...]


def coverage(today: date, folder: Path = ENTRIES, without: Container[str] = frozenset()) -> Coverage:
    """Count what is served on a day, except the ids that complaints hold back; raise BadEntry."""
    return coverage_of(read_folder(folder), today, without)


def coverage_of(entries_of: Iterable[CountryEntries], today: date, without: Container[str] = frozenset()) -> Coverage:
    """Count what is served from these country files."""
    local: dict[tuple[str, str, Kind], CoverageCell] = {}
    national: dict[tuple[str, str, Kind], CoverageCell] = {}
    countries = []
    for entries in entries_of:
        if entries.country == WORLD:
            continue
        countries.append(entries.country)
        for service in (service for service in _served(entries, today) if service.id not in without):
            _count(national if service.national else local, entries.country, service)
    lines = {country for country, _, need in national if need == "trafficking"}
    return Coverage(
        {country: missing for country in countries if (missing := _missing(country, local))},
        tuple(country for country in countries if country not in lines),
        tuple(local[key] for key in sorted(local)),
        tuple(national[key] for key in sorted(national)),
    )


def _served(entries: CountryEntries, today: date) -> Iterator[Service]:
    for organization in entries.organizations:
        served = (service for service in organization.services if is_served(service, today))
        yield from (service for service in served if not service.for_professionals)


def _count(cells: dict[tuple[str, str, Kind], CoverageCell], country: str, service: Service) -> None:
    for region in _regions(service):
        for need in service.kinds:
            cell = cells.setdefault((country, region, need), CoverageCell(country, region, need))
            cell.services += 1
            cell.languages.update(service.languages)


def _regions(service: Service) -> set[str]:
    if service.locations:
        return {location.region or location.city for location in service.locations}
    return {service.service_area.name or ""}


def _missing(country: str, local: dict[tuple[str, str, Kind], CoverageCell]) -> tuple[Kind, ...]:
    there = {need for where, _, need in local if where == country}
    return tuple(need for need in NEAR if need not in there)
