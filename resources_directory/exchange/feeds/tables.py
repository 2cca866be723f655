"""The join of a flat feed's tables into services; rows that point to nothing or in a circle are refused."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from resources_directory.exchange.feeds.refusal import FeedRefused, Remark
from resources_directory.exchange.rows.raw_row import RawRow
from resources_directory.exchange.rows.shared_ids import different

Tables = dict[str, list[RawRow]]
_VALUE = re.compile(r"(?<=_id )\S+")
_MOST_SERVICES = 20_000
_MOST_ALIKE = 5  # remarks, before they are counted

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
        "accessibility": "accessibilities accessibility_for_disabilities",
        "required_document": "required_documents",
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
    Link("required_document", "service_id", "service", into_other="required_documents"),
    Link("accessibility", "location_id", "location", into_other="accessibility"),
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


class RawFeed(NamedTuple):
    """The services of a feed with everything attached to them, and what was not taken."""

    rows: list[RawRow]
    refused: list[Remark]
    left_out: list[Remark]  # parts of rows that were taken


def joined(tables: Tables) -> RawFeed:
    """Return the services with everything attached to them, and what was refused."""
    bounded(tables.get("service", ()))
    refused: list[Remark] = []
    left_out: list[Remark] = []
    kept = {table: _once(table, rows, refused) for table, rows in tables.items()}
    kept["service_at_location"] = list(_each_service(kept))
    for table, key in _PARENTS.items():
        kept[table] = _without_circles(table, kept.get(table, []), key, refused)
    for table, position, remark, lost in reversed(list(_dangling(kept))):
        if lost:
            del kept[table][position]
        (refused if lost else left_out).append(remark)
    _hang_together(kept)
    return RawFeed(kept.get("service", []), _few(refused), _few(left_out))


def bounded(services: Sequence[RawRow]) -> None:
    """Raise FeedRefused for more services than anybody checks; each costs a millisecond and some kilobytes."""
    if len(services) > _MOST_SERVICES:
        raise FeedRefused(f"The feed holds more than {_MOST_SERVICES:,} services: import it in parts.")


def _few(remarks: list[Remark]) -> list[Remark]:
    """Return remarks on links one by one, or counted where a whole table points to nothing."""
    grouped: defaultdict[str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        grouped[f"{remark.row.partition(' ')[0]} {_VALUE.sub('', remark.reason)}"].append(remark)
    return [one for key, group in grouped.items() for one in _counted(key, group)]


def _counted(key: str, group: list[Remark]) -> list[Remark]:
    if len(group) <= _MOST_ALIKE:
        return group
    table, _, _ = key.partition(" ")
    return [Remark(f"{len(group)} rows of {table}", f"{group[0].reason}, and so on")]


def _once(table: str, rows: list[RawRow], remarks: list[Remark]) -> list[RawRow]:
    """Return the rows without duplicates; if rows differ under one id, nobody knows which is right, so none is kept."""
    by_id: defaultdict[str, list[RawRow]] = defaultdict(list)
    for position, row in enumerate(rows, 1):
        by_id[str(row.get("id") or f"row {position}")].append(row)
    found = {name: different(group) for name, group in by_id.items()}
    for name, group in found.items():
        if len(group) > 1:
            remarks.append(Remark(f"{table} {name}", f"its id stands on {len(group)} rows that differ"))
    return [dict(group[0]) for group in found.values() if len(group) == 1]


def _each_service(kept: Tables) -> Iterator[RawRow]:
    """Yield a row for each service of a place: some feeds list them with commas in one cell."""
    known = {str(row.get("id")) for row in kept.get("service", [])}
    for row in kept.get("service_at_location", []):
        told = str(row.get("service_id") or "")
        if told in known or "," not in told:
            yield row
        else:
            yield from (row | {"service_id": one.strip()} for one in told.split(",") if one.strip())


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


def _dangling(kept: Tables) -> Iterator[tuple[str, int, Remark, bool]]:
    """Yield rows that point to nothing, and whether that leaves them without a meaning. Others only lose that link, as does a
    row that points to a row refused here."""
    known = {table: {str(row.get("id")) for row in rows} for table, rows in kept.items()}
    for table, rows in kept.items():
        links = [link for link in LINKS if link.table == table]
        for position, row in enumerate(rows):
            broken = [link for link in links if _points_nowhere(row, link, known)]
            if broken:
                reasons = (
                    f"{one.key} {row[one.key]} is no {one.other.replace('_', ' ')} of this feed" for one in broken
                )
                remark = Remark(f"{table} {row.get('id') or position + 1}", "; ".join(reasons))
                yield table, position, remark, _is_lost(row, links, broken)


def _is_lost(row: RawRow, links: list[Link], broken: list[Link]) -> bool:
    """Whether a row means nothing without its broken links: a phone of nobody, a place of a service without the place."""
    if any(link.into_this and link.table != "service" for link in broken):
        return True
    owners = [link for link in links if link.into_other and row.get(link.key)]
    return bool(owners) and all(link in broken for link in owners)


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
