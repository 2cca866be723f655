"""Numbers that were switched off, replaced or misprinted never come back."""

from pathlib import Path

from resources_directory.files.entries_folder import read_file
from resources_directory.model.discontinued import Discontinued
from tests.every import every
from tests.resources_directory.every_row import SHELF

DEAD = Discontinued.load()


def test_no_dead_number_stands_in_a_country_file() -> None:
    assert [fault for entries in SHELF.countries() for fault in DEAD.found_in(entries)] == []


@every(
    ("country", "written"),
    [
        ("US", "1-800-273-8255"),
        ("US", "1 (800) 273 8255"),
        ("US", "+18002738255"),
        ("IE", "1850-609090"),
        ("IE", "+353 1850 609 090"),
        ("GB", "0345 6025020"),
        ("GB", "+443456025020"),
        ("GB", "0800 121 700"),
        ("ZA", "08000 737 283"),
        ("EE", "16 111"),
        ("NG", "+234 800333333"),
    ],
)
def test_a_dead_number_is_known_however_it_is_written(country: str, written: str) -> None:
    assert written in DEAD.of(country)


@every(
    ("country", "written"),
    [
        ("GB", "08000 121 700"),
        ("GB", "+448000121700"),
        ("ZA", "08000 73728"),
        ("EE", "116 111"),
        ("NG", "+2348000333333"),
        ("US", "988"),
        ("AQ", "988"),
    ],
)
def test_the_right_number_is_not_taken_for_its_misprint(country: str, written: str) -> None:
    assert written not in DEAD.of(country)


def test_a_number_that_is_dead_in_one_country_lives_in_another() -> None:
    assert "141" in DEAD.of("BR")
    assert "141" not in DEAD.of("CO")


def test_a_dead_number_in_a_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "br.yml"
    path.write_text("country: BR\nemergency: [{number: 141, reaches: [all], status: proposed}]\n")

    assert list(DEAD.found_in(read_file(path))) == [
        "br.yml, emergency: number: 141 is on the list of dead numbers.",
    ]
