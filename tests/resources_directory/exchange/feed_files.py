"""Feeds as other directories publish them: one service, told in every form that we read."""

import copy
import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from resources_directory.exchange.feeds import feed
from resources_directory.exchange.feeds.feed import Feed
from resources_directory.exchange.feeds.mapping import Mapping
from resources_directory.exchange.feeds.options import Options
from resources_directory.exchange.fields.entry_draft import EntryDraft

HSDS = Path(__file__).parent / "hsds"
TODAY = date(2026, 11, 25)
SERVICE_ID = "0b1f6a0e-7a1c-4a51-9a4b-2f8d5a0c1e11"
ORGANIZATION_ID = "5f0c0d4e-2b7a-4a0e-8a50-0d6f3d9c2a22"

SERVICE: dict[str, Any] = {
    "id": SERVICE_ID,
    "name": "Immigrant Legal Services",
    "description": "Free help with permits.",
    "status": "active",
    "url": "https://example.org/legal",
    "email": "office@example.org",
    "assured_date": "2026-05-01",
    "eligibility_description": "Adults.",
    "minimum_age": 18,
    "organization": {"id": ORGANIZATION_ID, "name": "Lantern House", "description": "Helps newcomers."},
    "phones": [{"id": "p1", "number": "(713) 526-2100", "type": "voice"}],
    "schedules": [{"id": "s1", "freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00"}],
    "languages": [{"id": "l1", "code": "es", "name": "Spanish"}],
    "service_at_locations": [
        {
            "id": "a1",
            "location": {
                "id": "o1",
                "location_type": "physical",
                "latitude": 29.76043,
                "longitude": -95.36981,
                "addresses": [
                    {
                        "id": "d1",
                        "address_1": "12 Main Street",
                        "city": "Houston",
                        "state_province": "TX",
                        "postal_code": "77002",
                        "country": "US",
                        "address_type": "physical",
                    }
                ],
            },
        }
    ],
}


def service(**changes: Any) -> dict[str, Any]:
    """Return a fresh copy of the service, with changes."""
    return copy.deepcopy(SERVICE) | changes


def as_bytes(plain: Any) -> bytes:
    return json.dumps(plain).encode()


def zipped(files: dict[str, bytes | str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return content.getvalue()


def table(rows: list[dict[str, Any]], delimiter: str = ",") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list({name: None for row in rows for name in row}), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def tables() -> dict[str, list[dict[str, Any]]]:
    """The service in the tables of HSDS 3."""
    row = service()
    place = row["service_at_locations"][0]["location"]
    plain = {name: value for name, value in row.items() if not isinstance(value, list | dict)}
    return {
        "organizations": [row["organization"]],
        "services": [plain | {"organization_id": ORGANIZATION_ID}],
        "phones": [row["phones"][0] | {"service_id": SERVICE_ID}],
        "schedules": [row["schedules"][0] | {"service_id": SERVICE_ID}],
        "languages": [row["languages"][0] | {"service_id": SERVICE_ID}],
        "locations": [{name: value for name, value in place.items() if name != "addresses"}],
        "addresses": [place["addresses"][0] | {"location_id": "o1"}],
        "service_at_location": [{"id": "a1", "service_id": SERVICE_ID, "location_id": "o1"}],
    }


def package(**changes: list[dict[str, Any]]) -> bytes:
    """The tables as a zip, with some of them changed."""
    return zipped({f"{name}.csv": table(rows) for name, rows in (tables() | changes).items()})


def read(content: bytes, mapping: Mapping | None = None, **options: Any) -> Feed:
    return feed.read(content, Options(TODAY, mapping=mapping or Mapping(), **options))


def draft(plain: Any, **options: Any) -> EntryDraft:
    """Import one service that is taken."""
    found = read(as_bytes(plain), **options)
    assert found.refused == ()
    return found.drafts[0]


def refusal(plain: Any, **options: Any) -> str:
    """Import one service that is refused; give the reason."""
    found = read(as_bytes(plain), **options)
    assert found.drafts == ()
    return found.refused[0].reason
