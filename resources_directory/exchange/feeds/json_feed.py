"""The JSON reader: services nested or flat, alone or in pages, from HSDS 3 and Open Referral UK."""

import json
import re
from functools import lru_cache
from typing import Any

from resources_directory.exchange.feeds.csv_feed import text_of
from resources_directory.exchange.feeds.refusal import FeedRefused, Remark
from resources_directory.exchange.feeds.tables import RawFeed, bounded, joined, table_of
from resources_directory.exchange.rows.raw_row import RawRow
from resources_directory.exchange.rows.shared_ids import told_apart

_PAGES = ("contents", "content", "items", "results", "data", "services")
_DEEPEST = 40
_TOO_DEEP = "The JSON is nested too deeply."
# In memory an object costs a hundred times what it takes in the file.
# One emoji, and every letter takes four bytes: it begins with such a byte in UTF-8.
_LARGEST_WIDE, _WIDE = 20_000_000, 0xF0
_MOST_PARTS, _MOST_VALUES = 400_000, 1_500_000
AT = "service_at_locations"
_PLACE = frozenset({"location_type", "latitude", "longitude"})  # what only a place has


def read_json(content: bytes, encoding: str | None = None) -> RawFeed:
    """Return the services in a JSON file, and what was refused; raise FeedRefused."""
    if content.count(b"{") + content.count(b"[") > _MOST_PARTS or content.count(b",") > _MOST_VALUES:
        raise FeedRefused(
            f"The JSON holds more than {_MOST_VALUES:,} values or {_MOST_PARTS:,} objects: import it in parts."
        )
    if len(content) > _LARGEST_WIDE and max(content) >= _WIDE:
        raise FeedRefused(f"The JSON holds emoji and more than {_LARGEST_WIDE // 1_000_000} MB: import it in parts.")
    try:
        plain = json.loads(text_of(content, encoding), object_pairs_hook=_plain_names)
    except FeedRefused:
        raise
    except RecursionError:
        raise FeedRefused(_TOO_DEEP) from None
    except ValueError as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise FeedRefused(f"The file is not readable as JSON{where}.") from None
    _bound(plain)
    return _services(plain)


def _services(plain: Any) -> RawFeed:
    if isinstance(plain, dict):
        tables = {table_of(name): rows for name, rows in plain.items() if table_of(name) and _is_table(rows)}
        if "id" not in plain and "service" in tables:
            return joined({str(table): rows for table, rows in tables.items()})
        page = next((plain[name] for name in _PAGES if isinstance(plain.get(name), list)), None)
        if page is not None and "id" not in plain:
            return _services(page)
    rows = plain if isinstance(plain, list) else [plain]
    found = [*_at_locations(rows), *(service for row in rows for service in _of_row(row))]
    if not found:
        raise FeedRefused(
            f"The JSON holds no services in a form that is known here (docs/exchange.md){_instead(rows)}."
        )
    bounded(found)
    shared: list[Remark] = []
    made = joined({"service": told_apart(found, shared)})
    return made._replace(refused=[*shared, *made.refused])


def _is_table(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _of_row(row: Any) -> list[RawRow]:
    """Return the services of one row: the row itself, or those of an organization."""
    if not isinstance(row, dict) or _is_at_location(row):
        return []
    inside = row.get("services")
    if isinstance(inside, list):
        organization = {name: value for name, value in row.items() if name != "services"}
        rows = [service for service in inside if isinstance(service, dict)]
        return [service | {"organization": service.get("organization") or organization} for service in rows]
    # Other pages of the same APIs hold only organizations or places.
    if _PLACE & set(row):
        return []
    named = any(name in row for name in ("organization", "organization_id", AT, "contacts", "phones"))
    return [row] if "name" in row and named else []


def _is_at_location(row: Any) -> bool:
    return isinstance(row, dict) and isinstance(row.get("service"), dict) and "name" in row["service"]


def _at_locations(rows: list[Any]) -> list[RawRow]:
    """Return the services of services at locations, each once, with all the places at which the list repeats it."""
    found: dict[str, RawRow] = {}
    for row in filter(_is_at_location, rows):
        place = {name: value for name, value in row.items() if name != "service"}
        key = json.dumps(row["service"], sort_keys=True, default=str)
        found.setdefault(key, row["service"] | {AT: []})[AT].append(place)
    return list(found.values())


def _instead(rows: list[Any]) -> str:
    """Return what a page holds in place of services, to say that it is the wrong page."""
    shown = [row for row in rows if isinstance(row, dict)]
    if any(_PLACE & set(row) for row in shown):
        return ": these are places, so ask for services or services at locations"
    if any("name" in row and ("tax_status" in row or "legal_status" in row or "website" in row) for row in shown):
        return ": these are organizations without their services"
    return ""


def _plain_names(pairs: list[tuple[str, Any]]) -> RawRow:
    """Rename `serviceAtLocations` to `service_at_locations`."""
    return {snake(name): value for name, value in pairs}


def _bound(value: Any, depth: int = 0) -> None:
    """Raise FeedRefused for what is nested deeper than any feed."""
    if depth > _DEEPEST:
        raise FeedRefused(_TOO_DEEP)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        if isinstance(one, dict | list):
            _bound(one, depth + 1)


@lru_cache(maxsize=1_000)
def snake(name: str) -> str:
    """Return a name of any style in snake case."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip()).lower().replace(" ", "_").replace("-", "_")
