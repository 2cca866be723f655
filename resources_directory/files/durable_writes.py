"""Writes so that it is on the disk when the call comes back: a change that a power cut takes away was never checked."""

import os
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Write a file, and bring it to the disk."""
    with path.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring the name of a new file to the disk as well."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
