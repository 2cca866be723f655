"""Writes several country files, all or none: a crash half way is finished, or undone, by the next command.

The new files are on the disk before the journal names them. So without a journal nothing has happened, and with one
all that is left is to rename.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from resources_directory.exchange.refusal import Refused

JOURNAL = ".import.json"


@dataclass(frozen=True)
class Imported:
    """What an import did to one service, for the history of changes."""

    id: str
    before: dict[str, Any]  # only the fields that changed; None: was not there
    after: dict[str, Any]


Record = Callable[[Imported], None]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until nobody else changes this folder: the lock is that of a steward's commands. A crash lets go by itself."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write(folder: Path, texts: Mapping[str, str], changes: list[Imported], record: Record) -> None:
    """Write files by name, all or none. The caller holds the lock."""
    for name, text in texts.items():
        _write(_draft(folder, name), text)
        if (folder / name).exists():
            shutil.copymode(folder / name, _draft(folder, name))
    plan = {"files": list(texts), "changes": [asdict(change) for change in changes]}
    _write(folder / f"{JOURNAL}.new", json.dumps(plan, ensure_ascii=False))
    _sync(folder)
    (folder / f"{JOURNAL}.new").replace(folder / JOURNAL)
    _sync(folder)
    recover(folder, record)


def recover(folder: Path, record: Record) -> bool:
    """Finish what a crash has left, or take it away; says whether files were finished. The caller holds the lock."""
    journal = folder / JOURNAL
    if not journal.exists():
        for draft in folder.glob(".*.new"):
            draft.unlink()
        return False
    files, changes = _read(journal)
    for name in files:
        if _draft(folder, name).exists():
            _draft(folder, name).replace(folder / name)
    _sync(folder)
    # A crash here notes a change twice: better than not at all.
    for change in changes:
        record(change)
    journal.unlink()
    _sync(folder)
    return True


def _read(journal: Path) -> tuple[list[str], list[Imported]]:
    try:
        plan = json.loads(journal.read_text("utf-8"))
        return [Path(name).name for name in plan["files"]], [Imported(**change) for change in plan["changes"]]
    except (ValueError, KeyError, TypeError):
        raise Refused(
            f"{journal.name} in the folder of entries is broken: look at what is there, then delete it."
        ) from None


def _draft(folder: Path, name: str) -> Path:
    return folder / f".{name}.new"


def _write(path: Path, text: str) -> None:
    with path.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Bring the names of the files to the disk as well."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
