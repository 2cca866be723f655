"""Numbers that must never be given out: switched off, replaced, or misprinted on other sites."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from resources_directory.files.entries_folder import file_of, read_yaml
from resources_directory.model.hsds import CountryEntries, Service

LIST = Path(__file__).parent / "discontinued.yml"


def digits(number: str) -> str:
    """Return only what is dialed: brackets, spaces and hyphens are decoration."""
    return "".join(sign for sign in number if sign in "0123456789*#")


@dataclass(frozen=True)
class DeadNumbers:
    """The dead numbers of one country; `in` ignores how a number is formatted."""

    dialled: frozenset[str]

    def __contains__(self, number: object) -> bool:
        """Whether the number is dead, as dialed in the country or after a country code of one to three digits."""
        dialled = digits(str(number))
        if dialled in self.dialled:
            return True
        abroad = str(number).strip().startswith(("+", "00"))
        return abroad and any(dialled.lstrip("0")[cut:] in self._without_zero for cut in (1, 2, 3))

    def first_of(self, service: Service) -> str | None:
        """Return the first dead number among all numbers of a service, else None."""
        numbers = (number for phone in service.phones for number in (phone.number, phone.e164) if number)
        return next((number for number in numbers if number in self), None)

    def left_of(self, service: Service) -> Service | None:
        """Return a service without its dead numbers; None if the number to call first is dead."""
        if not service.phones:
            return service if service.url and service.trusted else None
        if service.called.number in self:
            return None
        living = tuple(phone for phone in service.phones if phone.number not in self and (phone.e164 or "") not in self)
        return service.model_copy(update={"phones": living}) if living else None

    @property
    def _without_zero(self) -> frozenset[str]:
        return frozenset(number.lstrip("0") for number in self.dialled)


@dataclass(frozen=True)
class Discontinued:
    """All dead numbers, by country: a number that is dead in Brazil may save a life in Colombia."""

    by_country: dict[str, DeadNumbers]

    @classmethod
    def load(cls, path: Path = LIST) -> Self:
        """Read the list; raise BadEntry or KeyError if it is broken."""
        lists: dict[str, list[dict[str, Any]]] = read_yaml(path)
        found: dict[str, set[str]] = {}
        for row in (*lists["discontinued"], *lists["misprints"]):
            found.setdefault(row["country"], set()).add(digits(row["number"]))
        return cls({country: DeadNumbers(frozenset(numbers)) for country, numbers in found.items()})

    def of(self, country: str) -> DeadNumbers:
        """Return the dead numbers of one country."""
        return self.by_country.get(country, DeadNumbers(frozenset()))

    def found_in(self, entries: CountryEntries) -> Iterator[str]:
        """Yield a sentence for each dead number still in a country file, shown or not."""
        dead, file = self.of(entries.country), file_of(entries.country)
        for entry, field, number in _numbers(entries):
            if number in dead:
                yield f"{file}, {entry}: {field}: {number} is on the list of dead numbers."


def _numbers(entries: CountryEntries) -> Iterator[tuple[str, str, str]]:
    for row in entries.emergency:
        yield row.name or "emergency", "number", row.number
        if row.text:
            yield row.name or "emergency", "text", row.text.number
    for organization in entries.organizations:
        for service in organization.services:
            for phone in service.phones:
                yield service.id, "number", phone.number
                if phone.e164:
                    yield service.id, "e164", phone.e164
