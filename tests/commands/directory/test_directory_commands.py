"""`quietline directory`: what stewards and scripts see."""

from pathlib import Path

import pytest

from commands.directory.check import check
from tests.resources_directory.every_row import FILES
from tests.resources_directory.small import places

ROW = "number: 190, reaches: [all], status: active, verified: true, sources: ['https://example.org']"
GOOD = f"country: BR\nemergency: [{{{ROW}}}]\n"


@pytest.fixture
def said() -> list[str]:
    return []


def test_the_directory_of_the_project_is_in_order(said: list[str]) -> None:
    assert check(say=said.append, places=places()) == 0
    assert said[-1] == f"{len(FILES)} countries are in order."


def test_a_country_without_a_sure_emergency_number_is_named(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "br.yml").write_text(GOOD.replace("verified: true", "verified: false"))

    check(tmp_path, said.append, places=places())

    assert "br.yml: no emergency number is sure enough to be shown." in said


def test_what_the_build_would_leave_out_is_named(tmp_path: Path, said: list[str]) -> None:
    found = "{location_type: physical, city: Recife, latitude: -8.05, longitude: -34.9}"
    lost = "{location_type: physical, city: Xyzzyville}"
    service = (
        "{id: br-casa, name: Casa, kinds: [crisis], phones: [{number: '190'}], status: active, verified: true, "
        f"checked_on: 2026-01-01, checked_by: Heron, locations: [{found}, {lost}]}}"
    )
    (tmp_path / "br.yml").write_text(
        f"{GOOD}organizations: [{{name: Casa, operated_by: ngo, services: [{service}]}}]\n"
    )

    assert check(tmp_path, said.append, places=places()) == 0
    assert "br.yml, br-casa: no place 'Xyzzyville' in a region that is not told is known; give its coordinates." in said


def test_a_dead_number_fails_the_check(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "br.yml").write_text(GOOD.replace("190", "141"))

    assert check(tmp_path, said.append) == 1
    assert said == ["br.yml, emergency: number: 141 is on the list of dead numbers."]


def test_a_number_that_nobody_answers_fails_the_check(tmp_path: Path, said: list[str]) -> None:
    service = "{id: br-casa, name: Casa, kinds: [crisis], phones: [{number: 11 2222 333}], status: active}"
    (tmp_path / "br.yml").write_text(
        f"{GOOD}organizations: [{{name: Casa, operated_by: ngo, services: [{service}]}}]\n"
    )

    assert check(tmp_path, said.append) == 1
    assert said == ["br.yml, line 3, br-casa: number: 11 2222 333 is no number of BR, and not in short_codes.yml."]


def test_all_broken_files_are_named_not_only_the_first(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "br.yml").write_text(GOOD.replace("all", "nobody"))
    (tmp_path / "es.yml").write_text("country: ES\nhotel: yes\n")

    assert check(tmp_path, said.append) == 1
    assert [sentence.split(",")[0] for sentence in said] == ["br.yml", "es.yml"]


def test_an_empty_folder_fails_the_check(tmp_path: Path, said: list[str]) -> None:
    assert check(tmp_path, said.append) == 1
