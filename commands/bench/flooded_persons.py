"""People who write while somebody floods the hotline: each from a place of their own, and patient as the page's script is."""

import asyncio
import itertools
import random
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from commands.bench.virtual_users import WORDS

IsAnswer = Callable[[dict[str, Any]], bool]
_SENTENCES = Path(__file__).parent / "crisis_sentences.tsv"
_PATIENCE = 60.0
_AGAIN = (1.0, 3.0)  # seconds between tries after a refusal, as in chat.js; then the last one over and over
_PLACES = itertools.count(1)
_NETWORK = 0x7F010000  # 127.1.0.0: every address of it is this machine, and none is that of the flood
_THINKS = (2.0, 6.0)  # seconds that somebody reads and types
_BUSY = 503


@dataclass(frozen=True)
class CrisisSentence:
    """Something that somebody in danger writes. `listed`: reviewed words of data/crisis/ are in it."""

    locale: str
    listed: bool
    text: str


def crisis_sentences() -> list[CrisisSentence]:
    """Return the sentences; nobody has learned from them."""
    rows = (line.split("\t") for line in _SENTENCES.read_text("utf-8").splitlines())
    return [CrisisSentence(locale, kind == "listed", text) for locale, kind, text in rows]


@dataclass
class Waits:
    """How long people waited, in seconds, and how often they were refused first."""

    times: list[float] = field(default_factory=list)
    refused: int = 0
    lost: int = 0  # people who waited in vain

    async def of(self, answered: AsyncIterator[int]) -> None:
        """Note one wait; the iterator yields for each refusal and ends with the answer."""
        began = time.perf_counter()
        try:
            async with asyncio.timeout(_PATIENCE):
                async for _ in answered:
                    self.refused += 1
        except TimeoutError:
            self.lost += 1
        else:
            self.times.append(time.perf_counter() - began)


class FloodedPerson:
    """Somebody with the page open."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, url
        self._token, self._after = secrets.token_urlsafe(32), ""

    @classmethod
    @asynccontextmanager
    async def comes(cls, url: str) -> AsyncIterator["FloodedPerson"]:
        """Open the page from an address of one's own."""
        number = _NETWORK + next(_PLACES) % 0xFFFF + 1
        address = ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))
        connector = aiohttp.TCPConnector(local_addr=(address, 0))
        async with aiohttp.ClientSession(connector=connector) as session:
            yield cls(session, url)

    async def says(self, text: str, heard: IsAnswer | None = None) -> AsyncIterator[int]:
        """Write, and read until the answer is heard (any line of ours, if nothing else is asked for); yield each refusal."""
        form = {"token": self._token, "text": text, "id": secrets.token_hex(8)}
        for tries in itertools.count():
            status, _ = await self._posts("/send", form)
            if status != _BUSY:
                break
            yield status
            await asyncio.sleep(_AGAIN[min(tries, len(_AGAIN) - 1)])
        while True:
            status, news = await self._posts("/next", {"token": self._token, "after": self._after})
            if status == 200:
                self._after = news["after"] or self._after
                if (heard or _anything)(news):
                    return

    async def _posts(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        headers = {"Accept": "application/json", "Accept-Language": "en"}
        async with self._session.post(self._url + path, data=form, headers=headers) as response:
            return response.status, await response.json()


def _anything(news: dict[str, Any]) -> bool:
    return any(line["who"] == "us" for line in news["lines"])


def a_crisis(news: dict[str, Any]) -> bool:
    """Whether the last reply is that to a crisis."""
    return bool(news.get("crisis"))


def the_end(news: dict[str, Any]) -> bool:
    """Whether the conversation is cleared."""
    return bool(news["closed"])


async def talks_on(url: str, waits: Waits, drawn: random.Random) -> None:
    """Write as an ordinary person does, one conversation after another, until cancelled."""
    while True:
        async with FloodedPerson.comes(url) as person:
            for text in WORDS:
                await asyncio.sleep(drawn.uniform(*_THINKS))
                await waits.of(person.says(text))
