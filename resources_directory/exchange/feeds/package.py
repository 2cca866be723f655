"""A zip of tables, opened without trusting it: nothing is written to disk, and nothing can grow without limit."""

import io
import json
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from resources_directory.exchange.feeds.csv_feed import MOST_ROWS, rows_of
from resources_directory.exchange.feeds.json_feed import snake
from resources_directory.exchange.feeds.refusal import FeedRefused
from resources_directory.exchange.feeds.tables import Tables, table_of
from resources_directory.exchange.rows.raw_row import RawRow

LARGEST = 100_000_000  # bytes, unpacked in total
MOST_FILES = 500
_PIECE = 1_000_000  # bytes
_MOST_SKIPPED = 101  # rows: the lines above the headings, and the headings
_MOST_TAGS, _MOST_IN_ROW = 3_000_000, 150_000
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_NOT_READABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def names_in(content: bytes) -> list[str]:
    """Return the names of the files in a zip, none of them kept in memory; raise FeedRefused for one that is not to be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = [member for member in package.infolist() if not member.is_dir()]
            _check(members)
            _measure(package, members)
    except FeedRefused:
        raise
    except _NOT_READABLE:
        raise FeedRefused("The zip file is broken.") from None
    return [member.filename for member in members]


def read_package(content: bytes) -> Tables:
    """Return the tables of HSDS 1.1 or 3, with or without a datapackage.json; raise FeedRefused."""
    names = names_in(content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return _tables(package, names)


def _tables(package: zipfile.ZipFile, names: list[str]) -> Tables:
    named = _named(package, names)
    tables: Tables = {}
    for path in names:
        table = named.get(path) or (table_of(path) if path.lower().endswith(".csv") else None)
        if table is None:
            continue
        content = package.read(path)
        if not content.strip():
            continue
        if table in tables:
            raise FeedRefused(f"The zip holds the table {table} twice.")
        tables[table] = _table(path, content)
    if "service" not in tables:
        raise FeedRefused("The zip holds no table of services (services.csv).")
    return tables


def _table(path: str, content: bytes) -> list[RawRow]:
    try:
        rows = rows_of(content)
    except FeedRefused as error:
        raise FeedRefused(f"{PurePosixPath(path).name}: {error}") from None
    return [{snake(name): cell for name, cell in row.items() if cell.strip()} for row in rows]


def _named(package: zipfile.ZipFile, names: list[str]) -> dict[str, str]:
    """Return the table of each file from the datapackage.json, if there is one."""
    path = next((name for name in names if PurePosixPath(name).name == "datapackage.json"), None)
    if path is None:
        return {}
    try:
        resources = json.loads(package.read(path))["resources"]
        pairs = [
            (str(row["path"]), table_of(str(row.get("name") or row.get("id")))) for row in resources if "path" in row
        ]
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError):
        raise FeedRefused("datapackage.json is not readable.") from None
    folder = PurePosixPath(path).parent
    return {str(folder / name): table for name, table in pairs if table}


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        raise FeedRefused(f"The zip holds more than {MOST_FILES} files.")
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in member.filename:
            raise FeedRefused("The zip holds a file with a path that leads out of it.")
        if member.flag_bits & 1:
            raise FeedRefused("The zip is encrypted.")


def _measure(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Raise FeedRefused if the files are too large: the sizes that a zip states may be lies, what counts is what comes out."""
    left, seen = LARGEST, set()
    for member in members:
        if member.filename in seen:
            raise FeedRefused("The zip holds two files of one name.")
        seen.add(member.filename)
        tags = _Tags(member.filename)
        with package.open(member) as file:
            while piece := file.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    raise FeedRefused(f"The zip unpacks to more than {LARGEST // 1_000_000} MB.")
                tags.count(piece)


class _Tags:
    """The tags of one file of a spreadsheet: its library holds all texts, and all of one row, in memory at once."""

    def __init__(self, name: str) -> None:
        self._sheet = "worksheets/" in name
        self._most = _MOST_IN_ROW if self._sheet else _MOST_TAGS if name.endswith("sharedStrings.xml") else None
        self._tags = self._rows = 0

    def count(self, piece: bytes) -> None:
        """Count what comes next; raise FeedRefused if it is too much."""
        if self._most is None:
            return
        first, *rows = _ROW.split(piece) if self._sheet else [piece]
        self._rows += len(rows)
        if self._rows > MOST_ROWS + _MOST_SKIPPED:
            raise FeedRefused(f"The file holds more than {MOST_ROWS:,} rows.")
        self._tags += first.count(b"<")
        if max([self._tags, *(row.count(b"<") for row in rows)]) > self._most:
            raise FeedRefused("The spreadsheet holds more than can be read at once: save it as CSV.")
        if rows:
            self._tags = rows[-1].count(b"<")
