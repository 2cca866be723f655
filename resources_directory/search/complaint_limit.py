"""The limit on how many services complaints can withdraw: a third of a country's local services, and always one.

A dead number must go even if it is the only one: national lines, which no complaint can withdraw, are the floor.
"""

import sqlite3
from collections.abc import Container
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from resources_directory.search.database import NoDirectory, Opened
from resources_directory.search.rows import UNCHECKED

_PART = 3
# Ids begin with their country and are indexed.
_GIVEN = """
  SELECT count(DISTINCT id) FROM service
  WHERE id >= ? || '-' AND id < ? || '.' AND (served_until >= ? OR (served_until = ? AND ?))
"""


class ComplaintLimit:
    """The limit, counted in the compiled directory; reopens the file when a new one replaces it."""

    def __init__(self, path: Path, lasting: Container[str], unchecked: bool) -> None:
        self._path, self._lasting, self._unchecked = path, lasting, unchecked
        self._opened: Opened | None = None

    def __call__(self, service: str) -> int:
        """Return how many local services of this service's country may be withdrawn in all; 0 for a national line."""
        if service in self._lasting:
            return 0
        return max(1, self._given(service[:2], datetime.now(UTC).date()) // _PART)

    def _given(self, country: str, today: date) -> int:
        if self._opened is None or not self._opened.is_current(self._path):
            with suppress(NoDirectory):
                self._opened = Opened.at(self._path)
        asked = (country, country, today.toordinal(), UNCHECKED, self._unchecked)
        # A turn must not fail because a complaint in it could not be weighed.
        with suppress(sqlite3.Error):
            if self._opened:
                return int(self._opened.connection.execute(_GIVEN, asked).fetchone()[0])
        return 0
