"""The invented person of the canary at the page of a running hotline: they open it, write, read the answer and leave."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import aiohttp

from commands.canary.marks import Marks, word

AWAY = (aiohttp.ClientError, TimeoutError)
_PATIENCE = 30.0  # seconds for the answer
_TOKEN = re.compile(r'name="token"[^>]*value="([^"]+)"')


class NoPage(Exception):
    """What answers at this address is no page of ours."""


@dataclass
class CanaryVisit:
    """The invented person with the page open."""

    session: aiohttp.ClientSession
    url: str
    token: str
    id: str

    @classmethod
    @asynccontextmanager
    async def begun(cls, url: str, marks: Marks) -> AsyncIterator["CanaryVisit"]:
        """Open the page, as a browser that gives much away. On leaving, press its exit."""
        gives_away = {
            "User-Agent": f"Mozilla/5.0 {marks['browser']}",
            "Referer": f"https://{marks['browser']}.example/",
            "X-Forwarded-For": marks["IP address"],
            "Accept": "application/json",
        }
        limit = aiohttp.ClientTimeout(total=_PATIENCE)
        async with aiohttp.ClientSession(headers=gives_away, timeout=limit) as session:
            async with session.get(f"{url}/", headers={"Accept": "text/html"}) as answer:
                found = _TOKEN.search(await answer.text())
            if not found:
                raise NoPage
            visit = cls(session, url, found[1], word())
            try:
                yield visit
            finally:
                with suppress(*AWAY):  # whether it has worked is looked at in Redis
                    await visit._post("/exit", quiet="1")

    async def writes(self, text: str) -> bool:
        """Write, and wait for an answer; return whether one came."""
        after = ""
        with suppress(*AWAY):
            async with asyncio.timeout(_PATIENCE):
                await self._post("/send", text=text, id=self.id)
                while True:
                    news = await self._post("/next", after=after)
                    if any(line["who"] == "us" for line in news.get("lines", ())):
                        return True
                    after = news.get("after") or after
        return False

    async def _post(self, path: str, **fields: str) -> dict[str, Any]:
        async with self.session.post(f"{self.url}{path}", data={"token": self.token, **fields}) as answer:
            text = await answer.text()
            return dict(json.loads(text)) if text and answer.content_type == "application/json" else {}
