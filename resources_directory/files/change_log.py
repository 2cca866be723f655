"""Keeps every change of the directory, with who and when: one line of JSON each, in a file that only grows.

A line is on the disk before the entry itself changes. So a line that a crash has torn tells of a change that never
happened, and may go; a change without its line can not be. Nothing that a person wrote may stand here.
"""

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from resources_directory.files.durable_writes import sync_folder
from resources_directory.files.entries_folder import ENTRIES, BadEntry

FILE = "changes.jsonl"

What = Literal["checked", "suspended", "activated", "closed", "imported", "edited", "added"]


class Change(BaseModel):
    """What somebody did to one service."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    what: What
    who: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]
    when: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]  # UTC
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)] = ""
    before: dict[str, Any] = Field(default_factory=dict)  # only the fields that changed; None: was not there
    after: dict[str, Any] = Field(default_factory=dict)


def append(change: Change, folder: Path = ENTRIES) -> None:
    """Write one change to the disk; comes back when it is there. The caller holds the lock of the folder."""
    line = json.dumps(change.model_dump(), ensure_ascii=False).encode() + b"\n"
    file = os.open(folder / FILE, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        _repair(file)
        written = os.write(file, line)
        os.fsync(file)
    finally:
        os.close(file)
    if written != len(line):
        raise OSError(errno.ENOSPC, "the disk is full")
    sync_folder(folder)


def read(folder: Path = ENTRIES) -> list[Change]:
    """Give all changes, oldest first; raises BadEntry where a line in the middle can not be read."""
    try:
        content = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return []
    return list(_changes(content))


def history(service: str, folder: Path = ENTRIES) -> list[Change]:
    """Give the changes of one service, oldest first."""
    return [change for change in read(folder) if change.id == service]


def _changes(content: bytes) -> Iterator[Change]:
    lines = content.split(b"\n")
    for number, line in enumerate(lines, 1):
        change = _parsed(line)
        if change:
            yield change
        elif line and number < len(lines):  # the last one has no end: it is torn
            raise BadEntry(f"{FILE}, line {number}: not readable as a change.")


def _parsed(line: bytes) -> Change | None:
    try:
        return Change.model_validate_json(line) if line else None
    except ValidationError:
        return None


def _repair(file: int) -> None:
    """End the last line where only its end is missing; cut it off where more is."""
    size = os.fstat(file).st_size
    content = os.pread(file, size, 0)
    whole = content.rfind(b"\n") + 1
    if whole == size:
        return
    if _parsed(content[whole:]):
        os.write(file, b"\n")
    else:
        os.ftruncate(file, whole)
