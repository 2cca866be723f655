"""A steward sees which emergency numbers are due, and notes a check with a click."""

from pathlib import Path

import pytest

from resources_directory.files.entries_folder import read_file
from tests.desk.desk_page import Seat
from tests.desk.directory_folder import SPAIN

ROW = """\
emergency:
  - number: '112'
    reaches: [all]
    status: active
    verified: true
    evidence: 'Ministry: 112.'
    sources: ['https://example.org']
"""
CHECKED = "/directory/emergency/es-emergency-112-all/checked"


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "es.yml").write_text(SPAIN.replace("organizations:\n", f"{ROW}organizations:\n", 1), "utf-8")
    return folder


async def test_a_number_that_is_due_is_shown_until_somebody_has_read_a_page(heron: Seat, folder: Path) -> None:
    assert "Ministry: 112." in (await heron.opens("/directory/emergency"))[1]

    assert await heron.sends(CHECKED) == (303, "/directory/emergency?done=saved")

    assert "Nothing to check." in (await heron.opens("/directory/emergency"))[1]
    assert read_file(folder / "es.yml").emergency[0].checked_by is not None


async def test_the_numbers_of_one_country_can_be_asked_for(heron: Seat) -> None:
    spain = (await heron.opens("/directory/emergency?country=es"))[1]
    italy = (await heron.opens("/directory/emergency?country=it"))[1]

    assert '<form class="tools" method="get" action="/directory/emergency">' in spain
    assert '<option value="ES" selected>Spain</option>' in spain
    assert "1 to check, doubtful ones first" in spain
    assert "Ministry: 112." not in italy
    assert "0 to check, doubtful ones first" in italy


async def test_a_number_that_is_not_there_is_not_noted(heron: Seat) -> None:
    assert (await heron.sends("/directory/emergency/es-emergency-113-all/checked"))[0] == 404
    assert (await heron.sends("/directory/emergency/es-ley/checked"))[0] == 404
