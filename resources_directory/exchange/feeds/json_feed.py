"""The JSON reader: services nested or flat, alone or in pages, from HSDS 3 and Open Referral UK."""

import json
import re
from typing import Any

from resources_directory.exchange.feeds.refusal import FeedRefused, Remark
from resources_directory.exchange.feeds.tables import RawRow, joined, table_of

_PAGES = ("contents", "content", "items", "results", "data", "services")
_DEEPEST = 40


def read_json(text: str) -> tuple[list[RawRow], list[Remark]]:
    """Return the services in a JSON text, and what was refused; raise FeedRefused."""
    try:
        plain = json.loads(text)
    except RecursionError:
        raise FeedRefused("The JSON is nested too deeply.") from None
    except ValueError as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise FeedRefused(f"The file is not readable as JSON{where}.") from None
    return _services(_plain_names(plain))


def _services(plain: Any) -> tuple[list[RawRow], list[Remark]]:
    if isinstance(plain, dict):
        tables = {table_of(name): rows for name, rows in plain.items() if table_of(name) and _is_table(rows)}
        if "id" not in plain and "service" in tables:
            return joined({str(table): rows for table, rows in tables.items()})
        page = next((plain[name] for name in _PAGES if isinstance(plain.get(name), list)), None)
        if page is not None and "id" not in plain:
            return _services(page)
    rows = plain if isinstance(plain, list) else [plain]
    found = [service for row in rows for service in _of_row(row)]
    if not found:
        raise FeedRefused("The JSON holds no services in a form that is known here (docs/exchange.md).")
    return joined({"service": found})


def _is_table(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _of_row(row: Any) -> list[RawRow]:
    """Return the services of one row: the row itself, or those of an organization."""
    if not isinstance(row, dict):
        return []
    inside = row.get("services")
    if isinstance(inside, list):
        organization = {name: value for name, value in row.items() if name != "services"}
        rows = [service for service in inside if isinstance(service, dict)]
        return [service | {"organization": service.get("organization") or organization} for service in rows]
    # Other pages of the same APIs hold only organizations or places.
    named = any(
        name in row for name in ("organization", "organization_id", "service_at_locations", "contacts", "phones")
    )
    return [row] if "name" in row and named else []


def _plain_names(value: Any, depth: int = 0) -> Any:
    """Rename `serviceAtLocations` to `service_at_locations`, all the way down."""
    if depth > _DEEPEST:
        raise FeedRefused("The JSON is nested too deeply.")
    if isinstance(value, dict):
        return {snake(name): _plain_names(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain_names(inner, depth + 1) for inner in value]
    return value


def snake(name: str) -> str:
    """Return a name of any style in snake case."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip()).lower().replace(" ", "_").replace("-", "_")
