"""Emergency numbers are looked at twice a year, and stay meanwhile."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from resources_directory.files.entries_folder import read_file
from resources_directory.stewards.editing import UnknownService, change_emergency
from resources_directory.stewards.emergency_checks import confirmed, emergency_due
from resources_directory.stewards.verification import Check, CheckRefused

TODAY = date(2026, 11, 28)
LEBANON = """\
# Lebanon: a remark that stays.
country: 'LB'
emergency:
  - number: '112'
    reaches: [police]
    status: active
    verified: true
  - number: '140'
    reaches: [ambulance]
    status: active
    verified: true
    evidence: 'Red Cross: 140.'
  - number: '999'
    reaches: [police]
    status: proposed
    verified: false
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lb.yml").write_text(LEBANON)
    return tmp_path


def check(**more: str) -> Check:
    return Check("Grey Otter", TODAY, **more)


def due(folder: Path, today: date = TODAY) -> list[str]:
    return [one.id for one in emergency_due([read_file(folder / "lb.yml")], today)]


def confirm(folder: Path, id: str, **more: str) -> None:
    change_emergency(id, lambda before: confirmed(before, check(**more)), folder)


def test_numbers_that_are_given_and_were_never_looked_at_are_due(folder: Path) -> None:
    assert due(folder) == ["lb-emergency-112-police", "lb-emergency-140-ambulance"]


def test_a_number_in_doubt_comes_first(folder: Path) -> None:
    (folder / "lb.yml").write_text(
        LEBANON.replace("    evidence: 'Red Cross: 140.'\n", "    doubt: Older lists print 141.\n")
    )

    assert due(folder) == ["lb-emergency-140-ambulance", "lb-emergency-112-police"]


def test_a_check_is_noted_in_the_file_and_holds_for_half_a_year(folder: Path) -> None:
    confirm(folder, "lb-emergency-140-ambulance")

    assert due(folder) == ["lb-emergency-112-police"]
    assert due(folder, TODAY + timedelta(180)) == ["lb-emergency-112-police"]
    assert due(folder, TODAY + timedelta(181)) == ["lb-emergency-112-police", "lb-emergency-140-ambulance"]


def test_a_check_changes_nothing_else_in_the_file(folder: Path) -> None:
    confirm(folder, "lb-emergency-140-ambulance")

    noted = "    verified: true\n    checked_on: '2026-11-28'\n    checked_by: Grey Otter\n    evidence: 'Red"
    assert (folder / "lb.yml").read_text() == LEBANON.replace("    verified: true\n    evidence: 'Red", noted)


def test_a_number_that_nobody_is_given_can_not_be_confirmed(folder: Path) -> None:
    with pytest.raises(CheckRefused, match="is not given"):
        confirm(folder, "lb-emergency-999-police")


def test_another_number_is_written_into_the_file_and_not_noted_with_a_check(folder: Path) -> None:
    with pytest.raises(CheckRefused, match="into its file"):
        confirm(folder, "lb-emergency-140-ambulance", number="141")


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2026-11-31", "'2026-11-31' is no day; write it like 2026-03-01."),
        ("2026-11-29", "2026-11-29 lies in the future: give the day on which you looked."),
        ("2026-11-26", "140 was checked later than that already, on 2026-11-27."),
    ],
)
def test_a_wrong_day_of_a_check_is_refused(folder: Path, on: str, sentence: str) -> None:
    confirm(folder, "lb-emergency-140-ambulance", on="2026-11-27")
    before = (folder / "lb.yml").read_text()

    with pytest.raises(CheckRefused) as refused:
        confirm(folder, "lb-emergency-140-ambulance", on=on)

    assert str(refused.value) == sentence
    assert (folder / "lb.yml").read_text() == before


def test_a_number_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(UnknownService, match="lb-emergency-141-ambulance"):
        confirm(folder, "lb-emergency-141-ambulance")
