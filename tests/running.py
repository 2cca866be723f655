"""The whole hotline as its administrator starts it: real processes, a real model, a real Redis; and a person at its page."""

import asyncio
import os
import re
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import redis

from commands.bench.child_hotline import ChildHotline
from commands.runtime.composition import ROOT
from tests.hotline import PATIENCE, eventually


class Running(ChildHotline):
    """A hotline of its own, with the model that `quietline train` has made."""

    def __init__(self, folder: Path, log_level: str = "info") -> None:
        super().__init__(folder, ROOT / "var", log_level)

    @property
    def redis(self) -> Path:
        """The socket of its Redis: beside its files, or, if that path is too long, in its folder for what passes."""
        return next(path for name in ("var/redis", "tmp") for path in (self.folder / name).glob("*.sock"))

    async def sends(self, what: str, number: signal.Signals) -> None:
        """Send a signal to the child whose command line holds these words: "commands.engine", "redis"; wait until it shows."""
        await eventually(lambda: self._children(what))
        pid = self._children(what)[0]
        os.kill(pid, number)
        await eventually(lambda: _SHOWS[number](_state(pid)))

    async def recovers(self) -> None:
        """Wake what was stopped, start what was ended, and forget everybody: the next test begins anew."""
        if self.process.poll() is not None:
            self.start()
        for pid in self.pids():
            os.kill(pid, signal.SIGCONT)
        await self.ready()
        with redis.Redis(unix_socket_path=str(self.redis)) as client:
            client.flushall()

    def _children(self, what: str) -> list[int]:
        return [pid for pid, command in self.pids().items() if what in command and pid != self.process.pid]

    async def keeps(self, kind: str) -> None:
        """Wait until Redis holds a key of this kind."""
        with redis.Redis(unix_socket_path=str(self.redis)) as client:
            await eventually(lambda: client.keys(f"{kind}:*"))

    async def is_written(self) -> None:
        """Wait until all that was accepted stands in the file of Redis: what it has kept back would be lost with it."""
        with redis.Redis(unix_socket_path=str(self.redis)) as client:
            await eventually(lambda: client.info("persistence")["aof_buffer_length"] == 0)


def _state(pid: int) -> str:
    """The letter that Linux has for the state of a process; Z, as for one that nobody has asked for yet, when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "Z"


_SHOWS: dict[signal.Signals, Callable[[str], bool]] = {
    signal.SIGSTOP: lambda state: state == "T",
    signal.SIGCONT: lambda state: state != "T",
    signal.SIGKILL: lambda state: state in ("Z", "X"),
}


@dataclass
class Person:
    """Somebody with the page open, and no script of ours: they post forms and read lines."""

    session: aiohttp.ClientSession
    url: str
    token: str = ""
    after: str = ""
    language: str = "es"

    @classmethod
    async def comes(cls, session: aiohttp.ClientSession, url: str, language: str = "es") -> "Person":
        async with session.get(url + "/", headers={"Accept-Language": language}) as response:
            found = re.search(r'name="token"[^>]*value="([^"]+)"', await response.text())
        assert found
        return cls(session, url, found[1], language=language)

    async def writes(self, text: str, id_: str = "") -> tuple[int, dict[str, Any]]:
        form = {"token": self.token, "text": text, "id": id_}
        headers = {"Accept": "application/json", "Accept-Language": self.language}
        async with self.session.post(f"{self.url}/send", data=form, headers=headers) as response:
            return response.status, await response.json()

    async def reads(self) -> list[dict[str, Any]]:
        """The next new lines, ours and the person's own."""
        form = {"token": self.token, "after": self.after}
        headers = {"Accept": "application/json", "Accept-Language": self.language}
        while True:
            async with self.session.post(f"{self.url}/next", data=form, headers=headers) as response:
                answer: dict[str, Any] = await response.json()
            if response.status == 200:
                break
            await asyncio.sleep(0.3)  # as the page does: it asks again
        self.after = answer["after"] or self.after
        lines: list[dict[str, Any]] = answer["lines"]
        return lines

    async def hears(self, wanted: str = "", seconds: float = PATIENCE) -> str:
        """Read on until one of our lines holds the wanted words; give that line."""
        async with asyncio.timeout(seconds):
            while True:
                for line in await self.reads():
                    if line["who"] == "us" and wanted in line["text"]:
                        return str(line["text"])

    async def everything(self) -> list[dict[str, Any]]:
        self.after = ""
        return await self.reads()
