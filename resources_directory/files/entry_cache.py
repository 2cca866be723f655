"""A cache of the country files, for pages that read all of them again and again: only changed files are read again.

A file that cannot be read is named; its services are still there as last read, so they can still be suspended.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from resources_directory.files.entries_folder import ENTRIES, BadEntry, read_file
from resources_directory.model.hsds import CountryEntries, Service

_Seen = tuple[int, int, int]  # inode, mtime and size of a file


@dataclass(frozen=True)
class Entry:
    """One service, with its country and organization."""

    country: str
    organization: str
    operated_by: str
    service: Service


@dataclass
class EntryCache:
    """The cache of one folder of country files."""

    folder: Path = ENTRIES
    _read: dict[Path, tuple[_Seen, CountryEntries | BadEntry]] = field(default_factory=dict)
    _good: dict[Path, CountryEntries] = field(default_factory=dict)  # each file as it was last readable

    def countries(self) -> list[CountryEntries]:
        """Return the country files as they were last readable, by country."""
        now = ((path, self._good.get(path) if isinstance(read, BadEntry) else read) for path, read in self._now())
        self._good = {path: read for path, read in now if read}
        return list(self._good.values())

    def broken(self) -> list[str]:
        """Return a message for each file that cannot be read; nothing is compiled while there is one."""
        return [str(read) for _, read in self._now() if isinstance(read, BadEntry)]

    def entries(self) -> Iterator[Entry]:
        """Yield all services."""
        for country in self.countries():
            for organization in country.organizations:
                for service in organization.services:
                    yield Entry(country.country, organization.name, organization.operated_by, service)

    def find(self, id: str) -> Entry | None:
        """Return one service, or None."""
        return next((entry for entry in self.entries() if entry.service.id == id), None)

    def named(self, words: str, most: int) -> list[Entry]:
        """Return up to `most` services with all the words in their name, organization, city, id or number."""
        wanted = words.casefold().split()
        found = (entry for entry in self.entries() if all(word in _text(entry) for word in wanted))
        return [entry for entry, _ in zip(found, range(most), strict=False)] if wanted else []

    def _now(self) -> Iterator[tuple[Path, CountryEntries | BadEntry]]:
        for path in sorted(self.folder.glob("*.yml")):
            found = path.stat()
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
            if self._read.get(path, (None,))[0] != seen:
                self._read[path] = (seen, _tried(path))
            yield path, self._read[path][1]


def _tried(path: Path) -> CountryEntries | BadEntry:
    try:
        return read_file(path)
    except BadEntry as error:
        return error


def _text(entry: Entry) -> str:
    service = entry.service
    places = (place for location in service.locations for place in (location.city, location.region or ""))
    numbers = (number for phone in service.phones for number in (phone.number, phone.e164 or ""))
    parts = (service.id, service.name, entry.organization, service.service_area.name or "", *places, *numbers)
    return " ".join(parts).casefold()
