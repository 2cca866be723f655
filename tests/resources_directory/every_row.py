"""All that stands in the country files, for tests that go over every row.

A steward changes these files every day: such a test states a rule that holds whatever the files say, it counts
nothing, and it lists all faults at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from resources_directory.files.entries_folder import ENTRIES
from resources_directory.files.entry_cache import EntryCache
from resources_directory.model.hsds import Location, Organization, Service

FILES = sorted(ENTRIES.glob("*.yml"))


@dataclass(frozen=True)
class Row:
    """One service, and where it stands."""

    country: str
    organization: Organization
    service: Service

    @property
    def id(self) -> str:
        return self.service.id


SHELF = EntryCache()
BROKEN = SHELF.broken()  # sentences; what these files hold is not among the rows
ROWS = [
    Row(entries.country, organization, service)
    for entries in SHELF.countries()
    for organization in entries.organizations
    for service in organization.services
]
LOCAL = [row for row in ROWS if not row.service.national]


def places() -> Iterator[tuple[str, Service, Location]]:
    """Yield each place of each local service, with the id of the service."""
    for row in LOCAL:
        for location in row.service.locations:
            yield row.id, row.service, location
