"""The change log of the directory: every change with who and when, one line of JSON each, in an append-only file.

A line is on disk before the entry itself changes. So a line torn by a crash records a change that never happened and
can go, and no change is ever without its line. Nothing that a person wrote may appear here.
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

What = Literal[
    "checked",
    "suspended",
    "activated",
    "closed",
    "imported",
    "edited",
    "added",
    "merged",
    "accepted",
    "no_answer",
    "left_message",
    "unlisted",  # a feed that brought it has it no longer
    "listed",  # it has it again
    "call_wanted",
]
# Calls that found nothing out: they stand in the history of an entry, and change nothing in it.
ATTEMPTS: tuple[What, ...] = ("no_answer", "left_message")
# The same, and what makes one doubt an entry.
NOTES: tuple[What, ...] = (*ATTEMPTS, "unlisted", "listed", "call_wanted")


class Change(BaseModel):
    """A change that somebody made to one service."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    what: What
    who: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]
    when: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]  # UTC
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)] = ""
    before: dict[str, Any] = Field(default_factory=dict)  # only the fields that changed; None: was not there
    after: dict[str, Any] = Field(default_factory=dict)


def append(change: Change, folder: Path = ENTRIES) -> None:
    """Write one change, and return when it is on disk. The caller holds the folder's lock."""
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
    """Return all changes, oldest first; raise BadEntry if a line in the middle cannot be read."""
    try:
        content = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return []
    return list(_changes(content))


def history(service: str, folder: Path = ENTRIES) -> list[Change]:
    """Return the changes to one service, oldest first."""
    return [change for change in read(folder) if change.id == service]


def _changes(content: bytes) -> Iterator[Change]:
    lines = content.split(b"\n")
    for number, line in enumerate(lines, 1):
        change = _parsed(line)
        if change:
            yield change
        elif line and number < len(lines):  # the last line has no end: it is torn
            raise BadEntry(f"{FILE}, line {number}: not readable as a change.")


def _parsed(line: bytes) -> Change | None:
    try:
        return Change.model_validate_json(line) if line else None
    except ValidationError:
        return None


def _repair(file: int) -> None:
    """Complete the last line if only its newline is missing; cut it off if more is."""
    size = os.fstat(file).st_size
    content = os.pread(file, size, 0)
    whole = content.rfind(b"\n") + 1
    if whole == size:
        return
    if _parsed(content[whole:]):
        os.write(file, b"\n")
    else:
        os.ftruncate(file, whole)
