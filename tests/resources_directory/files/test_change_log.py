"""The history of the directory: nothing is lost, whatever happens while it is written."""

from pathlib import Path

import pytest

from resources_directory.files.change_log import FILE, Change, append, history, read
from resources_directory.files.entries_folder import BadEntry


def change(id_: str = "es-a", reason: str = "rang twice", **more: object) -> Change:
    plain = {"id": id_, "what": "suspended", "who": "Blue Heron", "when": "2026-03-01T10:00:00Z", "reason": reason}
    return Change.model_validate(plain | more)


def test_a_change_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    first = change(before={"status": "active"}, after={"status": "suspended"})
    append(first, tmp_path)

    assert read(tmp_path) == [first]


def test_changes_stand_one_a_line_and_in_order(tmp_path: Path) -> None:
    for reason in ("one", "two\nlines", "ثلاثة"):
        append(change(reason=reason), tmp_path)

    assert [found.reason for found in read(tmp_path)] == ["one", "two\nlines", "ثلاثة"]
    assert len((tmp_path / FILE).read_text("utf-8").splitlines()) == 3


def test_a_history_holds_the_changes_of_one_service_only(tmp_path: Path) -> None:
    append(change("es-a"), tmp_path)
    append(change("es-b"), tmp_path)

    assert [found.id for found in history("es-b", tmp_path)] == ["es-b"]


def test_a_directory_without_changes_has_an_empty_history(tmp_path: Path) -> None:
    assert read(tmp_path) == []


@pytest.mark.parametrize("kept", [1, 20, -2])
def test_a_line_torn_by_a_crash_is_passed_over_and_gone_with_the_next_change(tmp_path: Path, kept: int) -> None:
    append(change(reason="whole"), tmp_path)
    torn = change(reason="torn").model_dump_json()[:kept]
    with (tmp_path / FILE).open("a") as file:
        file.write(torn)

    assert [found.reason for found in read(tmp_path)] == ["whole"]
    append(change(reason="next"), tmp_path)
    assert [found.reason for found in read(tmp_path)] == ["whole", "next"]


def test_a_line_that_lacks_only_its_end_is_kept(tmp_path: Path) -> None:
    append(change(reason="whole"), tmp_path)
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append(change(reason="next"), tmp_path)

    assert [found.reason for found in read(tmp_path)] == ["whole", "next"]


def test_a_broken_line_in_the_middle_is_named(tmp_path: Path) -> None:
    append(change(), tmp_path)
    with (tmp_path / FILE).open("a") as file:
        file.write("<<<<<<< mine\n")
    append(change(), tmp_path)

    with pytest.raises(BadEntry, match=r"^changes\.jsonl, line 2: not readable as a change\.$"):
        read(tmp_path)


def test_earlier_changes_are_not_written_again(tmp_path: Path) -> None:
    append(change(reason="one"), tmp_path)
    before = (tmp_path / FILE).read_bytes()
    append(change(reason="two"), tmp_path)

    assert (tmp_path / FILE).read_bytes().startswith(before)
