"""The build of the country files into one read-only SQLite file, which atomically replaces the old file.

Readers of the old file keep it until they next look; nobody ever sees half a directory.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from resources_directory.files.entries_folder import ENTRIES
from resources_directory.model.discontinued import LIST
from resources_directory.model.hsds import CountryEntries
from resources_directory.places.country_names import LISTED
from resources_directory.places.gazetteer_tables import ATLAS, fill
from resources_directory.search.compiling import DirectoryBuilder

_PACKAGE = Path(__file__).parents[1]
# Nobody reads the file before it is complete, so nothing in it needs to survive a crash.
_QUICKLY = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;"
# What decides how entries become rows: a file built by other code is rebuilt.
_MADE_BY = ("*/*.py", "search/schema.sql", "atlas/*")


class BuildFailed(Exception):
    """No new file was built and the old file is untouched; the message says why."""


@dataclass
class Built:
    """The result of a build."""

    path: Path
    fresh: bool  # False: nothing had changed, the old file stays
    services: int = 0  # local services, counted once per place
    left_out: list[str] = field(default_factory=list)  # one sentence each


def build(path: Path, folder: Path = ENTRIES, force: bool = False) -> Built:
    """Compile a folder of country files if something has changed; raise BadEntry or BuildFailed, and leave the file as it was."""
    made_from = fingerprint(folder)
    if not force and _stamp(path) == made_from:
        return Built(path, fresh=False)
    # Only a build needs the numbering plans of all countries.
    from resources_directory.files.checks import checked

    return compile_entries(checked(folder), path, made_from)


def is_current(path: Path, folder: Path = ENTRIES) -> bool:
    """Whether the compiled file matches the country files."""
    return _stamp(path) == fingerprint(folder)


def compile_entries(
    entries: Iterable[CountryEntries], path: Path, made_from: str = "", places: Path | None = None
) -> Built:
    """Compile entries into a new file and put it in place; raise BuildFailed.

    Places change once a year, entries every day. So the gazetteer's tables are kept in a file of their own (in the
    folder `places`, else beside the directory), and a suspended service is out of the answers within a second.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    with _alone(path):
        try:
            new.unlink(missing_ok=True)  # left by a build that was killed
            shutil.copyfile(_places(places or path.parent), new)
            built = _write(entries, new, path, made_from)
            _put_in_place(new, path)
        except (sqlite3.Error, OSError) as error:
            raise BuildFailed(f"The directory could not be compiled ({error}).") from None
        finally:
            with suppress(OSError):
                new.unlink(missing_ok=True)
    return built


def fingerprint(folder: Path) -> str:
    """Return a hash of everything that the compiled file depends on."""
    made_by = [file for pattern in _MADE_BY for file in sorted(_PACKAGE.glob(pattern))]
    return _digest([*made_by, LIST, LISTED, *sorted(folder.glob("*.yml"))])


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:32]


def _write(entries: Iterable[CountryEntries], new: Path, path: Path, made_from: str) -> Built:
    with closing(sqlite3.connect(new)) as connection:
        connection.executescript(_QUICKLY)
        compiling = DirectoryBuilder(connection)
        for country in entries:
            compiling.add(country)
        compiling.finish(made_from)
        return Built(path, fresh=True, services=compiling.services, left_out=compiling.left_out)


def _places(folder: Path) -> Path:
    """Return a file with only the gazetteer's tables, building it if it is missing."""
    makers = ("gazetteer_tables", "spelling", "typos", "country_names", "name_filter", "place_words")
    sounds = ("romanized", "sounds", "sound_table")
    code = [_PACKAGE / "places" / f"{name}.py" for name in makers]
    code += [_PACKAGE / "places" / "by_sound" / f"{name}.py" for name in sounds]
    made_from = f"{_digest([*code, LISTED, *sorted(ATLAS.iterdir())])} {metadata.version('babel')}"
    kept = folder / f"places-{hashlib.sha256(made_from.encode()).hexdigest()[:12]}.sqlite"
    with _alone(folder / "places"):
        if not kept.exists():
            for old in folder.glob("places-*.sqlite"):
                old.unlink()
            _write_places(kept)
    return kept


def _write_places(kept: Path) -> None:
    new = kept.with_name(f".{kept.name}.new")
    new.unlink(missing_ok=True)
    with closing(sqlite3.connect(new)) as connection:
        connection.executescript(_QUICKLY)
        fill(connection)
        connection.commit()
    _put_in_place(new, kept)


def _put_in_place(new: Path, path: Path) -> None:
    for written in (new, path.parent):
        handle = os.open(written, os.O_RDONLY)
        try:
            if written is not new:
                new.replace(path)
            os.fsync(handle)
        finally:
            os.close(handle)


def _stamp(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT value FROM about WHERE name = 'made_from'").fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock, so that two builds never write to one file."""
    with path.with_name(f".{path.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
