"""The compiled file: made whole or not at all, and followed by those who read it."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from resources_directory.files.entries_folder import ENTRIES, BadEntry
from resources_directory.search.database import NoDirectory
from resources_directory.search.directory_build import BuildFailed, build
from resources_directory.search.finder import Finder
from tests.resources_directory.small import NOW, entries, query, rebuilt, service, with_places


def found(finder: Finder) -> list[str]:
    """Return the names that a query for a lawyer in Houston gets."""
    return [referral.name for referral in finder.find(query(), NOW).services]


def test_a_new_file_is_seen_by_who_reads_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite"
    rebuilt(path, entries(service("Old")))
    finder = Finder(path)
    assert found(finder) == ["Old"]
    rebuilt(path, entries(service("New")))
    assert found(finder) == ["New"]


def test_a_broken_or_missing_file_does_not_stop_the_answers(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite"
    rebuilt(path, entries(service("Old")))
    finder = Finder(path)
    path.unlink()
    assert found(finder) == ["Old"]
    path.write_bytes(b"no database")
    assert found(finder) == ["Old"]


@pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite format 3\0" + bytes(100)])
def test_a_file_that_can_not_be_read_names_the_command_that_makes_one(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "directory.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NoDirectory, match="quietline directory build"):
        Finder(path)


def test_a_mistake_in_an_entry_leaves_the_old_file(tmp_path: Path) -> None:
    path, folder = with_places(tmp_path / "made") / "directory.sqlite", tmp_path / "entries"
    rebuilt(path, entries(service("Old")))
    folder.mkdir()
    (folder / "us.yml").write_text("country: US\norganizations: [{name: X}]\n")
    with pytest.raises(BadEntry):
        build(path, folder)
    assert found(Finder(path)) == ["Old"]
    assert not list(path.parent.glob(".*.new"))


def test_an_entry_that_breaks_a_rule_leaves_the_old_file(tmp_path: Path) -> None:
    path, folder = with_places(tmp_path / "made") / "directory.sqlite", tmp_path / "entries"
    rebuilt(path, entries(service("Old")))
    folder.mkdir()
    line = "{id: us-x, name: Ear, kinds: [crisis], phones: [{number: 020-50 50 50 50 50 50}], status: active}"
    (folder / "us.yml").write_text(
        f"country: US\norganizations:\n  - {{name: X, operated_by: ngo, services: [{line}]}}\n"
    )
    with pytest.raises(BadEntry, match=r"^us\.yml, line 3, us-x: number: 020-50 50 50 50 50 50 is no number of US"):
        build(path, folder)
    assert found(Finder(path)) == ["Old"]


def test_a_disk_that_takes_nothing_is_said_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite"
    (tmp_path / ".directory.sqlite.new").mkdir()
    with pytest.raises(BuildFailed, match="could not be compiled"):
        rebuilt(path, entries(service("New")))
    assert not path.exists()


def test_what_has_not_changed_is_not_compiled_again(tmp_path: Path) -> None:
    path, folder = with_places(tmp_path / "made") / "directory.sqlite", tmp_path / "entries"
    folder.mkdir()
    shutil.copy(ENTRIES / "us.yml", folder)
    assert build(path, folder).fresh
    assert not build(path, folder).fresh
    (folder / "us.yml").write_text((folder / "us.yml").read_text() + "# one more\n")
    assert build(path, folder).fresh


def test_nobody_can_write_into_the_file_that_answers_come_from(tmp_path: Path) -> None:
    path = tmp_path / "directory.sqlite"
    rebuilt(path, entries(service("Old")))
    finder = Finder(path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        finder._now_open().connection.execute("DELETE FROM service")


def test_a_place_that_nobody_knows_is_told_and_left_out(tmp_path: Path) -> None:
    nowhere = {"location_type": "physical", "city": "Xyzzyville"}
    built = rebuilt(tmp_path / "directory.sqlite", entries(service("Lost", locations=[nowhere])))
    assert built.services == 0
    assert built.left_out == [
        "us.yml, us-lost: no place 'Xyzzyville' in a region that is not told is known; give its coordinates."
    ]


@pytest.mark.parametrize(
    ("city", "region", "found_in"),
    [("Springfield", "Illinois", "IL"), ("Portland", "ME", "ME"), ("Houston", None, "TX")],
)
def test_a_city_without_coordinates_is_where_its_entry_says(
    tmp_path: Path, city: str, region: str | None, found_in: str
) -> None:
    path = tmp_path / "directory.sqlite"
    rebuilt(path, entries(service("There", locations=[{"location_type": "physical", "city": city, "region": region}])))
    assert [one.name for one in Finder(path).find(query(place=None, region=found_in), NOW).services] == ["There"]


@pytest.mark.parametrize(("city", "country"), [("Springfield", "US"), ("Valencia", "DE"), ("Paris", "DE")])
def test_a_city_that_may_be_another_one_is_left_out(tmp_path: Path, city: str, country: str) -> None:
    row = service("Where", id=f"{country.lower()}-where", locations=[{"location_type": "physical", "city": city}])
    assert rebuilt(tmp_path / "directory.sqlite", entries(row, country=country)).services == 0


@pytest.mark.long
def test_numbers_and_lines_of_the_country_files_are_all_in_it(tmp_path: Path) -> None:
    from resources_directory.model.directory import Directory

    path = with_places(tmp_path) / "directory.sqlite"
    build(path)
    assert Finder(path).directory() == Directory.load()
