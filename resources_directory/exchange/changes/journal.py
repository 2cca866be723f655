"""A journal for writing several country files atomically: after a crash halfway, the next command finishes or undoes it.

The new files are on disk before the journal names them. So without a journal nothing has happened, and with a journal
only the renames are left to do.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from resources_directory.exchange.feeds.refusal import FeedRefused
from resources_directory.files import durable_writes
from resources_directory.files.entries_folder import file_of

JOURNAL = ".import.json"


@dataclass(frozen=True)
class Imported:
    """What an import did to one service, for the change log."""

    id: str
    before: dict[str, Any]  # only the fields that changed; None: was not there
    after: dict[str, Any]


RecordImport = Callable[[Imported], None]


def write(folder: Path, texts: Mapping[str, str], changes: list[Imported], record: RecordImport) -> None:
    """Write files by name, all or none. The caller holds the folder's lock."""
    for name, text in texts.items():
        durable_writes.write(_draft(folder, name), text)
        if (folder / name).exists():
            shutil.copymode(folder / name, _draft(folder, name))
    plan = {
        "files": {name: _digest(folder / name) for name in texts},
        "changes": [asdict(change) for change in changes],
    }
    durable_writes.write(folder / f"{JOURNAL}.new", json.dumps(plan, ensure_ascii=False))
    durable_writes.sync_folder(folder)
    (folder / f"{JOURNAL}.new").replace(folder / JOURNAL)
    durable_writes.sync_folder(folder)
    recover(folder, record)


def recover(folder: Path, record: RecordImport) -> bool:
    """Finish or undo what a crash has left; return whether files were finished. The caller holds the folder's lock."""
    journal = folder / JOURNAL
    if not journal.exists():
        for draft in folder.glob(".*.new"):
            draft.unlink()
        return False
    files, changes = _read(journal)
    # The change log comes first, as with a steward's change. A crash here logs a change twice: better than not at all.
    overtaken = {name for name, before in files.items() if _is_overtaken(folder, name, before)}
    for change in changes:
        if file_of(change.id[:2]) not in overtaken:
            record(change)
    for name in files:
        if name in overtaken:
            _draft(folder, name).unlink()
        elif _draft(folder, name).exists():
            _draft(folder, name).replace(folder / name)
    durable_writes.sync_folder(folder)
    journal.unlink()
    durable_writes.sync_folder(folder)
    return True


def _is_overtaken(folder: Path, name: str, before: str | None) -> bool:
    """Whether a steward has changed the file since the crash: the steward's change counts, and the feed is imported again."""
    return _draft(folder, name).exists() and _digest(folder / name) != before


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def _read(journal: Path) -> tuple[dict[str, str | None], list[Imported]]:
    try:
        plan = json.loads(journal.read_text("utf-8"))
        files = {Path(name).name: before for name, before in plan["files"].items()}
        return files, [Imported(**change) for change in plan["changes"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise FeedRefused(
            f"{journal.name} in the folder of entries is broken: look at what is there, then delete it."
        ) from None


def _draft(folder: Path, name: str) -> Path:
    return folder / f".{name}.new"
