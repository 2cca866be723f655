"""The join of a flat feed's tables into services; rows that point to nothing or in a circle are refused."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from resources_directory.exchange.feeds.refusal import Remark

RawRow = dict[str, Any]
Tables = dict[str, list[RawRow]]

# The names of HSDS 3 (a table and its file), HSDS 1.1 and Open Referral UK.
_TABLE_OF = {
    name: table
    for table, names in {
        "organization": "organizations",
        "service": "services",
        "location": "locations",
        "phone": "phones",
        "contact": "contacts",
        "address": "addresses",
        "physical_address": "physical_addresses",
        "postal_address": "postal_addresses",
        "schedule": "schedules regular_schedule regular_schedules",
        "service_at_location": "services_at_location service_at_locations services_at_locations",
        "service_area": "service_areas",
        "language": "languages",
        "cost_option": "cost_options",
        "eligibility": "eligibilities eligibilitys",
        "attribute": "attributes",
        "taxonomy": "taxonomies taxonomys",
        "taxonomy_term": "taxonomy_terms",
        "service_taxonomy": "services_taxonomy service_taxonomies service_taxonomys",
    }.items()
    for name in (table, *names.split())
}


class Link(NamedTuple):
    """A foreign key, and which row is nested: this row in the other, or the other in this."""

    table: str
    key: str
    other: str
    into_other: str | None = None
    into_this: str | None = None


LINKS = (
    Link("service", "organization_id", "organization", into_this="organization"),
    Link("service_at_location", "location_id", "location", into_this="location"),
    Link("service_at_location", "service_id", "service", into_other="service_at_locations"),
    Link("location", "organization_id", "organization"),
    Link("attribute", "taxonomy_term_id", "taxonomy_term", into_this="taxonomy_term"),
    Link("taxonomy_term", "taxonomy_id", "taxonomy"),
    Link("service_taxonomy", "taxonomy_id", "taxonomy", into_this="taxonomy"),
    Link("service_taxonomy", "service_id", "service", into_other="service_taxonomy"),
    Link("eligibility", "service_id", "service", into_other="eligibilities"),
    Link("cost_option", "service_id", "service", into_other="cost_options"),
    *(
        Link(table, "location_id", "location", into_other=f"{table}es")
        for table in ("address", "physical_address", "postal_address")
    ),
    *(
        Link(table, f"{other}_id", other, into_other=f"{table}s")
        for table, others in {
            "phone": "service location organization contact service_at_location",
            "contact": "service location organization service_at_location",
            "schedule": "service location service_at_location",
            "service_area": "service service_at_location",
            "language": "service location phone",
        }.items()
        for other in others.split()
    ),
)
_PARENTS = {"organization": "parent_organization_id", "taxonomy_term": "parent_id"}


def table_of(name: str) -> str | None:
    """Return the table that a name or file name means; None for tables that we do not read."""
    return _TABLE_OF.get(name.rsplit("/", 1)[-1].lower().removesuffix(".csv").strip())


def joined(tables: Tables) -> tuple[list[RawRow], list[Remark]]:
    """Return the services with everything attached to them, and what was refused."""
    remarks: list[Remark] = []
    kept = {table: _once(table, rows, remarks) for table, rows in tables.items()}
    for table, key in _PARENTS.items():
        kept[table] = _without_circles(table, kept.get(table, []), key, remarks)
    dangling = list(_dangling(kept))
    for table, position, remark in reversed(dangling):
        del kept[table][position]
        remarks.append(remark)
    _hang_together(kept)
    return kept.get("service", []), remarks


def _once(table: str, rows: list[RawRow], remarks: list[Remark]) -> list[RawRow]:
    """Return the rows without duplicates; if rows differ under one id, nobody knows which is right, so none is kept."""
    by_id: defaultdict[str, list[RawRow]] = defaultdict(list)
    for position, row in enumerate(rows, 1):
        others = by_id[str(row.get("id") or f"row {position}")]
        if row not in others:
            others.append(dict(row))
    remarks += [Remark(f"{table} {name}", "its id stands on several rows that differ") for name in _several(by_id)]
    return [found[0] for found in by_id.values() if len(found) == 1]


def _several(by_id: dict[str, list[RawRow]]) -> Iterator[str]:
    return (name for name, rows in by_id.items() if len(rows) > 1)


def _without_circles(table: str, rows: list[RawRow], key: str, remarks: list[Remark]) -> list[RawRow]:
    above = {str(row.get("id")): str(row.get(key)) for row in rows if row.get(key)}
    circular = {name for name in above if _comes_back(name, above)}
    remarks += [Remark(f"{table} {name}", f"{key} leads back to itself") for name in sorted(circular)]
    return [row for row in rows if str(row.get("id")) not in circular]


def _comes_back(name: str, above: dict[str, str]) -> bool:
    seen: set[str] = set()
    at = above.get(name)
    while at is not None and at not in seen:
        if at == name:
            return True
        seen.add(at)
        at = above.get(at)
    return False


def _dangling(kept: Tables) -> Iterator[tuple[str, int, Remark]]:
    """Yield the rows that point to nothing. A row that points to a row refused here only loses that link."""
    known = {table: {str(row.get("id")) for row in rows} for table, rows in kept.items()}
    for table, rows in kept.items():
        links = [link for link in LINKS if link.table == table]
        for position, row in enumerate(rows):
            broken = [link for link in links if _points_nowhere(row, link, known)]
            if broken:
                reasons = (
                    f"{one.key} {row[one.key]} is no {one.other.replace('_', ' ')} of this feed" for one in broken
                )
                yield table, position, Remark(f"{table} {row.get('id') or position + 1}", "; ".join(reasons))


def _points_nowhere(row: RawRow, link: Link, known: dict[str, set[str]]) -> bool:
    value = row.get(link.key)
    # A nested row brings what it points to with it.
    return bool(value) and not row.get(link.into_this or "") and str(value) not in known.get(link.other, set())


def _hang_together(kept: Tables) -> None:
    by_id = {table: {str(row["id"]): row for row in rows if row.get("id")} for table, rows in kept.items()}
    for link in LINKS:
        for row in kept.get(link.table, []):
            other = by_id.get(link.other, {}).get(str(row.get(link.key)))
            if other is not None and link.into_this:
                row.setdefault(link.into_this, other)
            elif other is not None and link.into_other:
                _add(other, link.into_other, row)
    for row in kept.get("attribute", []):
        for table in ("service", "organization", "location", "phone", "schedule"):
            linked = by_id.get(table, {}).get(str(row.get("link_id")))
            if linked is not None:
                _add(linked, "attributes", row)


def _add(row: RawRow, field: str, child: RawRow) -> None:
    # A new list each time: a list that a nested feed shares between rows would grow for all of them.
    there = row.get(field)
    row[field] = [*(there if isinstance(there, list) else []), child]
