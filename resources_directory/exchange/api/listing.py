"""A listing of published objects: which of them a query asks for, and the page of HSDS that holds them."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from resources_directory.exchange.api.parameters import PER_PAGE
from resources_directory.exchange.api.publication import TAXONOMY_ID, ItemForm, PublishedItem, PublishedTable


def found(items: Collection[PublishedItem], table: PublishedTable, query: Mapping[str, Any]) -> list[PublishedItem]:
    """Return the objects that a query asks for, in their order."""
    wanted = query.get("taxonomy_id")
    # All that is classified is so by our one taxonomy, and none of its terms has a parent.
    if (wanted and wanted != TAXONOMY_ID) or "parent_id" in query:
        return []
    classified = table in ("services", "service_at_locations") and wanted
    return [item for item in items if _fits(item, query) and (item.terms or not classified)]


def _fits(item: PublishedItem, query: Mapping[str, Any]) -> bool:
    return (
        all(f" {word}" in item.words for word in query.get("search", ()))
        and query.get("country", item.country) == item.country
        and query.get("organization_id", item.organization) == item.organization
        and ("taxonomy_term_id" not in query or query["taxonomy_term_id"] in item.terms)
        and (not item.modified or "modified_after" not in query or item.modified >= query["modified_after"])
    )


def form_of(table: PublishedTable, query: Mapping[str, Any]) -> ItemForm:
    """Return the form in which a listing shows its objects."""
    if query.get("minimal"):
        return "minimal"
    if table == "organizations" and query.get("full_service"):
        return "full_service"
    return "full" if query.get("full") else "listed"


def page(items: list[PublishedItem], form: ItemForm, query: Mapping[str, Any]) -> bytes:
    """Return one page in the envelope of HSDS; a page behind the last is empty."""
    size = query.get("per_page") or (max(1, len(items)) if form == "minimal" else PER_PAGE)
    number, pages = query.get("page", 1), -(-len(items) // size)
    shown = items[(number - 1) * size : number * size]
    head = {
        "total_items": len(items),
        "total_pages": pages,
        "page_number": number,
        "size": len(shown),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not shown,
    }
    contents = b",".join(item.form(form) for item in shown)
    return json.dumps(head).encode()[:-1] + b', "contents": [' + contents + b"]}\n"


def lines(items: list[PublishedItem], form: ItemForm) -> bytes:
    """Return all objects, each on a line of its own (NDJSON)."""
    return b"".join(_lines(items, form))


def _lines(items: list[PublishedItem], form: ItemForm) -> Iterator[bytes]:
    for item in items:
        yield item.form(form)
        yield b"\n"
