"""Durable writes: on disk when the call returns, so that no power cut can undo a steward's check."""

import os
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Write a file and flush it to disk."""
    with path.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flush a folder to disk, so that the name of a new file is there as well."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
