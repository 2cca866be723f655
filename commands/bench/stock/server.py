"""Stock Rasa as a child process: `rasa run` with the REST channel, conversations in memory or in its own Redis."""

import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import aiohttp
import yaml

from commands.bench.child_hotline import answers, family
from commands.bench.stock.stock_environment import NoStock
from commands.bench.stock.stock_models import process_environment
from commands.bench.virtual_users import RoundTimes
from commands.runtime.free_ports import free_port
from commands.runtime.redis_server import find_server


class StockServer:
    """One server with one model; everything else is in its own folder."""

    def __init__(self, folder: Path, environment: Path, model: Path, redis: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.port, self._log = free_port(), folder / "log"
        self._redis = _redis(folder) if redis else None
        (folder / "credentials.yml").write_text("rest:\n", "utf-8")
        (folder / "endpoints.yml").write_text(yaml.dump(self._redis[1] if self._redis else {}), "utf-8")
        command = [str(environment / "bin" / "rasa"), "run", "--enable-api", "--interface", "127.0.0.1"]
        command += ["--port", str(self.port), "--model", str(model)]
        command += ["--credentials", "credentials.yml", "--endpoints", "endpoints.yml"]
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603
                command,
                cwd=folder,
                env=process_environment(folder / "home"),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    @property
    def url(self) -> str:
        """Return the URL, without a trailing slash."""
        return f"http://127.0.0.1:{self.port}"

    async def ready(self, seconds: float) -> None:
        """Wait until it answers. Raises NoStock."""
        if not await answers(f"{self.url}/", self.process, seconds):
            raise NoStock(f"Stock Rasa did not come up: {_last_line(self._log)}")

    def stop(self) -> int:
        """Terminate the server and its Redis; kill them if they do not exit."""
        codes = [_ended(process) for process in (self.process, *([self._redis[0]] if self._redis else []))]
        return codes[0]

    def a_minute_passes(self) -> None:
        """Do nothing: stock Rasa has no rate limit."""

    def pids(self) -> dict[int, str]:
        """Return the process ids with their command lines."""
        return {**family(self.process.pid), **(family(self._redis[0].pid) if self._redis else {})}


class RestPerson:
    """A virtual user on the REST channel of stock Rasa, where the reply comes with the response."""

    def __init__(self, session: aiohttp.ClientSession, url: str, sender: str) -> None:
        self._session, self._url, self._sender = session, url, sender

    async def turn(self, text: str, measured: RoundTimes) -> None:
        """Write and wait for the response; count an empty one as silence."""
        began = time.perf_counter()
        asked = {"sender": self._sender, "message": text}
        async with self._session.post(f"{self._url}/webhooks/rest/webhook", json=asked) as response:
            response.raise_for_status()
            measured.silent += not await response.json()
        measured.turns.append((time.perf_counter() - began) * 1000)


def _last_line(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").strip().splitlines()
    return lines[-1].strip() if lines else "it said nothing."


def _redis(folder: Path) -> tuple[subprocess.Popen[bytes], Mapping[str, object]]:
    """Start a Redis configured like ours, but on a port: stock Rasa does not support sockets."""
    port = free_port()
    options = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--save", "", "--appendonly", "yes"]
    process = subprocess.Popen(  # noqa: S603
        [find_server(), *options], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return process, {"tracker_store": {"type": "redis", "url": "127.0.0.1", "port": port, "db": 0}}


def _ended(process: "subprocess.Popen[bytes]") -> int:
    process.terminate()
    try:
        return process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
