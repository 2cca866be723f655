"""What `quietline doctor` says of the keys in memory, and of memory that gets onto a disk."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import Settings
from commands.doctor import doctor_memory
from commands.doctor.check_result import CheckResult
from commands.runtime.production import refusals

MOUNTS = """\
22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 22 0:26 / /dev/shm rw,nosuid,nodev shared:4 - tmpfs tmpfs rw
31 22 0:27 / /srv/a\\040b rw shared:5 - tmpfs tmpfs rw
32 30 254:2 / /dev/shm/disk rw shared:6 - ext4 /dev/vdb rw
"""


@pytest.mark.parametrize(
    ("folder", "memory"),
    [
        ("/dev/shm/quietline", True),
        ("/srv/a b/epochs", True),
        ("/dev/shm/disk/epochs", False),
        ("/dev/shmelse", False),
        ("/srv/epochs", False),
    ],
)
def test_a_folder_is_in_memory_or_on_a_disk(tmp_path: Path, folder: str, memory: bool) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert doctor_memory.is_in_memory(Path(folder), tmp_path / "mounts") is memory


def test_a_system_that_does_not_tell_counts_as_a_disk(tmp_path: Path) -> None:
    assert not doctor_memory.is_in_memory(Path("/dev/shm/quietline"), tmp_path / "none")


def said(settings: Settings) -> CheckResult:
    (found,) = doctor_memory.epochs(settings)
    return found


def test_it_says_whether_erased_talks_can_be_read_from_the_disk(tmp_path: Path) -> None:
    settings = Settings.from_env({"QUIETLINE_VAR": str(tmp_path)})
    assert said(settings).state == "ok"
    assert said(Settings.from_env({"EPOCH_FOLDER": "off"})).state == "warn"
    on_disk = replace(settings, epoch_folder=Path("/usr/epochs"))
    assert said(on_disk).state == "bad"
    assert "erased talks" in [one.name for one in refusals(on_disk)]
    assert "erased talks" not in [one.name for one in refusals(settings)]


@pytest.mark.parametrize(("swaps", "warned"), [("", False), ("/dev/zram0 p", False), ("/dev/vda5 partition", True)])
def test_it_warns_of_swap_that_is_on_a_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swaps: str, warned: bool
) -> None:
    (tmp_path / "swaps").write_text(f"Filename Type Size\n{swaps}\n" if swaps else "Filename Type Size\n")
    monkeypatch.setattr(doctor_memory, "_SWAPS", tmp_path / "swaps")
    assert bool(list(doctor_memory.swap(Settings.from_env({})))) is warned
