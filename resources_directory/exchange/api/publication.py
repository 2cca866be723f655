"""A publication: the objects of HSDS as they are published now, each as the JSON of its forms, and what they are found by."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal

from resources_directory.exchange import attributes, ids
from resources_directory.exchange.export.export_services import ExportEntry, ExportRow, nested
from resources_directory.places.country_names import country_name
from resources_directory.places.spelling import folded

PublishedTable = Literal["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"]
# listed: fields of its own and of what it belongs to, no lists; minimal: what shows whether it is new or gone.
ItemForm = Literal["listed", "full", "minimal", "full_service"]
TAXONOMY_ID = ids.made_id("taxonomy", attributes.TAXONOMY)
_TAXONOMY: ExportRow = {
    "id": TAXONOMY_ID,
    "name": attributes.TAXONOMY,
    "description": "What HSDS has no term for: kinds of help, whom a service is for, what a caller must know first.",
}
_MINIMAL = ("id", "name", "status", "last_modified")


@dataclass(frozen=True)
class PublishedItem:
    """One object. `modified` is None where nobody knows when it changed."""

    id: str
    forms: Mapping[ItemForm, bytes]
    words: str  # folded, with a blank before each
    country: str = ""
    organization: str = ""
    terms: frozenset[str] = frozenset()
    modified: datetime | None = None

    def form(self, wanted: ItemForm) -> bytes:
        """Return the JSON of a form; an object with one form has that for each."""
        return self.forms.get(wanted) or self.forms["full"]


Publication = Mapping[PublishedTable, Mapping[str, PublishedItem]]


def publication(entries: Iterable[ExportEntry], changed: Mapping[str, str]) -> Publication:
    """Return all objects in the order of their ids. `changed`: by our id, the moment of the last noted change."""
    services = [_Published(entry, _row(entry, changed)) for entry in entries]
    terms = {term["id"]: term for service in services for term in _terms(service.row)}
    return {
        "services": _by_id(map(_service, services)),
        "organizations": _by_id(_organizations(services)),
        "service_at_locations": _by_id(item for service in services for item in _at_locations(service)),
        "taxonomies": _by_id([_single(_TAXONOMY)]),
        "taxonomy_terms": _by_id(_single(term | {"taxonomy_id": TAXONOMY_ID}) for term in terms.values()),
    }


@dataclass(frozen=True)
class _Published:
    entry: ExportEntry
    row: ExportRow

    def item(self, id_: str, forms: Mapping[ItemForm, bytes]) -> PublishedItem:
        service, organization = self.entry.service, self.entry.organization
        places = (place.city for place in service.locations)
        area = service.service_area.name or ""
        text = (service.name, organization.name, service.description or "", area, *places, *service.kinds)
        return PublishedItem(
            id_,
            forms,
            _words(*text, country_name(self.entry.country, "en")),
            self.entry.country,
            self.row["organization_id"],
            frozenset(term["id"] for term in _terms(self.row)),
            _moment(self.row.get("last_modified")),
        )


def _row(entry: ExportEntry, changed: Mapping[str, str]) -> ExportRow:
    noted, checked = changed.get(entry.service.id), entry.service.checked_on
    modified = noted or (f"{checked}T00:00:00Z" if checked else None)
    return nested(entry) | ({"last_modified": modified} if modified else {})


def _service(service: _Published) -> PublishedItem:
    row = service.row
    forms: dict[ItemForm, bytes] = {"listed": _json(_alone(row)), "full": _json(row), "minimal": _json(_minimal(row))}
    return service.item(row["id"], forms)


def _minimal(row: ExportRow) -> ExportRow:
    return {name: row[name] for name in _MINIMAL if name in row}


def _organizations(services: Iterable[_Published]) -> Iterator[PublishedItem]:
    together: dict[str, list[_Published]] = {}
    for service in services:
        together.setdefault(service.row["organization_id"], []).append(service)
    for id_, offered in together.items():
        row: ExportRow = offered[0].row["organization"]
        forms: dict[ItemForm, bytes] = {
            "listed": _json(_alone(row)),
            "full": _json(row | {"services": [_minimal(service.row) for service in offered]}),
            "full_service": _json(row | {"services": [_without(service.row, "organization") for service in offered]}),
        }
        items = [service.item(id_, forms) for service in offered]
        words = " ".join(item.words for item in items)
        yield PublishedItem(id_, forms, words, items[0].country, id_)


def _at_locations(service: _Published) -> Iterator[PublishedItem]:
    whole = _without(service.row, "service_at_locations")
    for row in service.row.get("service_at_locations", ()):
        full = row | {"service": whole}
        yield service.item(row["id"], {"listed": _json(_alone(full)), "full": _json(full)})


def _single(row: ExportRow) -> PublishedItem:
    text = (row["name"], row.get("code", ""), row["description"])
    return PublishedItem(row["id"], {"full": _json(row)}, _words(*text))


def _terms(row: Any) -> Iterator[ExportRow]:
    """Yield the terms of all attributes inside a row."""
    for name, value in row.items():
        for inner in value if isinstance(value, list) else [value]:
            if name == "taxonomy_term":
                yield inner
            elif isinstance(inner, dict):
                yield from _terms(inner)


def _alone(row: ExportRow) -> ExportRow:
    """Return a row without its lists, nor those inside what it belongs to."""
    kept = ((name, value) for name, value in row.items() if not isinstance(value, list))
    return {name: _alone(value) if isinstance(value, dict) else value for name, value in kept}


def _without(row: ExportRow, field: str) -> ExportRow:
    return {name: value for name, value in row.items() if name != field}


def _words(*texts: str) -> str:
    return f" {folded(' '.join(texts))}"


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def _by_id(items: Iterable[PublishedItem]) -> Mapping[str, PublishedItem]:
    return {item.id: item for item in sorted(items, key=lambda item: item.id)}


_dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def _json(row: ExportRow) -> bytes:
    return _dumps(row).encode()
