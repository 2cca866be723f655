"""The memory checks of `quietline doctor`: the keys that close erased talks lie in memory, and memory is not written to a disk."""

from collections.abc import Iterator
from pathlib import Path

from bot.settings import Settings
from commands.doctor.check_result import CheckResult, bad, ok, warn

_MOUNTS = Path("/proc/self/mountinfo")
_SWAPS = Path("/proc/swaps")
_IN_MEMORY = frozenset({"tmpfs", "ramfs"})
_COMPRESSED = "/dev/zram"  # swap that is memory too


def epochs(settings: Settings) -> Iterator[CheckResult]:
    """Check that what was erased cannot be read from the disk."""
    if settings.epoch_folder is None:
        says = "EPOCH_FOLDER is off: with the master key, erased talks can be read from the disk."
        yield warn("erased talks", says, "Name a folder in memory that all gateways share (docs/deploy.md).")
    elif not is_in_memory(settings.epoch_folder):
        yield on_disk(settings)
    else:
        yield ok("erased talks", "The keys that close them on the disk lie in memory alone.")


def on_disk(settings: Settings) -> CheckResult:
    """Return what is said of a folder of epochs that is not in memory."""
    says = (
        f"EPOCH_FOLDER ({settings.epoch_folder}) is on a disk: with the master key, erased talks can be read from it."
    )
    return bad("erased talks", says, "Name a folder of a tmpfs, like one in /dev/shm.")


def is_in_memory(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether a folder, which need not exist yet, lies in a file system that is memory."""
    found = {}
    try:
        for line in mounts.read_text().splitlines():
            about, _, kind = line.partition(" - ")
            found[Path(about.split()[4].replace("\\040", " "))] = kind.split()[0]
    except OSError:
        return False  # another system: nobody can say
    whole = folder.resolve()
    return next((found[up] for up in (whole, *whole.parents) if up in found), "") in _IN_MEMORY


def swap(_settings: Settings) -> Iterator[CheckResult]:
    """Check that memory is not written to a disk."""
    try:
        lines = _SWAPS.read_text().splitlines()[1:]
    except OSError:
        return
    if any(not line.startswith(_COMPRESSED) for line in lines):
        says = "This machine has swap: keys and words that are in memory can get onto its disk."
        yield warn("swap", says, "swapoff -a, or encrypt it with a key of each start (docs/deploy.md).")
