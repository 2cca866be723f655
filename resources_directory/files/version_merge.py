"""The merge of a new version's country files into the folder that stewards work in: nothing that a steward wrote is lost.

The files as last shipped are kept in a subfolder. A file that is still as shipped is replaced by the new version; a file that
stewards changed stays. If both changed it, somebody has to merge it, and this is reported each time until it is settled.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from resources_directory.files import durable_writes
from resources_directory.files.folder_lock import locked

_LAST = ".shipped"  # inside the folder: the files as last shipped


def receive(shipped: Path, folder: Path) -> list[str]:
    """Take over new files; return a sentence for each file that both sides changed."""
    with locked(folder):
        (folder / _LAST).mkdir(exist_ok=True)
        return list(_received(shipped, folder))


def _received(shipped: Path, folder: Path) -> Iterator[str]:
    for new in sorted(shipped.glob("*.yml")):
        mine, last = folder / new.name, folder / _LAST / new.name
        if _same(mine, new) or not mine.exists() or _same(mine, last):
            _copy(new, mine)
            _copy(new, last)
        elif not _same(new, last):
            yield (
                f"{new.name}: stewards and the new version both changed it, and it stays as the stewards left it. "
                "Bring the two together (docs/deploy.md)."
            )


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.read_bytes() == other.read_bytes()


def _copy(new: Path, to: Path) -> None:
    """Replace a file atomically."""
    if _same(new, to):
        return
    with TemporaryDirectory(prefix=".draft-", dir=to.parent) as drafts:
        draft = Path(drafts) / to.name
        durable_writes.write(draft, new.read_bytes().decode())
        shutil.copymode(new, draft)
        draft.replace(to)
    durable_writes.sync_folder(to.parent)
