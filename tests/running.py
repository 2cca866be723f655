"""The whole hotline as its administrator starts it: real processes, a real model, a real Redis; and a person at its page."""

import asyncio
import os
import re
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from commands.child import ChildHotline
from commands.parts import ROOT


class Running(ChildHotline):
    """A hotline of its own, with the model that `quietline train` has made."""

    def __init__(self, folder: Path, log_level: str = "info") -> None:
        super().__init__(folder, ROOT / "var", log_level)

    def send(self, what: str, number: signal.Signals) -> None:
        """Send a signal to the child whose command line holds these words: "bot.rasa.launcher", "redis"."""
        found: list[int] = []
        deadline = time.monotonic() + 10
        while not found and time.monotonic() < deadline:
            found = [pid for pid, command in self.pids().items() if what in command and pid != self.process.pid]
            time.sleep(0.05)
        os.kill(found[0], number)


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

    async def hears(self, wanted: str = "", seconds: float = 30) -> str:
        """Read on until one of our lines holds the wanted words; give that line."""
        async with asyncio.timeout(seconds):
            while True:
                for line in await self.reads():
                    if line["who"] == "us" and wanted in line["text"]:
                        return str(line["text"])

    async def everything(self) -> list[dict[str, Any]]:
        self.after = ""
        return await self.reads()
