"""Attributes of our own taxonomy, for what HSDS has no term for: kinds, notices, who operates a line."""

from collections.abc import Iterable, Iterator
from typing import Any

from resources_directory.exchange import ids
from resources_directory.exchange.feeds.feed_row import AttributeRow

TAXONOMY = "quietline"


def ours(attributes: Iterable[AttributeRow], field: str) -> tuple[str, ...]:
    """Return the values that one of our exports put on a row for one field."""
    return tuple(value for name, value in _pairs(attributes) if name == field)


def first(attributes: Iterable[AttributeRow], field: str) -> str | None:
    """Return the first value of a field, or None."""
    return next(iter(ours(attributes, field)), None)


def _pairs(attributes: Iterable[AttributeRow]) -> Iterator[tuple[str, str]]:
    for row in attributes:
        if row.term and row.term.taxonomy == TAXONOMY and row.link_type and row.value:
            yield row.link_type, row.value


def rows(owner: str, entity: str, fields: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the attributes of one exported row, in the order of the fields."""
    return [_row(owner, entity, field, value) for field, value in fields]


def _row(owner: str, entity: str, field: str, value: str) -> dict[str, Any]:
    code = value if field in ("kind", "notice", "gender", "for", "nationals") else field
    term = ids.made_id("taxonomy_term", f"{field}|{code}")
    return {
        "id": ids.made_id("attribute", f"{owner}|{field}|{value}"),
        "link_id": owner,
        "taxonomy_term_id": term,
        "link_type": field,
        "link_entity": entity,
        "value": value,
        "taxonomy_term": {
            "id": term,
            "code": code,
            "name": code.replace("_", " "),
            "description": f"{field.replace('_', ' ')}: {code.replace('_', ' ')}",
            "taxonomy": TAXONOMY,
        },
    }
