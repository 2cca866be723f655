"""A directory that is open to others: services that may be published beside all kinds that must not be."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from resources_directory.exchange.api.read_api import ReadApi
from resources_directory.files.entries_folder import read_folder
from tests.resources_directory.small import rebuilt

TODAY = date(2026, 11, 25)
ADDRESS = "https://chat.example/hsds"
HEAD = """country: NO
emergency: [{number: '112', reaches: [all], status: active, verified: true, checked_on: '2026-11-01', checked_by: Heron}]
organizations:
  - name: Haus
    operated_by: ngo
    services:
"""
FIELDS: Mapping[str, Any] = {
    "kinds": ["legal_aid"],
    "status": "active",
    "verified": True,
    "sources": ["https://example.org/page"],
    "evidence": "Evidence for stewards.",
    "eligibility": {"minimum_age": 18, "description": "Words of the source."},
    "checked_on": "2026-11-20",
    "checked_by": "Heron",
}
OSLO = {"location_type": "physical", "city": "Oslo", "region": "Oslo", "latitude": 59.91, "longitude": 10.75}
HIDDEN = OSLO | {"location_type": "virtual", "confidential": True}
SHELTER = {"kinds": ["shelter", "trafficking"], "locations": [HIDDEN]}
LINE: Mapping[str, Any] = {"locations": [], "service_area": {"extent_type": "country"}, "checked_on": None}
SERVICES: tuple[dict[str, Any], ...] = (
    {"id": "no-open-office", "name": "Åpen office", "description": "Advice on wages."},
    {"id": "no-public-office", "name": "Public office", "locations": [OSLO | {"address": "Storgata 1"}]},
    {"id": "no-hidden-house", "name": "Hidden house", **SHELTER, "confirmed_by": "Stork"},
    {"id": "no-national-line", "name": "National line", **LINE, "schedules": [{"hours_note": "Perhaps at night."}]},
    {"id": "no-proposed", "name": "Proposed", "status": "proposed", "doubt": "A doubt."},
    {"id": "no-suspended", "name": "Suspended", "status": "suspended"},
    {"id": "no-closed", "name": "Closed", "status": "closed"},
    {"id": "no-unchecked", "name": "Unchecked", "checked_on": None},
    {"id": "no-unverified-line", "name": "Unverified line", **LINE, "verified": False},
    {"id": "no-expired", "name": "Expired", "checked_on": "2026-05-01"},
    {"id": "no-lone-shelter", "name": "Lone shelter", **SHELTER},
    {"id": "no-for-lawyers", "name": "For lawyers", **LINE, "for": ["professionals"]},
    {"id": "no-lawyers-office", "name": "Lawyers office", "for": ["professionals"]},
)
PUBLISHED = {"Åpen office", "Public office", "Hidden house", "National line"}


class OpenDirectory(NamedTuple):
    """The folder of entries, the compiled file, and the API over both."""

    folder: Path
    compiled: Path
    api: ReadApi

    def asks(self, path: str, held_back: frozenset[str] = frozenset(), **query: str) -> tuple[int, Any]:
        """Return status and answer of one request."""
        status, _, body, *_ = self.api.answer(path, query.items(), held_back)
        return status, json.loads(body)

    def names(self, table: str = "services", held_back: frozenset[str] = frozenset(), **query: str) -> set[str]:
        """Return the names in a listing."""
        status, page = self.asks(table, held_back, **query)
        assert status == 200
        return {item["name"] for item in page["contents"]}

    def compiles(self) -> None:
        """Compile the entries as they are now, as every command of a steward does."""
        rebuilt(self.compiled, *read_folder(self.folder))


def opened(folder: Path) -> OpenDirectory:
    """Write, compile and open the directory."""
    entries = folder / "entries"
    entries.mkdir(parents=True)
    written = "".join(f"      - {json.dumps(entry(one), ensure_ascii=False)}\n" for one in SERVICES)
    (entries / "no.yml").write_text(HEAD + written, "utf-8")
    compiled = folder / "directory.sqlite"
    found = OpenDirectory(entries, compiled, ReadApi(compiled, ADDRESS, entries, lambda: TODAY))
    found.compiles()
    return found


def entry(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return one service as it stands in a file; None takes a field away."""
    number = f"22 00 11 {10 + [one['id'] for one in SERVICES].index(fields['id'])}"
    whole = {"phones": [{"number": number}], "locations": [OSLO], **FIELDS, **fields}
    if whole["checked_on"] is None:
        del whole["checked_on"], whole["checked_by"]
    return whole
