"""Spain with a number that stands in two rows, a service that opens tonight, and one that opens on Monday."""

from pathlib import Path

import pytest

from tests.desk.directory_folder import MADRID, SPAIN

MORE = f"""\
      - id: es-casa-ley
        name: Casa, legal advice
        kinds: [legal_aid]
        phones:
          - number: '914113232'
            e164: '+34914113232'
        languages: [es, ar]
{MADRID}\
        status: active
        verified: true
        sources: [https://casa.example/law]
      - id: es-tarde
        name: Tarde
        kinds: [medical]
        phones:
          - number: '913 19 93 90'
        schedules:
          - opening_hours: Mo-Fr 20:00-22:00
        languages: [ru]
{MADRID}\
        status: active
        verified: true
        sources: [https://tarde.example]
"""


@pytest.fixture
def folder(folder: Path) -> Path:
    unchecked = SPAIN.replace(
        "        checked_on: '2027-01-10'\n        checked_by: Grey Otter\n", "        sources: [https://ley.example]\n"
    )
    (folder / "es.yml").write_text(unchecked + MORE, "utf-8")
    return folder
