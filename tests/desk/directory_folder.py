"""A folder of country files for the pages of the directory, and forms as a browser would send them."""

from pathlib import Path

from resources_directory.files.entries_folder import read_file
from resources_directory.model.hsds import Service
from resources_directory.search.directory_build import build
from resources_directory.stewards.entry_form import Given, shown
from tests.resources_directory.small import with_places

MADRID = """\
        service_area: {extent_type: city, name: Madrid}
        locations:
          - location_type: physical
            city: Madrid
            latitude: 40.42
            longitude: -3.7
"""
SPAIN = f"""\
# Spain: a remark that stays.
country: 'ES'
organizations:
  - name: Casa
    operated_by: ngo
    services:
      - id: es-casa
        name: Casa
        kinds: [shelter]
        phones:
          - number: '914 11 32 32'
            e164: '+34914113232'
        service_area: {{extent_type: city, name: Madrid}}
        locations:
          - location_type: virtual
            city: Madrid
            latitude: 40.42
            longitude: -3.7
            confidential: true
        status: active
        verified: true
        doubt: Same number as another.
        evidence: 'Own page: 914 11 32 32, day and night.'
        sources:
          - https://casa.example/contact
  - name: Ley
    operated_by: ngo
    services:
      - id: es-ley
        name: Ley
        kinds: [legal_aid, labour]
        phones:
          - number: '914 35 41 34'
            e164: '+34914354134'
        schedules:
          - opening_hours: Mo-Fr 09:00-17:00
        languages: [es, en]
{MADRID}\
        status: active
        verified: true
        checked_on: '2027-01-10'
        checked_by: Grey Otter
"""
# Another entry of the same office, which may follow.
TWIN = f"""\
      - id: es-ley-dos
        name: Ley y Trabajo
        kinds: [labour]
        phones:
          - number: '914354134'
        languages: [es, ro]
{MADRID}\
        status: active
        verified: true
        checked_on: '2027-01-10'
        checked_by: Grey Otter
        url: https://ley.example
"""
ITALY = "country: IT\n"
_TICKS = ("kinds", "for", "genders", "before_you_call")


def entries(folder: Path) -> Path:
    """Write the files."""
    folder.mkdir()
    (folder / "es.yml").write_text(SPAIN, "utf-8")
    (folder / "it.yml").write_text(ITALY, "utf-8")
    return folder


def compiled(file: Path, folder: Path) -> Path:
    """Compile them."""
    with_places(file.parent)
    build(file, folder)
    return file


def service(folder: Path, id: str) -> Service:
    """Read one entry of Spain."""
    found = {one.id: one for org in read_file(folder / "es.yml").organizations for one in org.services}
    return found[id]


def filled(service: Service | None, **typed: str) -> dict[str, str]:
    """Return the fields of the form of an entry as a browser sends them, some of them typed over; "-": left unticked."""
    whole = {**_sent(shown(service)), **typed, "end": "1"}
    return {name: value for name, value in whole.items() if value != "-"}


def _sent(fields: Given) -> dict[str, str]:
    ticked = {f"{name}.{value}": "yes" for name in _TICKS for value in fields[name]}
    rows = {f"{name}.{n}": value for name in fields if name.startswith("phone") for n, value in enumerate(fields[name])}
    plain = {name: "".join(fields[name]) for name in fields if name not in _TICKS and not name.startswith("phone")}
    return plain | ticked | rows
