"""Changing one service: nobody else's line moves, and what can not be served is never written."""

import difflib
import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from resources_directory.files.change_log import read
from resources_directory.files.entries_folder import BadEntry, read_file
from resources_directory.files.folder_lock import locked
from resources_directory.model.hsds import Service
from resources_directory.stewards.editing import Edit, change, find
from tests.resources_directory.every_row import FILES

CHECK = {"status": "active", "verified": True, "doubt": None, "checked_on": "2026-03-01", "checked_by": "Blue Heron"}
SPAIN = """\
# Spain, with a remark that stays.
country: ES
organizations:
  - name: Aa   # blanks   stay
    operated_by: ngo
    services:
      - id: es-a
        name: "Línea 'A'"
        kinds: [shelter]
        phones:
          - number: 016  # as dialled
            languages: [es,   'no']
        # a remark in front of the status
        status: suspended  # why?
        verified: true
        doubt: >
          folded
          words
        # a remark behind it
        service_area: {extent_type: city, name: Málaga}
      - {id: es-flow, name: Bb, kinds: [crisis], phones: [{number: '1'}], status: active}
      - id: es-b
        status: active
        name: Cc
        kinds: [crisis]
        phones:
          - number: '024'"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "es.yml").write_text(SPAIN, "utf-8")
    return tmp_path


def edits(**fields: object) -> Edit:
    return Edit("edited", "Blue Heron", "", fields)


def differences(old: str, new: str) -> list[str]:
    found = difflib.ndiff(old.splitlines(keepends=True), new.splitlines(keepends=True))
    return [line.rstrip() for line in found if line[0] in "+-"]


def span(text: str, service: str) -> range:
    """The lines of one service in a real file: from its id to the next entry that stands as far out, or further."""
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if line.strip() == f"- id: {service}")
    depth = lines[first].index("-")
    ends = [n for n, line in enumerate(lines) if n > first and line.strip() and len(line) - len(line.lstrip()) <= depth]
    return range(first, min(ends, default=len(lines)))


def test_a_check_changes_the_lines_of_its_fields_only(folder: Path) -> None:
    change("es-a", lambda _: edits(**CHECK), folder)

    assert differences(SPAIN, (folder / "es.yml").read_text("utf-8")) == [
        "-         status: suspended  # why?",
        "+         status: active  # why?",
        "+         checked_on: '2026-03-01'",
        "+         checked_by: Blue Heron",
        "-         doubt: >",
        "-           folded",
        "-           words",
    ]


def ids(path: Path) -> list[str]:
    services = (service for organization in read_file(path).organizations for service in organization.services)
    return [service.id for service in services if service.phones]


def without(lines: list[str], *fields: str) -> list[str]:
    """The lines of a service but for those of some fields, with all that stands further in below them."""
    kept, inside = [], False
    for line in lines:
        deeper = line.startswith(" " * 9) or not line.strip()
        inside = (inside and deeper) or line.strip().split(":")[0] in fields
        kept += [] if inside else [line]
    return kept


def touched_elsewhere(path: Path, folder: Path) -> bool:
    """Whether a check of a service in the middle of a real file changes anything but the lines of its fields."""
    folder.mkdir()
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    service = ids(path)[len(ids(path)) // 2]
    change(service, lambda _: edits(**CHECK, languages=["es", "no"]), folder)
    old, new = path.read_bytes().decode(), copy.read_bytes().decode()
    return new == old or around(old, service) != around(new, service)


def around(text: str, service: str) -> tuple[list[str], list[str], list[str]]:
    """The lines before a service, its own but for the fields of the check, and those behind it."""
    lines, own = text.splitlines(), span(text, service)
    return lines[: own.start], without(lines[own.start : own.stop], *CHECK, "languages"), lines[own.stop :]


@pytest.mark.long
def test_in_no_real_file_a_check_touches_another_line(tmp_path: Path) -> None:
    called = [path for path in FILES if ids(path)]

    assert [path.name for path in called if touched_elsewhere(path, tmp_path / path.stem)] == []


def test_a_number_keeps_its_zeros_and_a_language_that_reads_as_no_stays_a_language(folder: Path) -> None:
    change("es-a", lambda _: edits(phones=[{"number": "016"}, {"number": "+34 1"}], languages=["no", "es"]), folder)

    service = find(read_file(folder / "es.yml"), "es-a")
    assert service is not None
    assert [phone.number for phone in service.phones] == ["016", "+34 1"]
    assert service.languages == ("no", "es")


def test_a_field_is_added_to_the_last_line_of_a_file_without_an_end(folder: Path) -> None:
    change("es-b", lambda _: edits(languages=["es"], cost="free"), folder)

    assert (
        (folder / "es.yml")
        .read_text("utf-8")
        .endswith("          - number: '024'\n        languages: [es]\n        cost: free\n")
    )


def test_a_change_is_noted_with_what_was_before(folder: Path) -> None:
    now = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    change("es-a", lambda _: Edit("checked", "Blue Heron", "rang", {"status": "active"}), folder, now)

    (noted,) = read(folder)
    assert (noted.id, noted.what, noted.who, noted.when) == ("es-a", "checked", "Blue Heron", "2026-03-01T09:30:00Z")
    assert (noted.before, noted.after, noted.reason) == ({"status": "suspended"}, {"status": "active"}, "rang")


@pytest.mark.parametrize("fields", [{"status": "open"}, {"phones": []}, {"checked_on": "2026-03-01"}, {"hotel": "no"}])
def test_what_the_models_refuse_is_not_written(folder: Path, fields: dict[str, object]) -> None:
    with pytest.raises(BadEntry, match=r"^es\.yml, line \d+, organizations 1 \(Aa\) services 1 \(es-a\)"):
        change("es-a", lambda _: edits(**{"status": "active"} | fields), folder)

    assert (folder / "es.yml").read_text("utf-8") == SPAIN
    assert read(folder) == []
    assert sorted(path.name for path in folder.iterdir()) == [".lock", "es.yml"]


def test_a_service_written_in_one_line_is_left_alone(folder: Path) -> None:
    with pytest.raises(BadEntry, match="es-flow: write this service with one field a line"):
        change("es-flow", lambda _: edits(status="closed"), folder)


@pytest.mark.parametrize("service", ["es-nobody", "zz-a", "../es-a", ""])
def test_an_unknown_id_is_named(folder: Path, service: str) -> None:
    with pytest.raises(BadEntry, match=f"^There is no service with the id '{service}'.$"):
        change(service, lambda _: edits(status="closed"), folder)


def test_when_the_history_can_not_be_written_nothing_changes(folder: Path) -> None:
    (folder / "changes.jsonl").mkdir()

    with pytest.raises(OSError, match="directory"):
        change("es-a", lambda _: edits(status="closed"), folder)
    assert (folder / "es.yml").read_text("utf-8") == SPAIN


def _add_a_letter(folder: Path) -> None:
    def longer(service: Service) -> Edit:
        return edits(description=(service.description or "") + "x")

    for _ in range(5):
        change("es-b", longer, folder)


def test_two_stewards_at_once_lose_none_of_their_changes(folder: Path) -> None:
    stewards = [multiprocessing.get_context("fork").Process(target=_add_a_letter, args=(folder,)) for _ in range(2)]
    with locked(folder):
        for steward in stewards:
            steward.start()
    for steward in stewards:
        steward.join(30)

    service = find(read_file(folder / "es.yml"), "es-b")
    assert service is not None
    assert service.description == "x" * 10
    assert len(read(folder)) == 10


def test_a_field_that_is_taken_out_beside_one_that_is_put_in_takes_nothing_else(folder: Path) -> None:
    change("es-a", lambda _: edits(verified=None, last_seen="2026-02", kinds=["crisis"]), folder)

    assert differences(SPAIN, (folder / "es.yml").read_text("utf-8")) == [
        "-         kinds: [shelter]",
        "+         kinds: [crisis]",
        "-         verified: true",
        "+         last_seen: 2026-02",
    ]
