"""Carries what HSDS has no word for (kinds, notices, who operates a line) as attributes of a taxonomy of our own."""

from collections.abc import Iterable, Iterator
from typing import Any

from resources_directory.exchange import ids
from resources_directory.exchange.feeds.feed_row import AttributeRow

TAXONOMY = "quietline"


def ours(attributes: Iterable[AttributeRow], field: str) -> tuple[str, ...]:
    """Give the values that an export of ours put on a row for one field."""
    return tuple(value for name, value in _pairs(attributes) if name == field)


def first(attributes: Iterable[AttributeRow], field: str) -> str | None:
    """Give the one value of a field."""
    return next(iter(ours(attributes, field)), None)


def _pairs(attributes: Iterable[AttributeRow]) -> Iterator[tuple[str, str]]:
    for row in attributes:
        if row.term and row.term.taxonomy == TAXONOMY and row.link_type and row.value:
            yield row.link_type, row.value


def rows(owner: str, entity: str, fields: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Give the attributes of one row of an export, in the order of the fields."""
    return [_row(owner, entity, field, value) for field, value in fields]


def _row(owner: str, entity: str, field: str, value: str) -> dict[str, Any]:
    code = value if field in ("kind", "notice", "gender") else field
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
