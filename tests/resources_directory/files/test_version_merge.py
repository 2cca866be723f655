"""A new version brings country files into a folder that stewards work in."""

from pathlib import Path

import pytest

from resources_directory.files.version_merge import receive


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """What the version brings."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "es.yml").write_text("first\n")
    return folder


@pytest.fixture
def folder(tmp_path: Path, shipped: Path) -> Path:
    """Where stewards work, since that version."""
    folder = tmp_path / "entries"
    folder.mkdir()
    assert receive(shipped, folder) == []
    return folder


def test_an_empty_folder_gets_all(folder: Path) -> None:
    assert (folder / "es.yml").read_text() == "first\n"


def test_a_file_that_no_steward_changed_becomes_the_new_one(shipped: Path, folder: Path) -> None:
    (shipped / "es.yml").write_text("second\n")
    (shipped / "fr.yml").write_text("a new country\n")
    assert receive(shipped, folder) == []
    assert ((folder / "es.yml").read_text(), (folder / "fr.yml").read_text()) == ("second\n", "a new country\n")


def test_what_a_steward_wrote_stays_where_the_new_version_changed_nothing(shipped: Path, folder: Path) -> None:
    (folder / "es.yml").write_text("a steward's\n")
    assert receive(shipped, folder) == []
    assert (folder / "es.yml").read_text() == "a steward's\n"


def test_where_both_changed_it_the_stewards_stays_and_that_is_said_until_it_is_settled(
    shipped: Path, folder: Path
) -> None:
    (folder / "es.yml").write_text("a steward's\n")
    (shipped / "es.yml").write_text("second\n")
    for _ in ("once", "and again"):
        (sentence,) = receive(shipped, folder)
        assert sentence.startswith("es.yml: stewards and the new version both changed it")
    assert (folder / "es.yml").read_text() == "a steward's\n"


def test_files_that_were_brought_together_in_a_later_version_settle_it(shipped: Path, folder: Path) -> None:
    (folder / "es.yml").write_text("a steward's\n")
    (shipped / "es.yml").write_text("second\n")
    receive(shipped, folder)
    (folder / "es.yml").write_text("both\n")
    (shipped / "es.yml").write_text("both\n")
    assert receive(shipped, folder) == []
    (shipped / "es.yml").write_text("third\n")
    assert receive(shipped, folder) == []
    assert (folder / "es.yml").read_text() == "third\n"


def test_a_folder_that_had_the_files_before_is_taken_as_it_is(shipped: Path, tmp_path: Path) -> None:
    folder = tmp_path / "older"
    folder.mkdir()
    (folder / "es.yml").write_text("first\n")
    receive(shipped, folder)
    (shipped / "es.yml").write_text("second\n")
    assert receive(shipped, folder) == []
    assert (folder / "es.yml").read_text() == "second\n"
