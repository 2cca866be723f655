"""Once a week somebody is told by e-mail or webhook how much is to be checked in the directory, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.reporting import complaints
from bot.settings import Settings
from bot.storage.store import Store
from desk.alarms.alarm_dispatch import Call, NotHeard
from desk.alarms.directory_reminder import DirectoryReminder, worded
from resources_directory.files.entry_cache import EntryCache
from resources_directory.stewards.workload_digest import WorkloadDigest
from tests.desk.colleagues import Clock
from tests.desk.directory_folder import entries

WEEK = 7 * 86_400


@dataclass
class Ear:
    """A target that hears what it is told, once it works."""

    deaf: bool = False
    heard: list[Call] = field(default_factory=list)

    async def tell(self, call: Call) -> None:
        if self.deaf:
            raise NotHeard("network")
        self.heard.append(call)


def reminders(store: Store, clock: Clock, settings: Settings, folder: Path, ear: Ear) -> Sequence[DirectoryReminder]:
    """Two gateways."""
    ours = replace(settings, desk_url="https://desk.example")
    return [DirectoryReminder(store, {"mail": ear}, ours, EntryCache(folder), clock) for _ in range(2)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return entries(tmp_path / "entries")


async def test_a_reminder_comes_once_a_week_across_all_gateways(
    store: Store, clock: Clock, settings: Settings, folder: Path
) -> None:
    one, other = reminders(store, clock, settings, folder, ear := Ear())
    await one.look()
    await other.look()
    await one.look()
    assert [call.text for call in ear.heard] == [
        "Desk: 1 entry to check\n0 overdue, 0 expire this week.\n\nhttps://desk.example"
    ]

    await clock.passes(WEEK)
    await other.look()
    assert len(ear.heard) == 2


async def test_a_target_that_does_not_hear_is_told_again(
    store: Store, clock: Clock, settings: Settings, folder: Path
) -> None:
    one, _ = reminders(store, clock, settings, folder, ear := Ear(deaf=True))
    await one.look()
    ear.deaf = False
    await one.look()
    assert ear.heard == []
    await clock.passes(600)
    await one.look()
    assert len(ear.heard) == 1


async def test_nobody_is_reminded_of_nothing(store: Store, clock: Clock, settings: Settings, folder: Path) -> None:
    (folder / "es.yml").unlink()
    one, _ = reminders(store, clock, settings, folder, ear := Ear())
    await one.look()
    assert ear.heard == []


async def test_only_numbers_leave_the_house(store: Store, clock: Clock, settings: Settings, folder: Path) -> None:
    await complaints.complain(store, "es-ley", clock())
    one, _ = reminders(store, clock, settings, folder, ear := Ear())
    await one.look()
    (call,) = ear.heard
    assert call.text.startswith("Desk: 2 entries to check\n0 overdue, 0 expire this week, 1 reported as wrong.")
    assert not {"casa", "ley", "es-", "ES", "914"} & set(call.text.split())


def test_what_expires_is_told_in_words() -> None:
    assert worded(WorkloadDigest(due=12, overdue=3, expiring=1), "").text == (
        "Desk: 12 entries to check\n3 overdue, 1 expires this week."
    )
