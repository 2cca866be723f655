"""Whether the folder of run-time files can take what a start writes: asked before minutes of training, not after."""

import errno
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

_FIRST = 700  # MB: encoder, directory, vectors of the examples, and the model while it is being written
_DO = "Make room, or set QUIETLINE_VAR to a folder on another disk."
Free = Callable[[Path], int]  # bytes


class NoRoom(Exception):
    """Nothing can be written there, or not enough; the text says what to do."""


def demand_room(var: Path, free: Free = lambda folder: shutil.disk_usage(folder).free) -> None:
    """Let a start go on only where its files can be written; raises NoRoom.

    How much is free counts before the first model only: a hotline that people know starts as long as it can write.
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
    """What the system would not do, and how to help it."""
    do = _DO if error.errno == errno.ENOSPC else "Let this user write there, or set QUIETLINE_VAR to another folder."
    return NoRoom(f"Nothing can be written into {var} ({error.strerror}). {do}")
