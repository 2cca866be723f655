"""The directory as a tabular package of HSDS 3: a zip of CSV files and the datapackage.json that describes them."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from resources_directory.exchange.csv_cells import safe
from resources_directory.exchange.export.export_services import ExportRow

# The descriptor of release 3.2.3, shortened to the tables that we write; license CC BY-SA 4.0 (docs/exchange.md).
DESCRIPTOR = Path(__file__).parent / "datapackage.json"
# A list in a nested row -> its table.
_TABLES = {
    "organization": "organization", "phones": "phone", "schedules": "schedule", "service_areas": "service_area",
    "service_at_locations": "service_at_location", "location": "location", "addresses": "address",
    "languages": "language", "attributes": "attribute", "taxonomy_term": "taxonomy_term",
}  # fmt: skip
# One timestamp for every file, so the same directory gives the same bytes.
_MOMENT = (2020, 1, 1, 0, 0, 0)


def package(services: Iterable[ExportRow]) -> bytes:
    """Return the zip for nested services."""
    tables: dict[str, dict[str, ExportRow]] = {}
    for service in services:
        _spread("service", service, tables)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        for resource in descriptor()["resources"]:
            rows = tables.get(resource["name"], {}).values()
            names = [field["name"] for field in resource["schema"]["fields"]]
            _add(zipped, resource["path"], _table(names, rows))
        _add(zipped, "datapackage.json", json.dumps(descriptor(), indent=2, ensure_ascii=False))
    return content.getvalue()


def _add(zipped: zipfile.ZipFile, name: str, text: str) -> None:
    zipped.writestr(zipfile.ZipInfo(name, _MOMENT), text, zipfile.ZIP_DEFLATED)


@cache
def descriptor() -> dict[str, Any]:
    """Return the datapackage.json."""
    found: dict[str, Any] = json.loads(DESCRIPTOR.read_text("utf-8"))
    return found


def _spread(table: str, row: ExportRow, tables: dict[str, dict[str, ExportRow]]) -> None:
    """Put a row into its table, and its nested rows into theirs."""
    tables.setdefault(table, {})[row["id"]] = row
    for name, inner in row.items():
        for child in inner if isinstance(inner, list) else [inner]:
            if name in _TABLES and isinstance(child, dict):
                _spread(_TABLES[name], child, tables)


def _table(names: list[str], rows: Iterable[ExportRow]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: safe(cell) for name, cell in row.items()} for row in rows)
    return text.getvalue()
