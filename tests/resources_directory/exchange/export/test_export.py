"""An export is valid HSDS, holds what may be given, and nothing that leads to a hidden door."""

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from resources_directory.exchange.export import export_services, export_tables
from resources_directory.files.entries_folder import ENTRIES, read_file, read_folder
from tests.resources_directory.exchange.feed_files import HSDS, TODAY

SHELTER = """
      - id: no-oslo-house
        name: House
        kinds: [shelter, trafficking]
        phones: [{number: '22 00 11 22', e164: '+4722001122'}]
        schedules: [{always: true}]
        languages: [en, mul]
        locations: [{location_type: virtual, city: Oslo, region: Oslo, latitude: 59.91, longitude: 10.75, confidential: true}]
        service_area: {extent_type: city, name: Oslo}
        eligibility: {genders: [female], minimum_age: 18, description: Women.}
        before_you_call: [know_by_referral]
        cost: free
        status: active
        verified: true
        evidence: What the source says.
        doubt: What to check.
        checked_on: '2026-11-20'
        checked_by: Heron
        confirmed_by: Stork
"""
OFFICE = """
      - id: no-oslo-office
        name: Office
        kinds: [legal_aid]
        phones: [{number: '116 123'}]
        locations: [{location_type: physical, city: Oslo, latitude: 59.91, longitude: 10.75, address: Storgata 1}]
        status: active
        checked_on: '2026-11-20'
        checked_by: Heron
"""
TOP = "country: NO\norganizations:\n  - name: Haus\n    operated_by: ngo\n    services:"


def exported(folder: Path, *services: str, everything: bool = False) -> list[dict[str, Any]]:
    (folder / "no.yml").write_text(TOP + "".join(services))
    entries = [read_file(folder / "no.yml")]
    return [export_services.nested(one) for one in export_services.chosen(entries, TODAY, everything)]


def schema(version: str) -> Draft202012Validator:
    text = (HSDS / version / "compiled_service_with_definitions.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text), format_checker=FormatChecker())


ALL = [export_services.nested(one) for one in export_services.chosen(read_folder(ENTRIES), TODAY, everything=True)]


@pytest.mark.long
@pytest.mark.parametrize("version", ["3.0", "3.1-dev"])
def test_the_whole_directory_is_valid_hsds(version: str) -> None:
    validator = schema(version)

    assert [error.message for row in ALL for error in validator.iter_errors(row)] == []


@pytest.mark.parametrize("version", ["3.0", "3.1-dev"])
def test_the_schema_sees_a_fault(version: str) -> None:
    assert list(schema(version).iter_errors(ALL[0] | {"status": "open"}))


def test_a_hidden_place_is_virtual_and_has_neither_address_nor_coordinates(tmp_path: Path) -> None:
    (row,) = exported(tmp_path, SHELTER)

    place = row["service_at_locations"][0]["location"]
    assert (place["location_type"], set(place) & {"addresses", "latitude", "longitude"}) == ("virtual", set())
    assert (row["service_areas"][0]["name"], row["service_areas"][0]["extent"]) == ("Oslo", "city")
    assert not [part for part in ("59.9", "10.75") if part in json.dumps(row)]


def test_a_public_place_has_its_address(tmp_path: Path) -> None:
    (row,) = exported(tmp_path, OFFICE)

    place = row["service_at_locations"][0]["location"]
    assert (place["addresses"][0]["address_1"], place["addresses"][0]["country"]) == ("Storgata 1", "NO")


def test_what_is_for_stewards_stays_here(tmp_path: Path) -> None:
    told = json.dumps(exported(tmp_path, SHELTER))

    assert not [word for word in ("Heron", "Stork", "What the source says", "What to check") if word in told]


def test_the_facts_are_in_the_fields_of_hsds(tmp_path: Path) -> None:
    (row,) = exported(tmp_path, SHELTER)

    facts = ("name", "status", "assured_date", "minimum_age", "eligibility_description", "fees_description")
    assert [row[fact] for fact in facts] == ["House", "active", "2026-11-20", 18, "Women.", "free"]
    assert [phone["number"] for phone in row["phones"]] == ["22 00 11 22"]
    assert [one["code"] for one in row["languages"]] == ["en", "mul"]
    assert [one["value"] for one in row["attributes"] if one["link_type"] == "kind"] == ["shelter", "trafficking"]


@pytest.mark.parametrize(
    ("status", "told"),
    [("active", "active"), ("stale", "active"), ("suspended", "temporarily closed"), ("closed", "defunct")],
)
def test_the_status_is_told_in_the_words_of_hsds(tmp_path: Path, status: str, told: str) -> None:
    (row,) = exported(tmp_path, OFFICE.replace("active", status), everything=True)

    assert row["status"] == told


def test_only_what_may_be_served_is_exported_unless_all_is_asked_for(tmp_path: Path) -> None:
    unchecked = OFFICE.replace("no-oslo-office", "no-oslo-other").replace("        checked_on: '2026-11-20'\n", "")
    unchecked = unchecked.replace("        checked_by: Heron\n", "")

    assert [row["name"] for row in exported(tmp_path, OFFICE, unchecked)] == ["Office"]
    assert len(exported(tmp_path, OFFICE, unchecked, everything=True)) == 2


def test_a_dead_number_is_exported_to_nobody(tmp_path: Path) -> None:
    (tmp_path / "us.yml").write_text(
        TOP.replace("NO", "US") + OFFICE.replace("no-oslo", "us-oslo").replace("116 123", "1-800-273-8255")
    )

    assert export_services.chosen([read_file(tmp_path / "us.yml")], TODAY, everything=True) == []


def test_the_uuid_of_a_service_stays_and_that_of_its_feed_is_kept(tmp_path: Path) -> None:
    made = "0b1f6a0e-7a1c-4a51-9a4b-2f8d5a0c1e11"
    (first,), (second,) = exported(tmp_path, OFFICE), exported(tmp_path, OFFICE)
    (known,) = exported(tmp_path, OFFICE.replace("        name:", f"        hsds_id: {made}\n        name:"))

    assert first["id"] == second["id"] != known["id"] == made


def tables_of(content: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if name.endswith(".csv")]
        return {name: list(csv.DictReader(io.StringIO(package.read(name).decode()))) for name in names}


def official() -> dict[str, Any]:
    """The tables of release 3.2.3, by file."""
    with zipfile.ZipFile(HSDS / "hsds-3.2.3-official-examples.zip") as examples:
        name = next(name for name in examples.namelist() if name.endswith("datapackage.json"))
        resources = json.loads(examples.read(name))["resources"]
    return {resource["path"]: resource for resource in resources}


Tables = dict[str, list[dict[str, str]]]
PATHS = [resource["path"] for resource in export_tables.descriptor()["resources"]]
OFFICIAL = official()
NAMES = {resource["name"]: path for path, resource in OFFICIAL.items()}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The directory, with a hidden place and one that is public."""
    local = exported(tmp_path_factory.mktemp("entries"), SHELTER, OFFICE)
    return tables_of(export_tables.package([*ALL, *local]))


def fits(value: str, field: dict[str, Any]) -> bool:
    constraints = field.get("constraints", {})
    if value == "":
        return not constraints.get("required")
    reads: dict[str, Any] = {"number": float, "date": date.fromisoformat}
    reads.get(field["type"], str)(value)
    return value in constraints.get("enum", [value])


@pytest.mark.parametrize("path", PATHS)
def test_a_table_has_the_columns_and_values_of_the_release(path: str, tables: Tables) -> None:
    fields = {field["name"]: field for field in OFFICIAL[path]["schema"]["fields"]}
    rows = tables[path]

    assert rows
    assert list(rows[0]) == list(fields)
    assert [(row["id"], name) for row in rows for name, field in fields.items() if not fits(row[name], field)] == []
    assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize("path", PATHS)
def test_a_row_of_a_table_points_to_a_row_that_is_there(path: str, tables: Tables) -> None:
    keys = OFFICIAL[path]["schema"].get("foreignKeys", [])
    there = {key["fields"]: {row["id"] for row in tables.get(NAMES[key["reference"]["resource"]], [])} for key in keys}

    assert [row["id"] for row in tables[path] for key, ids in there.items() if row[key] and row[key] not in ids] == []


def test_the_descriptor_is_that_of_the_release_and_names_every_file(tables: Tables) -> None:
    ours = {resource["path"]: resource for resource in export_tables.descriptor()["resources"]}

    assert set(ours) == set(tables)
    names = {path: [field["name"] for field in one["schema"]["fields"]] for path, one in ours.items()}
    assert names == {path: [field["name"] for field in OFFICIAL[path]["schema"]["fields"]] for path in ours}


def test_the_same_directory_gives_the_same_bytes() -> None:
    assert export_tables.package(ALL) == export_tables.package(ALL)
