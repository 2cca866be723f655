"""The parameters of a listing: how each is read from a query, and how the description of the API names it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from resources_directory.exchange.api.publication import PublishedTable
from resources_directory.places.spelling import folded

PER_PAGE = 50
_MOST_PER_PAGE, _LAST_PAGE = 500, 1_000_000
_LONGEST_SEARCH = 200
_UUID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
_NUMBER = re.compile(r"[0-9]{1,7}")
_SEARCH = r"^[^\u0000-\u001f\u007f]*$"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d))?")
_COUNTRY = r"^[A-Za-z]{2}$"


class BadParameter(ValueError):
    """A query that cannot be answered; the message says what it should be, and repeats nothing of it."""


@dataclass(frozen=True)
class Parameter:
    """One parameter. `read` returns the value, or None for a text that is none."""

    name: str
    says: str
    schema: Mapping[str, Any]
    must: str
    read: Callable[[str], Any]


def _whole(most: int) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        return int(text) if _NUMBER.fullmatch(text) and 1 <= int(text) <= most else None

    return read


def _matching(pattern: str, form: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        return form(text) if re.fullmatch(pattern.strip("^$"), text) else None

    return read


def _search(text: str) -> tuple[str, ...] | None:
    if len(text) > _LONGEST_SEARCH or re.fullmatch(_SEARCH.strip("^$"), text) is None:
        return None
    return tuple(folded(text).split())


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.upper()) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


def _switch(name: str, says: str) -> Parameter:
    return Parameter(name, says, {"type": "boolean"}, "true or false", {"true": True, "false": False}.get)


def _id(name: str, says: str) -> Parameter:
    schema = {"type": "string", "format": "uuid", "pattern": _UUID}
    return Parameter(name, says, schema, "an id of this API, a UUID", _matching(_UUID, str.lower))


_ALL = (
    Parameter("search", "Full text search: every word has to be there, as the beginning of a word; case and accents do "
              "not matter.", {"type": "string", "maxLength": _LONGEST_SEARCH, "pattern": _SEARCH},
              f"at most {_LONGEST_SEARCH} letters, without control characters", _search),
    Parameter("page", "Page number of paginated result.", {"type": "integer", "minimum": 1, "maximum": _LAST_PAGE},
              f"a whole number from 1 to {_LAST_PAGE}", _whole(_LAST_PAGE)),
    Parameter("per_page", f"Number of results requested in a single page; else {PER_PAGE}.",
              {"type": "integer", "minimum": 1, "maximum": _MOST_PER_PAGE},
              f"a whole number from 1 to {_MOST_PER_PAGE}", _whole(_MOST_PER_PAGE)),
    Parameter("format", "json, or ndjson: all results without pages, each on a line.",
              {"type": "string", "enum": ["json", "ndjson"]}, "json or ndjson", {"json": "json", "ndjson": "ndjson"}.get),
    _id("taxonomy_term_id", "Only services with this taxonomy term."),
    _id("taxonomy_id", "Only what has a term of this taxonomy."),
    _id("organization_id", "Only services of this organization."),
    Parameter("modified_after", "Only what was modified on or after this moment; what nobody knows it of is always there.",
              {"type": "string", "format": "date-time"}, "a moment such as 2026-03-01T00:00:00Z, or a day", _moment),
    Parameter("country", "Only of this country, by its two letters (ISO 3166-1); ZZ: lines for any country. Not in HSDS.",
              {"type": "string", "pattern": _COUNTRY}, "two letters", _matching(_COUNTRY, str.upper)),
    _id("parent_id", "Only terms with this parent. Our terms have none."),
    _switch("minimal", "Only 'id', 'last_modified' and what HSDS requires, all on one page; goes before 'full'."),
    _switch("full", "Fully nested objects."),
    _switch("full_service", "Organizations with their services fully nested."),
    _switch("top_only", "Only terms without a parent: all of ours."),
)  # fmt: skip
PARAMETERS: Mapping[str, Parameter] = {parameter.name: parameter for parameter in _ALL}
_PAGED = ("search", "page", "per_page", "format")
_SERVICES = (*_PAGED, "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full", "country")
OF_LISTING: Mapping[PublishedTable, tuple[str, ...]] = {
    "services": (*_SERVICES, "minimal"),
    "organizations": (*_PAGED, "full_service", "full", "country"),
    "service_at_locations": _SERVICES,
    "taxonomies": _PAGED,
    "taxonomy_terms": (*_PAGED, "taxonomy_id", "top_only", "parent_id"),
}
OF_ONE: Mapping[PublishedTable, tuple[str, ...]] = {"organizations": ("full_service",)}


def read(query: Iterable[tuple[str, str]], known: Iterable[str]) -> dict[str, Any]:
    """Return the values of a query by name; raise BadParameter."""
    names, found = tuple(known), dict[str, Any]()
    for name, text in query:
        if name not in names:
            raise BadParameter(f"There is a parameter that is not known here. Known: {', '.join(names) or 'none'}.")
        if name in found:
            raise BadParameter(f"{name} is there twice.")
        found[name] = PARAMETERS[name].read(text)
        if found[name] is None:
            raise BadParameter(f"{name} must be {PARAMETERS[name].must}.")
    return found
