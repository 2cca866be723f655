"""A zip of tables, opened without trusting it: nothing is written to disk, and nothing can grow without limit."""

import io
import json
import zipfile
import zlib
from pathlib import PurePosixPath

from resources_directory.exchange.feeds.csv_feed import rows_of, text_of
from resources_directory.exchange.feeds.json_feed import snake
from resources_directory.exchange.feeds.refusal import FeedRefused
from resources_directory.exchange.feeds.tables import RawRow, Tables, table_of

LARGEST = 100_000_000  # bytes, unpacked in total
MOST_FILES = 500
_NOT_READABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def opened(content: bytes) -> dict[str, bytes]:
    """Return the files in a zip by name, unpacked into memory; raise FeedRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = [member for member in package.infolist() if not member.is_dir()]
            _check(members)
            return _unpacked(package, members)
    except FeedRefused:
        raise
    except _NOT_READABLE:
        raise FeedRefused("The zip file is broken.") from None


def read_package(files: dict[str, bytes]) -> Tables:
    """Return the tables of HSDS 1.1 or 3, with or without a datapackage.json; raise FeedRefused."""
    named = _named(files)
    tables: Tables = {}
    for path, content in files.items():
        table = named.get(path) or (table_of(path) if path.lower().endswith(".csv") else None)
        if table is None or not content.strip():
            continue
        if table in tables:
            raise FeedRefused(f"The zip holds the table {table} twice.")
        tables[table] = _table(path, content)
    if "service" not in tables:
        raise FeedRefused("The zip holds no table of services (services.csv).")
    return tables


def _table(path: str, content: bytes) -> list[RawRow]:
    try:
        rows = rows_of(text_of(content))
    except FeedRefused as error:
        raise FeedRefused(f"{PurePosixPath(path).name}: {error}") from None
    return [{snake(name): cell for name, cell in row.items() if cell.strip()} for row in rows]


def _named(files: dict[str, bytes]) -> dict[str, str]:
    """Return the table of each file from the datapackage.json, if there is one."""
    path = next((name for name in files if PurePosixPath(name).name == "datapackage.json"), None)
    if path is None:
        return {}
    try:
        resources = json.loads(files[path])["resources"]
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


def _unpacked(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = LARGEST
    for member in members:
        with package.open(member) as file:
            # The sizes that a zip states may be lies: what counts is what comes out.
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise FeedRefused(f"The zip unpacks to more than {LARGEST // 1_000_000} MB.")
        if member.filename in files:
            raise FeedRefused("The zip holds two files of one name.")
        files[member.filename] = content
    return files
