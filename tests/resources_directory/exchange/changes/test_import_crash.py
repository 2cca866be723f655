"""An import that a crash has cut short: all of it or nothing, and nothing of a steward is lost."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from resources_directory.exchange.changes import applying, journal
from resources_directory.exchange.changes.journal import Imported
from resources_directory.exchange.feeds.refusal import FeedRefused
from tests.resources_directory.exchange.feed_files import service
from tests.resources_directory.exchange.norway import FIRST, edit, norwegian, planned


class Crash(BaseException):
    """The machine stops."""


def crashing_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the machine at one of the steps that the disk sees."""
    steps = iter(range(1, 1_000))

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any) -> Any:
            if next(steps) == step:
                raise Crash
            return real(*arguments)

        return wrapped

    monkeypatch.setattr(os, "fsync", counted(os.fsync))
    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))


@pytest.mark.parametrize("step", range(1, 10))
def test_a_crash_at_any_step_leaves_all_or_nothing(folder: Path, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made = planned(folder, norwegian(), service(id="1b1f6a0e-7a1c-4a51-9a4b-2f8d5a0c1e11"))
    with monkeypatch.context() as machine, pytest.raises(Crash):
        crashing_at(step, machine)
        applying.apply(made, folder, lambda _: None)

    noted: list[Imported] = []
    finished = journal.recover(folder, noted.append)

    changed = {"no": "no-oslo" in (folder / "no.yml").read_text(), "us": (folder / "us.yml").exists()}
    assert set(changed.values()) in ({True}, {False})
    assert {path.name for path in folder.iterdir()} <= {"no.yml", "us.yml", ".lock"}
    assert not finished or (changed["no"] and len(noted) == 2)


def test_what_a_steward_changed_after_the_crash_is_not_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = planned(folder, norwegian())
    with monkeypatch.context() as machine, pytest.raises(Crash):
        crashing_at(5, machine)
        applying.apply(made, folder, lambda _: None)
    assert (folder / journal.JOURNAL).exists()
    edit(folder, "02800", "02801")

    noted: list[Imported] = []
    journal.recover(folder, noted.append)

    assert (folder / "no.yml").read_text() == FIRST.replace("02800", "02801")
    assert (noted, {path.name for path in folder.iterdir()}) == ([], {"no.yml"})


def test_a_journal_that_is_broken_is_not_guessed_at(folder: Path) -> None:
    (folder / journal.JOURNAL).write_text("{")

    with pytest.raises(FeedRefused, match="is broken"):
        journal.recover(folder, lambda _: None)


def test_a_journal_can_not_name_a_file_elsewhere(folder: Path) -> None:
    (folder / ".no.yml.new").write_text("x")
    before = hashlib.sha256(FIRST.encode()).hexdigest()
    (folder / journal.JOURNAL).write_text(json.dumps({"files": {"../../no.yml": before}, "changes": []}))

    journal.recover(folder, lambda _: None)

    assert (folder / "no.yml").read_text() == "x"
