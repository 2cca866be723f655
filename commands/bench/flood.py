"""A flood from one host, by every trick that an audit has found: `python -m commands.bench.flood URL SECONDS CONVERSATIONS`.

It is a process of its own, so that its work does not count as waiting of those who are measured. It prints what it was answered.
"""

import asyncio
import itertools
import json
import os
import random
import secrets
import string
import sys
from collections import Counter
from collections.abc import Awaitable, Callable

import aiohttp

MESSAGES = 130  # in one conversation
_AT_ONCE = 50  # new conversations side by side
CONNECTIONS, _A_SECOND = 32, 5  # that are kept open, and requests on each
_LENGTH = 4_000
_BEHIND = 10  # steps of priority behind the hotline: a flood comes from another machine, and takes nothing of this one


def garbage() -> dict[str, str]:
    """Return texts of four thousand letters in no language, by kind."""
    drawn = random.Random(1)  # noqa: S311 - the same each time

    def letters(some: str) -> str:
        return "".join(drawn.choice(some) for _ in range(_LENGTH))

    return {
        "1a2b": "1a2b" * (_LENGTH // 4),
        "random letters": letters(string.ascii_lowercase + " "),
        "lone letters": " ".join(letters(string.ascii_lowercase))[:_LENGTH],
        "rare Han": letters("".join(map(chr, range(0x3400, 0x4DB0)))),
        "many scripts": letters("ab1कखж中ก!"),
        "U+FDFA": "\ufdfa" * _LENGTH,
        "U+FDFA and U+FDFB": "\ufdfa\ufdfb" * (_LENGTH // 2),
    }


class Flooder:
    """Somebody at one host with as many connections as they like."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, url
        self.answers: Counter[str] = Counter()  # trick and status: how often

    async def sends(self, trick: str, text: str, token: str = "", path: str = "/send") -> None:
        """Send one form, by default in a new conversation."""
        form = {"token": token or secrets.token_urlsafe(32), "text": text, "id": secrets.token_hex(8)}
        headers = {"Accept": "application/json"}
        try:
            async with self._session.post(self._url + path, data=form, headers=headers) as response:
                await response.read()
                self.answers[f"{trick} {response.status}"] += 1
        except (aiohttp.ClientError, TimeoutError):
            self.answers[f"{trick} broken"] += 1

    async def garbage_each_second(self) -> None:
        """Send four thousand letters a second, always in a new conversation."""
        for text in itertools.cycle(garbage().values()):
            await self.sends("garbage", text)
            await asyncio.sleep(1)

    async def new_conversations(self, conversations: int) -> None:
        """Open so many conversations as fast as the door takes them."""
        numbers = iter(range(conversations))

        async def some() -> None:
            for number in numbers:
                await self.sends("conversation", f"hello {number}")

        await asyncio.gather(*(some() for _ in range(_AT_ONCE)))

    async def one_conversation(self) -> None:
        """Send letters that unfold to eighteen, 130 times, in one conversation."""
        token = secrets.token_urlsafe(32)
        for number in range(MESSAGES):
            await self.sends("one talk", f"{number} " + "\ufdfa" * 3_900, token)

    async def kept_connection(self) -> None:
        """Ask for news that never come, over and over, on a connection that stays open."""
        while True:
            await self.sends("connection", "", path="/next")
            await asyncio.sleep(1 / _A_SECOND)


async def flood(url: str, seconds: float, conversations: int) -> Counter[str]:
    """Flood for so long, and return how often each trick was answered how."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=30)) as session:
        flooder = Flooder(session, url)
        tricks: list[Callable[[], Awaitable[None]]] = [flooder.garbage_each_second, flooder.one_conversation]
        tricks += [lambda: flooder.new_conversations(conversations), *[flooder.kept_connection] * CONNECTIONS]
        tasks = [asyncio.ensure_future(trick()) for trick in tricks]
        await asyncio.sleep(seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return flooder.answers


if __name__ == "__main__":
    os.nice(_BEHIND)
    print(json.dumps(asyncio.run(flood(sys.argv[1], float(sys.argv[2]), int(sys.argv[3])))))
