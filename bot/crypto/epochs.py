"""The keys of the present, in memory only: without them, no copy of a conversation's wrapped key opens, wherever it was left.

A disk keeps what was deleted in blocks that nobody can reach. So the key of each conversation is wrapped with the master key
*and* the key of an epoch, a file in a folder that lies in memory (tmpfs). The janitor begins a new epoch after each erasing,
wraps what lives anew, and drops the old one: from then on an erased conversation is closed for good, also for somebody who has
the disk, an older copy of it, and the master key. What is in memory is lost when the machine starts again, and all that lived
then is lost with it.
"""

import fcntl
import logging
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot import logs
from bot.crypto.private_files import is_open_to_others

ID = 8  # bytes; the time at which an epoch began, in nanoseconds, so that names sort by age
_KEY = 32
_PLACE = "place"  # the file that tells this folder from every other one
_LOCK = "lock"
_TICK = 50_000_000  # nanoseconds in which a folder can change twice under the same time


class BadEpochFolder(Exception):
    """The folder of the epochs can be read by others, or is not there; the text is a sentence."""


class Epochs:
    """The epochs of one hotline, in a folder that its gateways share."""

    def __init__(self, folder: Path) -> None:
        """Make the folder, with a first epoch, where it does not exist. Raises BadEpochFolder."""
        self._folder = folder
        self._keys: dict[bytes, bytes] = {}
        self._seen = -1
        self._newest_since = (
            b"",
            0.0,
        )  # the newest epoch, and when this process saw it first, by a clock that nobody sets
        try:
            self._make()
        except OSError as error:
            raise BadEpochFolder(f"The keys of the present cannot be kept in {folder} ({error.strerror}).") from None

    def place(self) -> tuple[str, float]:
        """Return what tells this folder from that before a start of the machine, or of another gateway; and since when it is there.

        One that somebody has emptied meanwhile is begun anew.
        """
        self._look()
        path = self._folder / _PLACE
        return path.read_text(), path.stat().st_mtime

    def newest(self) -> tuple[bytes, bytes]:
        """Return id and key of the epoch that new keys are wrapped with; a new one where somebody emptied the folder."""
        self._look()
        if not self._keys:
            self.begin()
        newest = max(self._keys)
        return newest, self._keys[newest]

    def key(self, id_: bytes) -> bytes | None:
        """Return the key of an epoch, or None if it is over."""
        self._look()
        return self._keys.get(id_)

    def age(self) -> float:
        """Return how many seconds ago this process first saw the newest epoch; a clock that is set changes nothing."""
        newest = self.newest()[0]
        if newest != self._newest_since[0]:
            self._newest_since = (newest, time.monotonic())
        return time.monotonic() - self._newest_since[1]

    def has_older(self) -> bool:
        """Whether there is an epoch before the newest."""
        self._look()
        return len(self._keys) > 1

    def begin(self) -> None:
        """Begin a new epoch."""
        self._look()
        # A clock that was set back must not make the newest an older one.
        began = max(time.time_ns(), int.from_bytes(max(self._keys, default=b"")) + 1)
        self._write(began.to_bytes(ID).hex(), secrets.token_bytes(_KEY))
        self._seen = -1

    def drop_older(self) -> None:
        """Forget every epoch but the newest: whatever is still wrapped with one of them is closed for good."""
        newest = self.newest()[0]
        for id_ in set(self._keys) - {newest}:
            path = self._folder / id_.hex()
            with suppress(FileNotFoundError):
                path.write_bytes(secrets.token_bytes(_KEY))
                path.unlink()
        self._seen = -1

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Let one process at a time change epochs; False where another one is at it."""
        self._look()
        with (self._folder / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def _make(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._folder.stat().st_uid != os.geteuid() or is_open_to_others(self._folder):
            raise BadEpochFolder(f"{self._folder} belongs to somebody else, or is open to others: chown it, chmod 700.")
        if not (self._folder / _PLACE).exists():
            self._write(_PLACE, secrets.token_hex(8).encode())
        if not self._names():
            self._write(time.time_ns().to_bytes(ID).hex(), secrets.token_bytes(_KEY))

    def _write(self, name: str, content: bytes) -> None:
        # Another process must never read half of it.
        beside = self._folder / f".{name}.{os.getpid()}"
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.rename(self._folder / name)

    def _look(self) -> None:
        """Read the folder again if a process has changed it: what another one has dropped is forgotten here too."""
        try:
            changed = self._folder.stat().st_mtime_ns
        except FileNotFoundError:
            changed = -1
        if changed == self._seen != -1:
            return
        if not (self._folder / _PLACE).exists():
            # Somebody has emptied /dev/shm: what lived is lost, and whoever writes now has to be answered.
            logs.event("epochs_emptied", logging.CRITICAL)
            self._make()
        self._keys = {bytes.fromhex(name): self._read(name) for name in self._names()}
        self._keys = {id_: key for id_, key in self._keys.items() if len(key) == _KEY}
        self._seen = changed if time.time_ns() - changed > _TICK else -1

    def _names(self) -> list[str]:
        return [path.name for path in self._folder.iterdir() if len(path.name) == 2 * ID and path.name.isalnum()]

    def _read(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return b""  # dropped in this moment
