"""What a feed says and an entry has no field for, counted by name: nothing is dropped unsaid."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import AliasChoices, BaseModel

from resources_directory.exchange.feeds.feed_row import (
    AddressRow,
    AreaRow,
    ContactRow,
    CostRow,
    EligibilityRow,
    FeedRow,
    LocationRow,
    OrganizationRow,
    PhoneRow,
    PlaceRow,
    ScheduleRow,
    ServiceRow,
)
from resources_directory.exchange.feeds.refusal import Remark

# Where rows stand inside a service, and how we read them there.
_INSIDE: dict[str, type[FeedRow]] = {
    "organization": OrganizationRow, "service_at_locations": PlaceRow, "service_at_location": PlaceRow, "location": LocationRow,
    "locations": LocationRow, "contacts": ContactRow, "phones": PhoneRow, "schedules": ScheduleRow,
    "regular_schedules": ScheduleRow, "regular_schedule": ScheduleRow, "addresses": AddressRow, "physical_addresses": AddressRow,
    "postal_addresses": AddressRow, "service_areas": AreaRow, "cost_options": CostRow, "eligibilitys": EligibilityRow,
    "eligibilities": EligibilityRow, "eligibility": EligibilityRow,
}  # fmt: skip
# Keys and marks of the format itself, and what says again what another field says.
_PLUMBING = frozenset(
    {
        "attributes", "metadata", "taxonomy_term", "link_id", "link_entity", "address_type", "timezone", "wkst", "logo", "uri",
        "external_identifier", "external_identifier_type", "assurer_email", "tax_status", "tax_id", "year_incorporated", "label",
        "service", "services", "parent_organization", "organization_identifiers", "alternate_name", "attending_type",
        "title", "department", "attention", "service_taxonomys", "service_taxonomies", "service_taxonomy",
        "last_modified", "created",
    }
)  # fmt: skip
_MOST_TOLD = 12


def unread(rows: Iterable[dict[str, Any]]) -> list[Remark]:
    """Return one remark that names what has no field here, most frequent first; none if all of it has."""
    counted: Counter[str] = Counter()
    for row in rows:
        counted.update(set(_unread(row, ServiceRow, "")))
    if not counted:
        return []
    often = sorted(counted, key=lambda name: (-counted[name], name))
    told = [f"{name} ({counted[name]})" for name in often[:_MOST_TOLD]]
    told += [f"{len(counted) - _MOST_TOLD} more"] if len(counted) > _MOST_TOLD else []
    return [Remark("all rows", f"no field here for: {', '.join(told)}")]


def _unread(row: Any, model: type[FeedRow], inside: str) -> Iterator[str]:
    if not isinstance(row, dict):
        return
    known = _names(model)
    for name, value in row.items():
        if value in (None, "", [], {}) or not isinstance(name, str):
            continue
        if name in _INSIDE and name in known:
            for child in value if isinstance(value, list) else [value]:
                yield from _unread(child, _INSIDE[name], f"{name} ")
        elif name not in known and not _is_plumbing(name, model):
            yield f"{inside}{name}".replace("_", " ")


def _is_plumbing(name: str, model: type[FeedRow]) -> bool:
    # A person's name and email are left out on purpose (P01), not for want of a field.
    of_a_person = model is ContactRow and name in ("name", "email")
    return name in _PLUMBING or name == "id" or name.endswith("_id") or not name.islower() or of_a_person


_known: dict[type[BaseModel], frozenset[str]] = {}


def _names(model: type[BaseModel]) -> frozenset[str]:
    """Return every name under which a field of a row is read."""
    if model not in _known:
        names: set[str] = set()
        for name, field in model.model_fields.items():
            alias = field.validation_alias
            names |= {str(choice) for choice in alias.choices} if isinstance(alias, AliasChoices) else {name}
        _known[model] = frozenset(names)
    return _known[model]
