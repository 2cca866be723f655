"""Checks for disk space: finds out before minutes of training, not after, that the run-time folder cannot be written."""

import errno
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

_FIRST = 700  # MB: reader, directory, and the model while it is being written
_DO = "Make room, or set QUIETLINE_VAR to a folder on another disk."
Free = Callable[[Path], int]  # bytes


class NoRoom(Exception):
    """The folder is not writable or has too little space; the text says what to do."""


def demand_room(var: Path, free: Free = lambda folder: shutil.disk_usage(folder).free) -> None:
    """Raise NoRoom unless the files of a start can be written.

    The amount of free space matters only before the first model: a hotline that people rely on starts as long as it can
    write at all.
    """
    try:
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=var) as trial:
            trial.write(b"a trial")
    except OSError as error:
        raise refused(var, error) from None
    left = free(var) // 1_000_000
    if left < _FIRST and not any((var / "models").glob("*.tar.gz")):
        raise NoRoom(f"Only {left} MB are free for {var}, and a first start needs {_FIRST}. {_DO}")


def refused(var: Path, error: OSError) -> NoRoom:
    """Return the error for a failed write, with what to do about it."""
    do = _DO if error.errno == errno.ENOSPC else "Let this user write there, or set QUIETLINE_VAR to another folder."
    return NoRoom(f"Nothing can be written into {var} ({error.strerror}). {do}")
