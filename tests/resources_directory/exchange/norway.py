"""A country file with all that a person writes into one by hand, and a service that a feed has for it."""

from pathlib import Path
from typing import Any

from resources_directory.exchange.changes.plan import Plan, plan
from resources_directory.files.entries_folder import read_folder
from tests.resources_directory.exchange.feed_files import as_bytes, read, service

FIRST = """# Norway: numbers to call.   # a remark with odd   blanks
country: 'NO'
emergency: [{number: '112', reaches: [all], status: active, verified: true}]
organizations:
  - name: 'Haus'
    operated_by: ngo
    services:
      - id: no-haus   # the oldest
        name: "Haus"
        kinds: [crisis]
        phones:
          - number: '116 123'
        status: active
        verified: true
        evidence: 'A text that somebody has
          broken by hand.'
        sources:
          - https://example.org/haus

  # what comes next is last
  - name: Police
    operated_by: police
    services:
      - id: no-police
        name: Police
        kinds: [trafficking]
        phones: [{number: '02800'}]
        before_you_call: [line_warn_police]
        status: active
"""


def norwegian(**changes: Any) -> dict[str, Any]:
    row = service(**{"phones": [{"number": "22 00 11 22"}], **changes})
    place = row["service_at_locations"][0]["location"]
    place |= {"latitude": 59.91273, "longitude": 10.74609}
    address = place["addresses"][0]
    address |= {
        "city": "Oslo",
        "country": "NO",
        "state_province": "Oslo",
        "address_1": "Storgata 1",
        "postal_code": "0155",
    }
    return row


def planned(folder: Path, *rows: dict[str, Any], touched: tuple[str, ...] = ()) -> Plan:
    return plan(read(as_bytes(list(rows))), list(read_folder(folder)), touched)


def edit(folder: Path, old: str, new: str) -> None:
    text = (folder / "no.yml").read_text()
    assert old in text
    (folder / "no.yml").write_text(text.replace(old, new))
