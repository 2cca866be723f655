"""All three doors at once, while gateway and engine are killed at random moments: nothing lost, nothing twice, order kept.

`make soak` kills two hundred times; here it is ten. What counts at the end: each line that a person wrote stands in the
transcript once and in order, each was answered, and each provider got what the transcript says, in its order. The one
window that no provider lets us close (it took our reply, and we died before noting so) is counted, and shown.
"""

import asyncio
import os
import random
import secrets
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from bot.crypto.epochs import Epochs
from bot.crypto.vault import Vault, make_key_file, read_key_file
from bot.messaging import transcript
from bot.messaging.transcript import Line
from bot.storage.store import Store
from bot.text.text_messages import sparing
from commands.bench.child_hotline import ChildHotline
from commands.runtime.composition import ROOT
from commands.runtime.redis_server import OwnRedis
from tests.conftest import started
from tests.hotline import eventually
from tests.platforms import ACCOUNT, AUTH, OUR_NUMBER, SECRET, TOKEN, Platform, TelegramServer, TwilioServer

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(900)]
KILLS = int(os.environ.get("KILLS", "10"))
EACH_DOOR = 2  # persons
LONG = 120.0  # seconds for all that waits after so many deaths
PAUSE = 2.4  # seconds between two messages of one person, at least
# No crisis among them: its answer would go before what still waits, and be out of order by design.
SAYINGS = (
    "my boss has my passport", "they do not pay me", "what can i do", "how much does it cost", "who can see this",
    "i need a lawyer", "is this real", "they say i owe them money", "i want to talk to a person", "where can i sleep",
)  # fmt: skip


@dataclass
class Person:
    """Somebody at one door, who goes on writing whatever happens to us."""

    door: str
    address: str
    wrote: list[str] = field(default_factory=list)

    def next(self) -> str:
        self.wrote.append(f"{SAYINGS[len(self.wrote) % len(SAYINGS)]} (line {len(self.wrote)} of mine)")
        return self.wrote[-1]


@dataclass
class Page(Person):
    """Somebody with the page open: sends until it is taken, and reads on from the last line."""

    lines: list[tuple[str, str, str]] = field(default_factory=list)  # id, who, text

    async def writes(self, web: aiohttp.ClientSession, url: str, text: str) -> None:
        form = {"token": self.address, "text": text, "id": secrets.token_hex(8), "locale": "en"}
        while await self._post(web, f"{url}/send", form) != 202:
            await asyncio.sleep(0.1)

    async def _post(self, web: aiohttp.ClientSession, url: str, form: dict[str, str]) -> int:
        with suppress(aiohttp.ClientError, OSError):
            async with web.post(url, data=form, headers={"Accept": "application/json"}) as answer:
                found = await answer.json()
                self.lines += [(line["id"], line["who"], line["text"]) for line in found.get("lines", ())]
                return answer.status
        return 0

    async def reads(self, web: aiohttp.ClientSession, url: str) -> None:
        while True:
            after = self.lines[-1][0] if self.lines else ""
            await self._post(web, f"{url}/next", {"token": self.address, "after": after})
            await asyncio.sleep(0.1)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[OwnRedis]:
    server = started(tmp_path / "redis")
    yield server
    server.stop()


async def test_nothing_is_lost_or_doubled_while_everything_dies(redis: OwnRedis, tmp_path: Path) -> None:
    key_file = tmp_path / "key"
    make_key_file(key_file)
    async with TelegramServer().open() as telegram, TwilioServer().open() as twilio, aiohttp.ClientSession() as web:
        assert isinstance(twilio, TwilioServer) and isinstance(telegram, TelegramServer)
        twilio.receipts = True
        hotline = ChildHotline(_folder(tmp_path), ROOT / "var", settings=_settings(redis, key_file, telegram, twilio))
        telegram.gateway = twilio.gateway = hotline.url
        persons = [Person("telegram", str(100 + n)) for n in range(EACH_DOOR)]
        persons += [Person("sms", f"+1202555{n:04}") for n in range(EACH_DOOR)]
        pages = [Page("web", secrets.token_urlsafe(32)) for _ in range(EACH_DOOR)]
        try:
            await hotline.ready()
            over = asyncio.Event()
            writing = [asyncio.create_task(_write(one, telegram, twilio, web, over)) for one in (*persons, *pages)]
            reading = [asyncio.create_task(page.reads(web, hotline.url)) for page in pages]
            await _kill_again_and_again(hotline)
            over.set()
            await asyncio.wait_for(asyncio.gather(*writing), LONG)
            store = Store.connect(redis.url, Vault(read_key_file(key_file), Epochs(hotline.folder / "memory")))
            await eventually(lambda: _quiet(store), LONG)
            await eventually(lambda: _have_read(store, pages), LONG)
            for task in reading:
                task.cancel()
            doubled = [await _counts(store, one, telegram, twilio) for one in (*persons, *pages)]
            await _copies_are_due(store)
            await eventually(lambda: twilio.kept == {}, LONG)
            await store.close()
        finally:
            hotline.stop()
    lines = sum(len(one.wrote) for one in (*persons, *pages))
    sys.stdout.write(f"\n{KILLS} kills, {lines} messages: none lost, none out of order; sent again: {sum(doubled)}\n")


async def _copies_are_due(store: Store) -> None:
    """Let the minutes pass after which what could not be deleted at Twilio in all this dying is tried again."""
    for copy in await store.call("ZRANGE", "copies", 0, -1):
        if copy.startswith(b"sms:"):
            await store.call("ZADD", "copies", "XX", 0, copy)


async def _write(
    one: Person, telegram: TelegramServer, twilio: TwilioServer, web: aiohttp.ClientSession, over: asyncio.Event
) -> None:
    while not over.is_set():
        text = one.next()
        if isinstance(one, Page):
            await one.writes(web, telegram.gateway, text)
        elif one.door == "telegram":
            await telegram.hears(text, int(one.address))
        else:
            await twilio.hears(text, one.address)
        await asyncio.sleep(PAUSE + random.random())


async def _kill_again_and_again(hotline: ChildHotline) -> None:
    for number in range(KILLS):
        await asyncio.sleep(random.uniform(0.2, 6))
        if number % 2:
            hotline.process.kill()
            hotline.process.wait()
            hotline.start()
        else:
            engines = [pid for pid, command in hotline.pids().items() if "commands.engine" in command]
            for pid in engines:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
    await hotline.ready()


async def _have_read(store: Store, pages: list[Page]) -> bool:
    """Every page has as many lines as its talk."""
    talks = [await transcript.read(store, await _conversation(store, page)) for page in pages]
    return all(len(page.lines) >= len(lines) for page, lines in zip(pages, talks, strict=True))


async def _quiet(store: Store) -> bool:
    return not await store.call("EXISTS", "inbox_due", "outbox_due", "farewells_due")


async def _counts(store: Store, one: Person, telegram: TelegramServer, twilio: TwilioServer) -> int:
    """Compare what was written, kept and received; give how often a provider got a reply a second time."""
    lines = await transcript.read(store, await _conversation(store, one))
    assert [line.text for line in lines if line.who == "you"] == one.wrote
    assert _unanswered(lines) == []
    ours = [line for line in lines if line.who == "us"]
    if isinstance(one, Page):
        assert [(who, text) for _, who, text in one.lines] == [(line.who, line.text) for line in lines]
        return 0
    platform: Platform = telegram if one.door == "telegram" else twilio
    got = [str(said["text"]) for said in platform.said if str(said["to"]) == one.address]
    return _sent_again(got, [_as_sent(line, one.door) for line in ours])


def _unanswered(lines: list[Line]) -> list[str]:
    """Return what was written and not followed by a line of ours before the person's next one."""
    pairs = zip(lines, [*lines[1:], None], strict=True)
    return [line.text for line, behind in pairs if line.who == "you" and (behind is None or behind.who == "you")]


def _as_sent(line: Line, door: str) -> str:
    numbered = [f"{choice['number']} {choice['text']}" for choice in line.choices]
    return line.text if door == "telegram" else sparing("\n".join([line.text, *numbered]))


def _sent_again(got: list[str], said: list[str]) -> int:
    """Walk through both; a reply that came twice in a row was sent again, anything else is a fault."""
    again, at = 0, 0
    for text in got:
        if at < len(said) and text == said[at]:
            at += 1
        else:
            assert at and text == said[at - 1], (text, said[max(0, at - 1) : at + 1])
            again += 1
    assert at == len(said)
    return again


async def _conversation(store: Store, one: Person) -> str:
    async for id_ in store.conversations():
        seal = await store.seal_of(id_)
        channel, sealed = await store.call("HMGET", f"conversation:{{{id_}}}", "channel", "address")
        if seal and channel.decode() == one.door and seal.open(sealed, "address").decode() == one.address:
            return id_
    raise AssertionError(f"no conversation at {one.door}")


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "hotline"
    folder.mkdir()
    return folder


def _settings(redis: OwnRedis, key_file: Path, telegram: TelegramServer, twilio: TwilioServer) -> dict[str, str]:
    return {
        "REDIS_URL": redis.url, "HOTLINE_KEY_FILE": str(key_file), "PUBLIC_URL": twilio.public_url,
        "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_SECRET": SECRET, "TELEGRAM_API_URL": telegram.url,
        "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": AUTH, "TWILIO_SENDER": OUR_NUMBER, "TWILIO_API_URL": twilio.url,
        "SMS_PARTS_EACH": "10000", "SMS_PARTS_ALL": "100000",
    }  # fmt: skip
