"""The whole hotline as child processes in a separate folder, for benchmarks and for tests that kill real processes."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import aiohttp
import redis

from bot.storage.store import key
from commands.runtime.composition import ROOT
from commands.runtime.free_ports import free_port
from commands.runtime.redis_server import OwnRedis

_PACES = key("pace", "*")


class NotReady(Exception):
    """The hotline did not come up; the text is its log, which contains nothing a person wrote."""


class ChildHotline:
    """`quietline run` with the model, encoder and directory of `var`, and everything else fresh."""

    def __init__(
        self,
        folder: Path,
        var: Path,
        log_level: str = "info",
        engines: int = 1,
        settings: Mapping[str, str] | None = None,  # additional environment variables
    ) -> None:
        self.folder = folder
        self.port, self.desk_port = free_port(), free_port()
        self.log = folder / "log"
        for name in ("home", "tmp", "var"):
            (folder / name).mkdir()
        for name in ("models", "encoder", "directory.sqlite"):
            (folder / "var" / name).symlink_to(var / name)
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "TMPDIR": str(folder / "tmp"),
            # No test or benchmark may pick up the settings of a real hotline, and with them its channels.
            "QUIETLINE_SETTINGS": os.devnull,
            "QUIETLINE_VAR": str(folder / "var"),
            "EPOCH_FOLDER": str(folder / "memory"),
            "PORT": str(self.port),
            "DESK_PORT": str(self.desk_port),
            "ENGINE_PORTS": ",".join(str(free_port()) for _ in range(engines)),
            "LOG_LEVEL": log_level,
            **(settings or {}),
        }
        self.start()

    def start(self) -> None:
        """Start the hotline, or restart it after it was killed."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "quietline", "run"], cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    @property
    def url(self) -> str:
        """Return the URL of the web page, without a trailing slash."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def desk_url(self) -> str:
        """Return the URL of the desk, without a trailing slash."""
        return f"http://127.0.0.1:{self.desk_port}"

    async def ready(self, seconds: float = 90) -> None:
        """Wait until everything answers. Raises NotReady."""
        if not await answers(f"{self.url}/readyz", self.process, seconds):
            raise NotReady(self.log.read_text())

    def stop(self) -> int:
        """Stop the hotline as an administrator would, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def a_minute_passes(self) -> None:
        """Reset the rate limits: a person who writes a thousand turns in a row would be told to slow down."""
        with redis.Redis.from_url(OwnRedis(self.folder / "var" / "redis").url) as client:
            for pace in list(client.scan_iter(match=_PACES, count=1000)):
                client.delete(pace)

    def pids(self) -> dict[int, str]:
        """Return the process ids with their command lines: the gateway first, then its children."""
        return family(self.process.pid)


def family(pid: int) -> dict[int, str]:
    """Return a process and all its descendants, with their command lines."""
    found = [pid, *_children(pid)]
    return {one: Path(f"/proc/{one}/cmdline").read_bytes().replace(b"\0", b" ").decode() for one in found}


async def answers(url: str, process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    """Wait until a URL answers. Return False if its process exits first or time runs out."""
    async with aiohttp.ClientSession() as session:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and process.poll() is None:
            try:
                async with session.get(url) as response:
                    if response.status == 200:
                        return True
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
    return False


def memory(pid: int) -> float:
    """Return the proportional set size of a process in MB: shared pages are divided among the sharers.

    Of ours only root may ask for that (bot/core_dumps.py); anybody else gets what is resident, shared pages in full.
    """
    try:
        name, lines = "Pss:", Path(f"/proc/{pid}/smaps_rollup").read_text()
    except PermissionError:
        name, lines = "VmRSS:", Path(f"/proc/{pid}/status").read_text()
    return sum(int(line.split()[1]) for line in lines.splitlines() if line.startswith(name)) / 1024


def processor_seconds(pid: int) -> float:
    """Return the CPU time of a process so far, in seconds over all cores."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return found + [grand for child in found for grand in _children(child)]
