"""`quietline directory import` and `export`, as a steward sees them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import quietline
from commands.directory.exchange import Choices, export_file, import_file
from resources_directory.files import change_log
from resources_directory.files.checks import mistakes
from resources_directory.files.entries_folder import read_folder
from tests.every import every
from tests.resources_directory.exchange.feed_files import as_bytes, service

HOUSE = """country: US
organizations:
  - name: Haus
    operated_by: ngo
    services:
      - {id: us-haus, name: Haus, kinds: [crisis], phones: [{number: '988'}], status: active, verified: true,
         sources: ['https://example.org']}
"""
TODAY = date(2026, 11, 25)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "us.yml").write_text(HOUSE)
    return tmp_path / "entries"


def feed(folder: Path, plain: Any) -> Path:
    path = folder.parent / "feed.json"
    path.write_bytes(plain if isinstance(plain, bytes) else as_bytes(plain))
    return path


def test_an_import_only_shows_what_it_would_do(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_file(feed(folder, service()), Choices(), folder, TODAY) == 0

    printed = capsys.readouterr().out
    assert "1 new, 0 changed, 0 kept, 0 unchanged, 0 refused." in printed
    assert "Nothing was written" in printed
    assert (folder / "us.yml").read_text() == HOUSE


def test_an_import_writes_when_told_to(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_file(feed(folder, service()), Choices(apply=True), folder, TODAY) == 0

    assert "Written." in capsys.readouterr().out
    assert "us-houston-immigrant-legal-services" in (folder / "us.yml").read_text()
    assert {path.name for path in folder.iterdir()} == {"us.yml", ".lock", "changes.jsonl"}


def test_what_was_imported_passes_the_check_of_the_directory(folder: Path) -> None:
    hidden = service(
        id="1b1f6a0e-7a1c-4a51-9a4b-2f8d5a0c1e11", name="Emergency Shelter", phones=[{"number": "713-526-2101"}]
    )
    nowhere = service(id="2b1f6a0e-7a1c-4a51-9a4b-2f8d5a0c1e11", name="Legal Aid", phones=[])
    nowhere["service_at_locations"][0]["location"] |= {"latitude": None}

    import_file(feed(folder, [service(), hidden, nowhere]), Choices(apply=True), folder, TODAY)

    assert list(mistakes(list(read_folder(folder)), TODAY)) == []
    assert len(change_log.read(folder)) == 3


def test_an_import_stands_in_the_history_of_each_service(folder: Path) -> None:
    import_file(feed(folder, service()), Choices(apply=True, source="https://example.org"), folder, TODAY)

    (noted,) = change_log.history("us-houston-immigrant-legal-services", folder)
    assert (noted.what, noted.reason, noted.after["name"]) == (
        "imported",
        "https://example.org",
        "Immigrant Legal Services",
    )


def test_what_a_steward_has_edited_is_not_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import_file(feed(folder, service()), Choices(apply=True), folder, TODAY)
    when, name = "2026-11-25T10:00:00Z", "us-houston-immigrant-legal-services"
    change_log.append(change_log.Change(id=name, what="edited", who="Heron", when=when), folder)

    import_file(feed(folder, service(name="Legal Aid")), Choices(apply=True), folder, TODAY)

    assert "0 new, 0 changed, 1 kept" in capsys.readouterr().out
    assert "Immigrant Legal Services" in (folder / "us.yml").read_text()


def test_refused_rows_are_listed_with_the_reason_and_the_rest_is_taken(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    rows = [service(), service(id="9", name="Food [red]Pantry[/red]")]

    assert import_file(feed(folder, rows), Choices(), folder, TODAY) == 0

    printed = capsys.readouterr().out
    assert "no kind of help is known for 'Food [red]Pantry[/red]'" in printed
    assert "1 new, 0 changed, 0 kept, 0 unchanged, 1 refused." in printed


def test_a_feed_that_is_refused_whole_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_file(feed(folder, b"{"), Choices(apply=True), folder, TODAY) == 1

    assert capsys.readouterr().err.startswith("Refused, nothing was changed. The file is not readable as JSON")
    assert (folder / "us.yml").read_text() == HOUSE


def test_a_directory_that_is_broken_is_not_imported_into(folder: Path) -> None:
    (folder / "us.yml").write_text("country: [")

    assert import_file(feed(folder, service()), Choices(apply=True), folder, TODAY) == 1


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        (Choices(country="Narnia"), "No country is known by the name 'Narnia'."),
        (Choices(source="a friend"), "--source is the address of a page: https://…, not 'a friend'."),
    ],
)
def test_a_wrong_use_ends_with_two(
    folder: Path, choices: Choices, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_file(feed(folder, service()), choices, folder, TODAY) == 2
    assert capsys.readouterr().err.strip() == sentence


@every(
    "words",
    [["import", "nowhere.json"], ["export"], ["export", "--out", "x.json", "--format", "xml"]],
)
def test_the_command_line_refuses_what_it_does_not_know_with_two(words: list[str]) -> None:
    assert CliRunner().invoke(quietline.app, ["directory", *words]).exit_code == 2


@pytest.mark.parametrize(("form", "start"), [("json", b"["), ("csv", b"PK")])
def test_an_export_is_a_file_that_an_import_reads(folder: Path, form: str, start: bytes) -> None:
    out = folder.parent / "out"

    assert export_file(out, form, False, folder) == 0
    assert out.read_bytes().startswith(start)
    assert import_file(out, Choices(), folder, TODAY) == 0


def test_an_export_tells_how_many(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export_file(folder.parent / "out.json", "json", False, folder) == 0

    assert capsys.readouterr().out == "1 services were written to out.json.\n"
    assert len(json.loads((folder.parent / "out.json").read_text())) == 1
