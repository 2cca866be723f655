"""The read API: a path and a query go in, a status and bytes come out. What is published is worked out anew when it changed."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple, get_args

from resources_directory.exchange.api import listing, parameters, publishing
from resources_directory.exchange.api.openapi_document import HSDS_VERSION, PROFILE, document
from resources_directory.exchange.api.parameters import BadParameter
from resources_directory.exchange.api.publication import ItemForm, Publication, PublishedTable, publication
from resources_directory.files import change_log
from resources_directory.files.entries_folder import ENTRIES, BadEntry
from resources_directory.files.entry_cache import EntryCache
from resources_directory.model.hsds import CountryEntries
from resources_directory.search.database import NoDirectory, Opened
from resources_directory.upkeep.entry_merge import merged_ids

_JSON = "application/json"
_NO_CHOICE = {
    "format",
    "full",
    "full_service",
    "minimal",
}  # with no other parameter, a listing is the same for all who ask
_TABLES: dict[str, PublishedTable] = {table: table for table in get_args(PublishedTable)}


def _today() -> date:
    return datetime.now(UTC).date()


class ApiAnswer(NamedTuple):
    """An answer over HTTP. `tag`: a hash of the body of what was found."""

    status: int
    content_type: str
    body: bytes
    tag: str = ""
    location: str = ""  # where it stands now, with status 301


class _Made(NamedTuple):
    """What is published now, and the listings of it that were asked for whole: each exists once, however many fetch it."""

    key: object
    published: Publication
    listings: dict[tuple[PublishedTable, ItemForm, bool], ApiAnswer]


class ReadApi:
    """The published directory; `answer` may be called from any thread."""

    def __init__(
        self, compiled: Path, address: str, folder: Path = ENTRIES, today: Callable[[], date] = _today
    ) -> None:
        """Read nothing yet. `compiled`: the file that the hotline answers from; `address`: where this API is (URL)."""
        self._compiled, self._folder, self._today, self._address = compiled, folder, today, address
        about = {"version": HSDS_VERSION, "profile": PROFILE, "openapi_url": f"{address}/openapi.json"}
        self._fixed = {"": _found(_json(about)), "openapi.json": _found(_json(document(address)))}
        self._cache = EntryCache(folder)
        self._lock = threading.Lock()
        self._opened: Opened | None = None
        self._entries: list[CountryEntries] = []
        self._changed: Mapping[str, str] = {}
        self._moved: Mapping[str, str] = {}  # UUIDs of services that were merged into another
        self._made: _Made | None = None

    def answer(self, path: str, query: Iterable[tuple[str, str]], held_back: frozenset[str]) -> ApiAnswer:
        """Answer one request. `held_back`: ids of services that are given to nobody just now."""
        table, _, id_ = path.partition("/")
        try:
            if path in self._fixed:
                parameters.read(query, ())
                return self._fixed[path]
            if table not in _TABLES:
                return _error(404, "There is no such path.")
            return self._of_table(_TABLES[table], id_ if "/" in path else None, list(query), held_back)
        except BadParameter as bad:
            return _error(400, str(bad))
        except NoDirectory:
            return _error(503, "The directory cannot be read just now.")

    def _of_table(
        self, table: PublishedTable, id_: str | None, query: list[tuple[str, str]], held_back: frozenset[str]
    ) -> ApiAnswer:
        known = parameters.OF_LISTING[table] if id_ is None else parameters.OF_ONE.get(table, ())
        asked = parameters.read(query, known)
        made = self._now(self._today(), held_back)
        if id_ is None:
            return _listing(made, table, asked)
        item = made.published[table].get(id_.lower())
        if item is None:
            return self._elsewhere(made, table, id_.lower()) or _error(404, "There is nothing with this id.")
        return _found(item.form("full_service" if asked.get("full_service") else "full") + b"\n")

    def _elsewhere(self, made: _Made, table: PublishedTable, id_: str) -> ApiAnswer | None:
        """Return where a service that was merged into another stands now, if that one is published."""
        stays = self._moved.get(id_, "") if table == "services" else ""
        if stays not in made.published["services"]:
            return None
        location = f"{self._address}/services/{stays}"
        body = _json({"error": "This service was merged into another.", "location": location})
        return ApiAnswer(301, _JSON, body, location=location)

    def _now(self, today: date, held_back: frozenset[str]) -> _Made:
        with self._lock:
            opened = self._latest()
            key = (opened.seen, today, held_back)
            if self._made is None or self._made.key != key:
                ids = publishing.compiled_ids(opened)
                given = publishing.published(self._entries, ids, today, held_back)
                self._made = _Made(key, publication(given, self._changed), {})
            return self._made

    def _latest(self) -> Opened:
        """Return the compiled directory; the country files are read again only when it is a new one. Raises NoDirectory."""
        if self._opened is None or not self._opened.is_current(self._compiled):
            try:
                opened = Opened.at(self._compiled)
            except NoDirectory:
                if self._opened is None:
                    raise
                return self._opened
            self._entries, log = self._cache.countries(), self._log()
            self._changed = {change.id: change.when for change in log if change.after}
            self._moved = publishing.moved(self._entries, merged_ids(log))
            self._opened = opened
        return self._opened

    def _log(self) -> list[change_log.Change]:
        try:
            return change_log.read(self._folder)
        except BadEntry:
            return []


def _listing(made: _Made, table: PublishedTable, asked: Mapping[str, Any]) -> ApiAnswer:
    form, as_lines = listing.form_of(table, asked), asked.get("format") == "ndjson"
    whole = (table, form, as_lines) if asked.keys() <= _NO_CHOICE else None
    if whole in made.listings:
        return made.listings[whole]
    items = listing.found(made.published[table].values(), table, asked)
    lines = _found(listing.lines(items, form), "application/x-ndjson") if as_lines else None
    answer = lines or _found(listing.page(items, form, asked))
    if whole:
        made.listings[whole] = answer
    return answer


def _found(body: bytes, content_type: str = _JSON) -> ApiAnswer:
    return ApiAnswer(200, content_type, body, hashlib.sha256(body).hexdigest()[:32])


def _json(row: object) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _error(status: int, sentence: str) -> ApiAnswer:
    return ApiAnswer(status, _JSON, _json({"error": sentence}))
