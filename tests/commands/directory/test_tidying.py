"""`quietline directory changes`, `duplicates` and `merge`, as a steward types them."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import Settings
from commands.directory.steward import StewardSession
from commands.directory.upkeep.tidying import MergeChoice, changes, duplicates, merge_entries
from resources_directory.files import change_log
from tests.desk.directory_folder import SPAIN, TWIN, service

NOW = datetime(2027, 1, 15, 9, 30, tzinfo=UTC)
MERGE = MergeChoice("es-ley", "es-ley-dos", "Blue Heron", take="url", both="languages", note="One office.")


@pytest.fixture
def desk(settings: Settings, tmp_path: Path) -> StewardSession:
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / "es.yml").write_text(SPAIN + TWIN, "utf-8")
    return StewardSession(settings, folder, NOW)


def test_two_entries_become_one_and_both_histories_stay(
    desk: StewardSession, capsys: pytest.CaptureFixture[str]
) -> None:
    duplicates(desk, "ES")
    assert capsys.readouterr().out == "es-ley and es-ley-dos: the same number\n1 pairs.\n"

    assert merge_entries(desk, MERGE) == 0
    assert (service(desk.folder, "es-ley").languages, service(desk.folder, "es-ley-dos").status) == (
        ("es", "en", "ro"),
        "closed",
    )
    capsys.readouterr()

    changes(desk, 7, "ES")
    assert capsys.readouterr().out.splitlines() == [
        "2027-01-15T09:30:00Z  es-ley: edited by Blue Heron: Took in es-ley-dos. One office. (languages, url)",
        "2027-01-15T09:30:00Z  es-ley-dos: merged by Blue Heron: Into es-ley. One office. (status)",
    ]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (replace(MERGE, other="es-ley"), "Name two entries of one country."),
        (replace(MERGE, other="es-nothing"), "There is no service with the id 'es-nothing'."),
        (replace(MERGE, take="colour"), "There is no field 'colour' to merge"),
        (replace(MERGE, take="phones"), "only changed by who rang it"),
        (replace(MERGE, by=" "), "Give your name on the desk"),
    ],
)
def test_what_can_not_be_merged_is_refused_in_a_sentence(
    desk: StewardSession, capsys: pytest.CaptureFixture[str], choice: MergeChoice, said: str
) -> None:
    assert merge_entries(desk, choice) == 1
    assert said in capsys.readouterr().err
    assert (desk.folder / "es.yml").read_text("utf-8") == SPAIN + TWIN
    assert change_log.read(desk.folder) == []
