"""A start that can write nothing ends at once with what to do, not after minutes of training."""

import errno
from pathlib import Path

import pytest

from commands.runtime.disk_space import NoRoom, demand_room, refused

MEGABYTE = 1_000_000


def test_a_folder_with_room_is_made_and_left_empty(tmp_path: Path) -> None:
    demand_room(tmp_path / "new" / "var", lambda _: 1000 * MEGABYTE)
    assert list((tmp_path / "new" / "var").iterdir()) == []


def test_where_nothing_can_be_written_another_folder_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file, where a folder is wanted")
    with pytest.raises(NoRoom, match=r"^Nothing can be written into .*/var \(.*QUIETLINE_VAR to another folder\.$"):
        demand_room(tmp_path / "var")


def test_where_the_disk_is_full_more_room_is_asked_for() -> None:
    said = refused(Path("var"), OSError(errno.ENOSPC, "No space left on device"))
    do = "Make room, or set QUIETLINE_VAR to a folder on another disk."
    assert str(said) == f"Nothing can be written into var (No space left on device). {do}"


def test_a_first_start_wants_room_for_all_that_it_makes(tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match=r"^Only 300 MB are free for .*needs 700\. Make room, or set QUIETLINE_VAR"):
        demand_room(tmp_path, lambda _: 300 * MEGABYTE)


def test_a_hotline_that_has_a_model_starts_on_a_disk_that_is_nearly_full(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "0123456789abcdef.tar.gz").touch()
    demand_room(tmp_path, lambda _: 3 * MEGABYTE)
