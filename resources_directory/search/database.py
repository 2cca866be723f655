"""The compiled directory, open for reading. When a new file replaces it, the next look-up sees the new file."""

import sqlite3
import weakref
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self

from resources_directory.model.directory import Directory
from resources_directory.model.hsds import WORLD, CountryEntries
from resources_directory.places.gazetteer import Gazetteer


class NoDirectory(Exception):
    """No compiled directory exists or can be read; the message names the command that builds it."""


@dataclass
class Opened:
    """One open file; everything read from it is consistent."""

    connection: sqlite3.Connection
    seen: tuple[int, int, int]  # device, inode and mtime of the file: a change means a new directory
    _countries: dict[str, Directory] = field(default_factory=dict)

    @classmethod
    def at(cls, path: Path) -> Self:
        """Open the file; raise NoDirectory."""
        try:
            seen, connection = _seen(path), _connect(path)
        except (OSError, sqlite3.Error):
            raise NoDirectory(f"{path.name} can not be read: run `quietline directory build`.") from None
        opened = cls(connection, seen)
        weakref.finalize(opened, connection.close)
        return opened

    def is_current(self, path: Path) -> bool:
        """Whether this is still the file at that path. A deleted file stays in use."""
        try:
            return _seen(path) == self.seen
        except OSError:
            return True

    @cached_property
    def directory(self) -> Directory:
        """Emergency numbers and national lines."""
        rows = self.connection.execute("SELECT entries FROM country ORDER BY code")
        return Directory.of(CountryEntries.model_validate_json(whole) for (whole,) in rows)

    def directory_of(self, country: str) -> Directory:
        """Return what is known of one country and for any country: the first answer need not wait for all the others."""
        if country not in self._countries:
            rows = self.connection.execute("SELECT entries FROM country WHERE code IN (?, ?)", (country, WORLD))
            self._countries[country] = Directory.of(CountryEntries.model_validate_json(whole) for (whole,) in rows)
        return self._countries[country]

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The look-up of places that people name."""
        return Gazetteer.over(self.connection)


def _connect(path: Path) -> sqlite3.Connection:
    # The file is never written to, only replaced, so SQLite need not lock it.
    where = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(where, uri=True, check_same_thread=False)
    try:
        connection.execute("SELECT value FROM about WHERE name = 'services'").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _seen(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_mtime_ns
