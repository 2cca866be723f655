"""Entries of a country that may be the same service twice: with one number, or with one name in one town."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from resources_directory.model.hsds import CountryEntries, Service
from resources_directory.model.phone_numbers import same_line

DuplicateReason = Literal["number", "name"]


@dataclass(frozen=True)
class DuplicatePair:
    """Two entries that may be one."""

    country: str
    one: Service
    other: Service
    why: DuplicateReason

    @property
    def line_and_place(self) -> bool:
        """Whether one is a line of the whole country and the other a place: often both are wanted."""
        return self.one.national != self.other.national


def duplicates_of(entries: CountryEntries) -> list[DuplicatePair]:
    """Return the pairs, those that are most likely one service first. What is closed counts no more."""
    return sorted(_pairs(entries), key=lambda pair: (pair.line_and_place, pair.why != "number", pair.one.id))


def _pairs(entries: CountryEntries) -> Iterator[DuplicatePair]:
    services = [service for organization in entries.organizations for service in organization.services]
    numbers = {service.id: _numbers(service) for service in services}
    for one, other in combinations((service for service in services if service.status != "closed"), 2):
        if numbers[one.id] & numbers[other.id]:
            yield DuplicatePair(entries.country, one, other, "number")
        elif _named(one) == _named(other):
            yield DuplicatePair(entries.country, one, other, "name")


def _numbers(service: Service) -> frozenset[str]:
    return frozenset(same_line(phone, service.id[:2].upper()) for phone in service.phones)


def _named(service: Service) -> tuple[str, ...]:
    cities = sorted({location.city.casefold() for location in service.locations})
    return " ".join(service.name.casefold().split()), *cities
