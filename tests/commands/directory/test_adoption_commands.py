"""`quietline directory adopt` and `called`, as a steward types them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import Settings
from commands.directory.adoption.adopt import CallChoice, adopt
from commands.directory.adoption.called import called
from commands.directory.steward import StewardSession
from resources_directory.files import change_log
from resources_directory.files.change_log import Change
from tests.desk.directory_folder import service
from tests.resources_directory.small import with_places

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)  # a Monday
SPAIN = """\
country: ES
organizations:
  - name: Org
    operated_by: ngo
    services:
      - id: es-shelter
        name: Shelter
        kinds: [shelter]
        phones:
          - number: '914 11 32 32'
        languages: [es]
        service_area: {extent_type: city, name: Madrid}
        locations:
          - {location_type: virtual, city: Madrid, latitude: 40.42, longitude: -3.7, confidential: true}
        status: active
        verified: true
        sources: [https://example.org]
        doubt: Same number as another.
      - id: es-law
        name: Law
        kinds: [legal_aid]
        phones:
          - number: '914113232'
        schedules:
          - opening_hours: Mo-Fr 09:00-14:00
        languages: [ar]
        service_area: {extent_type: city, name: Madrid}
        locations:
          - {location_type: virtual, city: Madrid, latitude: 40.42, longitude: -3.7, confidential: true}
        status: active
        verified: true
        sources: [https://example.org]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / "es.yml").write_text(SPAIN, "utf-8")
    return folder


@pytest.fixture
def desk(folder: Path, settings: Settings, tmp_path: Path) -> StewardSession:
    """A steward beside a running hotline."""
    with_places(settings.directory_file.parent)
    return StewardSession(settings, folder, NOW)


def test_a_call_list_says_whom_to_ring_now_and_what_each_call_is_about(
    desk: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    assert adopt(desk, CallChoice("es")) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("1. 914 11 32 32  Open now until 14:00; 10:30 there\n   es, ar\n")
    assert "[ ] Shelter, Madrid (es-shelter): Never checked." in printed
    assert "[ ] Law, Madrid (es-law): Never checked." in printed
    assert printed.endswith("0 of 1 numbers checked, 1 left today.\n")


def test_a_list_on_paper_is_one_page_that_loads_nothing(desk: StewardSession, tmp_path: Path) -> None:
    assert adopt(desk, CallChoice("ES", form="html", out=tmp_path / "calls.html")) == 0
    page = (tmp_path / "calls.html").read_text("utf-8")
    assert ("914 11 32 32" in page, "src=" in page, "<link" in page) == (True, False, False)


def test_calls_that_are_given_to_somebody_are_on_the_list_of_nobody_else(
    desk: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    assert adopt(desk, CallChoice("ES", assign="Owl")) == 0
    adopt(desk, CallChoice("ES"))
    assert "es, ar; for Owl" in capsys.readouterr().out
    adopt(desk, CallChoice("ES", assign="Blue Heron"))
    assert capsys.readouterr().out == "0 of 1 numbers checked, 1 left today.\n"


def test_one_call_confirms_all_with_the_number_and_a_shelter_waits_for_another(
    desk: StewardSession, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(desk, "es-law", "confirmed", "Blue Heron") == 0
    assert capsys.readouterr().out == (
        "es-shelter is checked, and not given yet: a second steward has to look too.\nes-law is checked.\n"
    )
    before = (folder / "es.yml").read_text("utf-8")
    assert called(desk, "es-shelter", "confirmed", "Blue Heron", only=True) == 1
    assert "You have checked Shelter already" in capsys.readouterr().err
    assert (folder / "es.yml").read_text("utf-8") == before

    assert called(desk, "es-shelter", "confirmed", "Owl", only=True) == 0
    assert service(folder, "es-shelter").confirmed_by == "Blue Heron"


def test_a_call_without_an_answer_stands_in_the_history_of_all_it_was_for(desk: StewardSession, folder: Path) -> None:
    assert called(desk, "es-law", "no-answer", "Blue Heron") == 0
    assert [(line.id, line.what) for line in change_log.read(folder)] == [
        ("es-shelter", "no_answer"),
        ("es-law", "no_answer"),
    ]


def test_a_call_of_an_entry_that_was_merged_is_entered_at_the_one_that_stays(
    desk: StewardSession, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = Change(id="es-gone", what="merged", who="Heron", when="2026-11-20T10:00:00Z", reason="Into es-ley.")
    change_log.append(away, folder)
    assert called(desk, "es-gone", "confirmed", "Heron") == 1
    assert "es-gone was merged into es-ley: enter the call there." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("id", "outcome", "by", "said"),
    [
        ("es-nobody", "confirmed", "Owl", "There is no service with a number to call and the id 'es-nobody'."),
        ("../es", "confirmed", "Owl", "There is no service with a number to call and the id '../es'."),
        ("xx-law", "confirmed", "Owl", "The directory has no country 'xx'"),
        ("es-law", "perhaps", "Owl", "There is no outcome 'perhaps'"),
        ("es-law", "gone", "Owl", "Give a reason"),
        ("es-law", "no_answer", "", "Give your name on the desk"),
    ],
)
def test_bad_input_is_said_in_a_sentence_and_the_directory_is_as_it_was(
    desk: StewardSession, capsys: pytest.CaptureFixture[str], id: str, outcome: str, by: str, said: str
) -> None:
    before = (desk.folder / "es.yml").read_text("utf-8")
    assert called(desk, id, outcome, by) == 1
    assert said in capsys.readouterr().err
    assert (desk.folder / "es.yml").read_text("utf-8") == before
    assert change_log.read(desk.folder) == []


@pytest.mark.parametrize("choice", [CallChoice("narnia"), CallChoice("../x"), CallChoice("ES", form="pdf")])
def test_a_list_that_can_not_be_made_is_refused(
    desk: StewardSession, capsys: pytest.CaptureFixture[str], choice: CallChoice
) -> None:
    assert adopt(desk, choice) == 1
    assert capsys.readouterr().err.count("\n") == 1
