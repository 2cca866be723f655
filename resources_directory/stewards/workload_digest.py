"""What waits for the stewards in numbers, for a reminder that leaves the house: no name, number or country is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from resources_directory.model.freshness import is_served, served_until
from resources_directory.model.hsds import CountryEntries
from resources_directory.stewards.due import due_of
from resources_directory.stewards.emergency_checks import emergency_due

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class WorkloadDigest:
    """How much there is to check."""

    due: int = 0  # entries and emergency numbers to check, but for those that are only proposed
    overdue: int = 0  # of these, no longer given out: the last check is too old
    expiring: int = 0  # given out today, and not in a week unless somebody checks them
    complaints: int = 0  # entries that somebody said do not work


def digest_of(countries: Iterable[CountryEntries], today: date, complaints: Mapping[str, int]) -> WorkloadDigest:
    """Count what waits in these country files."""
    countries = list(countries)
    rows = [row for row in due_of(countries, today, complaints) if row.why != "proposed"]
    services = [service for one in countries for organization in one.organizations for service in organization.services]
    served = [service for service in services if is_served(service, today)]
    until = (served_until(service) or today for service in served if not service.national)
    return WorkloadDigest(
        due=len(rows) + len(emergency_due(countries, today)),
        overdue=sum(row.why == "gone" for row in rows),
        expiring=sum(last < today + _WEEK for last in until),
        complaints=sum(row.why == "complaint" for row in rows),
    )
