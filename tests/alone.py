"""The lock of the whole suite."""

import fcntl
import os
from pathlib import Path
from typing import TextIO

import pytest

_held: list[TextIO] = []  # until this process ends


def alone_in(folder: Path) -> None:
    """Hold the folder until this process ends, or stop with a sentence where another run holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        other = lock.read().strip()
        lock.close()
        pytest.exit(f"All tests run in this folder already: wait for them, or end them with: kill {other}", 1)
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    _held.append(lock)
