"""The country files themselves, and how a mistake in one is told to a steward."""

import re
from pathlib import Path

import pytest

from resources_directory.files.entries_folder import BadEntry, read_file, read_folder
from tests.resources_directory.every_row import BROKEN, ROWS

LINE = "{id: no-house, name: House, kinds: [crisis], phones: [{number: 016}], status: active}"
POLICE = re.compile(r"\b(police|policía|policja|pulis)\b", re.IGNORECASE)
REMARK = re.compile(r"not a |hotline for professionals|confirm|\?|, see|, check")


def _file(folder: Path, line: str = LINE, by: str = "ngo", top: str = "") -> Path:
    path = folder / "no.yml"
    path.write_text(
        f"country: NO\n{top}organizations:\n  - name: Haus\n    operated_by: {by}\n    services: [{line}]\n"
    )
    return path


def test_every_file_can_be_read() -> None:
    assert BROKEN == []


def test_no_two_services_share_an_id() -> None:
    ids = [row.id for row in ROWS]

    assert sorted({id for id in ids if ids.count(id) > 1}) == []


def test_no_name_carries_a_remark_of_an_editor() -> None:
    assert [f"{row.id}: {row.service.name}" for row in ROWS if REMARK.search(row.service.name)] == []


def test_every_fact_has_a_source_before_it_is_shown() -> None:
    assert [row.id for row in ROWS if row.service.trusted and not row.service.sources] == []


def test_who_is_the_police_by_name_is_run_by_them() -> None:
    named = [row for row in ROWS if POLICE.search(f"{row.service.name} {row.organization.name}")]

    assert [row.id for row in named if row.organization.operated_by != "police"] == []


def test_a_number_and_a_country_are_read_as_they_stand(tmp_path: Path) -> None:
    entries = read_file(_file(tmp_path))

    assert (entries.country, entries.organizations[0].services[0].phones[0].number) == ("NO", "016")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (LINE.replace("016", "call 016"), r"no\.yml, .*services 1 \(no-house\) phones 1 \(call 016\): number: "),
        (
            LINE.replace("crisis", "cooking"),
            r"no\.yml, line 5, organizations 1 \(Haus\) services 1 \(no-house\) kinds 1: Input",
        ),
        (LINE.replace("status", "state"), r"\(no-house\): state: Extra inputs are not permitted"),
        (LINE.replace("name: House", f"name: {'x' * 71}"), r"\(no-house\): name: "),
        (LINE.replace("active", "active, checked_on: 2026-01-05"), r"checked_on and checked_by go together"),
        (LINE.replace("active", "active, last_seen: last May"), r"\(no-house\): last_seen: "),
        (LINE.replace("active", "active, schedules: [{always: true, hours_note: x}]"), r"give one of always"),
        (
            LINE.replace("active", "active, locations: [{location_type: physical, city: Oslo, confidential: true}]"),
            r"a confidential place is virtual and has no address",
        ),
    ],
)
def test_a_mistake_is_told_with_file_entry_and_field(tmp_path: Path, wrong: str, sentence: str) -> None:
    with pytest.raises(BadEntry, match=sentence):
        read_file(_file(tmp_path, wrong))


def test_one_mistake_gives_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadEntry) as caught:
        read_file(_file(tmp_path, LINE.replace("016", "x")))

    assert len(str(caught.value).splitlines()) == 1


def test_a_police_line_without_its_warning_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadEntry, match=r"organizations 1 \(Haus\): .*a police line needs before_you_call"):
        read_file(_file(tmp_path, by="police"))


def test_a_file_under_the_wrong_name_is_refused(tmp_path: Path) -> None:
    path = _file(tmp_path).rename(tmp_path / "se.yml")

    with pytest.raises(BadEntry, match=r"the file should be no\.yml"):
        read_file(path)


def test_a_slip_in_the_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BadEntry, match=r"no\.yml, line \d+: not readable as YAML"):
        read_file(_file(tmp_path, top="emergency: [\n"))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadEntry, match="no country file is here"):
        list(read_folder(tmp_path))
