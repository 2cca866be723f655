"""The spreadsheet reader: CSV or XLSX with a mapping file, into the same rows as every other feed."""

import io
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from resources_directory.exchange import attributes
from resources_directory.exchange.feeds.csv_feed import MOST_COLUMNS, MOST_ROWS, by_heading, filled, rows_of
from resources_directory.exchange.feeds.mapping import Mapping
from resources_directory.exchange.feeds.package import names_in
from resources_directory.exchange.feeds.refusal import FeedRefused
from resources_directory.exchange.feeds.tables import bounded
from resources_directory.exchange.rows.raw_row import RawRow

_SPACE = uuid.UUID("5b0f6c7e-52f1-5c0e-9d53-6f6f0d0a6f10")  # namespace for ids of rows without an id
_YES = frozenset({"yes", "y", "true", "1", "x", "si", "sí", "oui", "ja", "sim"})


def read_csv(content: bytes, mapping: Mapping) -> list[RawRow]:
    """Return the services in a CSV file; raise FeedRefused."""
    _needed(mapping)
    return _services(rows_of(content, mapping.encoding, mapping.skip_lines), mapping)


def read_xlsx(content: bytes, mapping: Mapping) -> list[RawRow]:
    """Return the services in one sheet; raise FeedRefused."""
    _needed(mapping)
    names_in(content)  # refuses a zip bomb before the library unpacks it
    return _services(by_heading(_cells(content, mapping)), mapping)


def _needed(mapping: Mapping) -> None:
    if not {"service", "organization"} & set(mapping.columns):
        raise FeedRefused("A spreadsheet needs a mapping file that names its columns (docs/exchange.md).")


def _cells(content: bytes, mapping: Mapping) -> list[list[str]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        names = book.sheetnames
        if mapping.sheet is not None and mapping.sheet not in names:
            raise FeedRefused(f"There is no sheet named {mapping.sheet!r}: {', '.join(names)}.")
        return list(filled(_lines(book[mapping.sheet or names[0]], mapping.skip_lines)))
    except FeedRefused:
        raise
    except Exception:  # the library raises whatever its parsers raise
        raise FeedRefused("The spreadsheet is not readable.") from None


def _lines(sheet: Any, skip: int) -> Iterator[list[str]]:
    """Yield the rows of a sheet; raise FeedRefused if it says that it goes further than we read.

    One cell far away makes the library fill in all that is between. What a sheet says of its size may be missing or a lie, so the
    library is told where to end as well.
    """
    lowest = skip + MOST_ROWS + 1
    if (sheet.max_row or 0) > lowest or (sheet.max_column or 0) > MOST_COLUMNS:
        raise FeedRefused(
            f"The sheet goes beyond row {lowest:,} or column {MOST_COLUMNS}: delete the cells there, or save it as CSV."
        )
    for row in sheet.iter_rows(min_row=skip + 1, max_row=lowest, max_col=MOST_COLUMNS, values_only=True):
        # A sheet may be formatted far to the right of its headings.
        empty = row.count(None) == len(row)
        width = 0 if empty else max((number for number, value in enumerate(row, 1) if value is not None), default=0)
        yield [_cell(value) for value in row[:width]]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _services(rows: Iterable[dict[str, str]], mapping: Mapping) -> list[RawRow]:
    rows = list(rows)
    bounded(rows)
    wanted = {heading for headings in mapping.columns.values() for heading in headings}
    missing = sorted(wanted - set(rows[0])) if rows else []
    if missing:
        raise FeedRefused(f"There is no column named {missing[0]!r}.")
    return [_service(_Cells(row, mapping)) for row in rows]


class _Cells:
    """One row of a spreadsheet, read by our field names."""

    def __init__(self, row: dict[str, str], mapping: Mapping) -> None:
        self._row, self._mapping = row, mapping

    def one(self, field: str) -> str | None:
        """Return a field; the cells of several columns are joined."""
        columns: Any = self._mapping.columns
        constants: Any = self._mapping.constants
        cells = [self._row[heading].strip() for heading in columns.get(field, ())]
        return " ".join(filter(None, cells)) or constants.get(field)

    def many(self, field: str) -> list[str]:
        """Return the values of a field, from one cell or several."""
        columns: Any = self._mapping.columns
        constants: Any = self._mapping.constants
        cells = [self._row[heading] for heading in columns.get(field, ())] or [constants.get(field, "")]
        return [value.strip() for cell in cells for value in cell.split(self._mapping.separator) if value.strip()]


def _service(cells: _Cells) -> RawRow:
    name = cells.one("service") or cells.one("organization")
    runs = cells.one("organization") or name
    return {
        "id": cells.one("id") or str(uuid.uuid5(_SPACE, f"{runs}|{name}|{cells.one('city')}|{cells.one('country')}")),
        "name": name,
        "description": cells.one("description"),
        "url": cells.one("url"),
        "email": cells.one("email"),
        "status": cells.one("status"),
        "alert": cells.one("note"),
        "fees": cells.one("cost"),
        "assured_date": cells.one("seen_on"),
        "eligibility_description": cells.one("eligibility"),
        "minimum_age": cells.one("minimum_age"),
        "maximum_age": cells.one("maximum_age"),
        "organization": {
            "id": runs,
            "name": runs,
            "description": cells.one("organization_description"),
            "attributes": [_ours("operated_by", cells.one("operated_by"))],
        },
        "phones": list(_phones(cells)),
        "schedules": [{"attributes": [_ours("hours", cells.one("hours"))]}] if cells.one("hours") else [],
        "languages": cells.many("languages"),
        "service_areas": list(_areas(cells)),
        "locations": [_location(cells)],
        "service_taxonomy": [{"taxonomy": {"name": word}} for word in cells.many("kinds")],
    }


def _phones(cells: _Cells) -> Iterator[RawRow]:
    for field, kind in (("phones", "voice"), ("text", "text"), ("whatsapp", "whatsapp")):
        for number in cells.many(field):
            yield {"number": number, "type": kind}


def _areas(cells: _Cells) -> Iterator[RawRow]:
    country = cells.one("country")
    for area in cells.many("area"):
        yield {"name": area, "extent_type": "country" if area == country else None}


def _location(cells: _Cells) -> RawRow:
    address = {name: cells.one(name) for name in ("city", "region", "postal_code", "country")}
    hidden = (cells.one("confidential") or "").casefold() in _YES
    return {
        "latitude": cells.one("latitude"),
        "longitude": cells.one("longitude"),
        "addresses": [{"address_1": cells.one("address"), **address}],
        "attributes": [_ours("confidential", "yes" if hidden else None)],
    }


def _ours(field: str, value: str | None) -> RawRow:
    return {"link_type": field, "value": value, "taxonomy_term": {"taxonomy": attributes.TAXONOMY}}
