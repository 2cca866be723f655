"""A hotline of real processes with all its doors open, and somebody marked who goes through each of them, and into every fault."""

import asyncio
import json
import os
import resource
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import redis

from bot.crypto.epochs import Epochs
from bot.crypto.vault import Vault, read_key_file
from bot.handoff.handoff import Handoffs
from bot.storage.store import Store
from commands.bench.child_hotline import ChildHotline
from commands.canary.mark_search import Searched, files_below, held_by, in_files, in_values
from commands.canary.marks import Marks, word
from commands.runtime.composition import ROOT
from commands.runtime.redis_server import OwnRedis
from desk.accounts import Accounts
from tests.desk.colleagues import PASSWORD, Clock, Colleague
from tests.desk.desk_page import token_in
from tests.hotline import eventually
from tests.platforms import ACCOUNT, AUTH, OUR_NUMBER, SECRET, TOKEN, TelegramServer, TwilioServer, refuses
from tests.running import Person

HERE = Path(__file__).parent
WRITTEN = ("sentence", "name", "e-mail", "number")  # what the person writes; the rest is what their door gives away


def marks_of_somebody() -> Marks:
    """All that could name them, by what it is."""
    drawn = dict(Marks.drawn().texts)
    peer = ".".join(str(20 + secrets.randbelow(200)) for _ in range(3))
    return Marks({
        **drawn,
        "IP address of the connection": f"127.{peer}",
        "token of the page": secrets.token_urlsafe(32),
        "token of another page": secrets.token_urlsafe(32),
        "number of their phone": f"1999{secrets.randbelow(10**9):09}",
        "chat at Telegram": f"77{secrets.randbelow(10**9):09}",
        "name at Telegram": word(),
        "operator's words": word(),
        "operator's note": word(),
        "operator's draft": word(),
        "password at the desk": PASSWORD,
        "token of the bot": TOKEN,
        "auth token at Twilio": AUTH,
    })  # fmt: skip


@dataclass
class MarkedHotline:
    """The hotline, the far ends of its doors, and what was searched so far."""

    folder: Path
    marks: Marks
    telegram: TelegramServer
    twilio: TwilioServer
    hotline: ChildHotline
    searched: list[Searched] = field(default_factory=list)

    @property
    def text(self) -> str:
        """A message with all that somebody should not write, and some do."""
        return " ".join((f"my name is {self.marks['name']}", self.marks["e-mail"], f"+{self.marks['number']}",
                         f"my boss took my passport and the {self.marks['sentence']}"))  # fmt: skip

    @property
    def url(self) -> str:
        return self.hotline.url

    @property
    def redis_url(self) -> str:
        return OwnRedis(self.folder / "var" / "redis").url

    @property
    def log(self) -> str:
        return self.hotline.log.read_text("utf-8", "replace")

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[aiohttp.ClientSession]:
        """A browser that gives much away, at an address of its own."""
        marks, at = self.marks, self.marks["IP address of the connection"]
        gives_away = {
            "User-Agent": f"Mozilla/5.0 {marks['browser']}",
            "Referer": f"https://{marks['browser']}.example/{marks['name']}",
            "Cookie": f"session={marks['name']}",
            **dict.fromkeys(("X-Forwarded-For", "X-Real-IP", "CF-Connecting-IP"), marks["IP address"]),
        }
        connector = aiohttp.TCPConnector(local_addr=(at, 0))
        async with aiohttp.ClientSession(headers=gives_away, connector=connector) as session:
            yield session

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """The store of the hotline, as only its own processes have it."""
        key, epochs = read_key_file(self.folder / "var" / "master.key"), Epochs(self.folder / "memory")
        store = Store.connect(self.redis_url, Vault(key, epochs))
        try:
            yield store
        finally:
            await store.close()

    def command(self, *words: str, given: str = "") -> tuple[str, str]:
        """Run `quietline` beside the hotline, with its settings; give what it printed on both streams."""
        done = subprocess.run(
            [sys.executable, "-m", "quietline", *words],
            cwd=ROOT,
            env=self.hotline._environment,
            input=given,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout, done.stderr

    async def engine(self) -> int:
        """The process of the engine, once there is one."""
        await eventually(self._engines)
        return self._engines()[0]

    def _engines(self) -> list[int]:
        return [pid for pid, command in self.hotline.pids().items() if "commands.engine" in command]

    def redis_pid(self) -> int:
        return next(pid for pid, command in self.hotline.pids().items() if "redis-server" in command)

    def kinds_of_keys(self) -> set[str]:
        """The first part of the name of each key in Redis."""
        with closing(redis.Redis.from_url(self.redis_url, decode_responses=True)) as client:
            return {name.partition(":")[0] for name in client.scan_iter()}

    # What is searched.

    def searches_redis(self, when: str) -> None:
        with closing(redis.Redis.from_url(self.redis_url)) as client:
            self.searched.append(in_values(f"Redis, {when}", held_by(client), self.marks))

    def searches_text(self, place: str, text: str, marks: Marks | None = None) -> None:
        values = ((f"line {number}", line.encode()) for number, line in enumerate(text.splitlines(), 1))
        self.searched.append(in_values(place, values, marks or self.marks, "lines"))

    def searches_files(self, place: str, below: Path) -> None:
        self.searched.append(in_files(place, files_below(below), self.marks))

    def searches_for_cores(self) -> None:
        """Search where a core would lie: beside the program, which is the working folder of all its processes."""
        there = [path for path in ROOT.glob("core*") if path.is_file()]
        found = tuple(path.name for path in there)
        self.searched.append(Searched("core dumps", f"{len(there)} files", found))


@asynccontextmanager
async def marked_hotline(folder: Path) -> AsyncIterator[MarkedHotline]:
    """Bring it up at the most talkative level of its log, and let cores be as large as they like."""
    outside = folder / "outside"  # what the test itself needs: it holds the marks, and nobody searches it
    outside.mkdir()
    marks = marks_of_somebody()
    (outside / "mark").write_text(f"{marks['sentence']} {marks['number']}")
    (outside / "connections").touch()
    inside = folder / "hotline"
    inside.mkdir()
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    async with TelegramServer().open() as telegram, TwilioServer().open() as twilio:
        settings = {
            "PYTHONPATH": str(HERE / "faults"), "MARKED_TEXT": str(outside / "mark"),
            "CONNECTIONS": str(outside / "connections"), "PUBLIC_URL": twilio.public_url,
            "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_SECRET": SECRET, "TELEGRAM_API_URL": telegram.url,
            "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": AUTH, "TWILIO_SENDER": OUR_NUMBER,
            "TWILIO_API_URL": twilio.url,
        }  # fmt: skip
        hotline = ChildHotline(inside, ROOT / "var", "debug", settings=settings)
        telegram.gateway = twilio.gateway = hotline.url
        try:
            await hotline.ready(240)
            yield MarkedHotline(inside, marks, telegram, twilio, hotline)
        finally:
            if hotline.process.poll() is None:
                hotline.stop()


async def goes_to_the_page(marked: MarkedHotline, web: aiohttp.ClientSession) -> None:
    """Write on the page, answer its question, and write on."""
    person = await Person.comes(web, marked.url, language="en")
    person.token = marked.marks["token of the page"]  # any of this form is one
    for text in (marked.text, "yes", marked.text, f"/restart {marked.text}", f'/greet{{"name": "{marked.text}"}}'):
        await person.writes(text)
        await person.hears()


async def errs_at_the_page(marked: MarkedHotline, web: aiohttp.ClientSession) -> None:
    """Bring in what the page, the desk and the engine refuse, each with the marks in it."""
    token, text = marked.marks["token of the page"], marked.text
    form = {"token": token, "text": text}
    urls = (marked.url, marked.hotline.desk_url, f"http://127.0.0.1:{marked.hotline._environment['ENGINE_PORTS']}")
    for url in urls:
        for path in ("/send", f"/{token}", "/desk", "/sign-in", "/webhooks/quietline/turn"):
            for sent in ({"data": form}, {"json": form}, {"data": b"\xff" + text.encode()}, {"data": text * 2_000}):
                # What is too large is cut off.
                with suppress(aiohttp.ClientError):
                    async with web.post(f"{url}{path}", allow_redirects=False, **sent) as answer:
                        await answer.read()
        async with web.get(f"{url}/send", params=form, allow_redirects=False) as answer:
            await answer.read()
        await _breaks_http(url, text)
    multipart = aiohttp.FormData(form, default_to_multipart=True)
    async with web.post(f"{marked.url}/send", data=multipart) as answer:
        assert answer.status == 415


async def _breaks_http(url: str, text: str) -> None:
    host, _, port = url.removeprefix("http://").partition(":")
    line = text.encode().replace(b" ", b"-")
    broken = (
        b"GET /" + line + b" HTTP/9.9\r\n\r\n",
        line + b"\r\n\r\n",
        b"POST /send HTTP/1.1\r\nHost: x\r\nContent-Length: " + line + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + line + b"\x00: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + line * 200 + b"\r\n\r\n",
        b"\x16\x03\x01\x02" + line,
    )
    for request in broken:
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(request)
        writer.write_eof()
        with suppress(ConnectionError, TimeoutError):
            await asyncio.wait_for(reader.read(), 5)
        writer.close()


async def writes_by_telegram(marked: MarkedHotline) -> None:
    """Write, send what is no text, be refused, and be answered by a platform that says everything again in its errors."""
    marks, server = marked.marks, marked.telegram
    chat, text, names = int(marks["chat at Telegram"]), marked.text, marks["name at Telegram"]
    sender = {"id": chat, "is_bot": False, "first_name": names, "username": names, "language_code": "en"}
    server.moods.append(refuses(400, ok=False, error_code=400, description=f"Bad Request: {text} {chat} {names}"))
    await server.insists("/telegram", *_telegram(server, {"text": text, "from": sender}, chat))
    await eventually(lambda: any(said["to"] == chat for said in server.said) or not server.moods)
    for sent in (
        {"text": "yes"},
        {"text": text},
        {"photo": [{"file_id": names, "width": 1, "height": 1}], "caption": text},
        {"contact": {"phone_number": f"+{marks['number']}", "first_name": names}},
        {"location": {"latitude": 19.43, "longitude": -99.13}, "venue": {"title": text}},
    ):
        await server.insists("/telegram", *_telegram(server, {**sent, "from": sender}, chat))
    body, headers = _telegram(server, {"text": text, "from": sender}, chat)
    await server.knocks("/telegram", body, {**headers, "X-Telegram-Bot-Api-Secret-Token": text.replace(" ", "-")})
    for bad in (text.encode(), b'{"update_id": 1, "message": "' + text.encode() + b'"}', b'{"message": {"text": "'):
        await server.knocks("/telegram", bad, server.headers())


def _telegram(server: TelegramServer, message: dict[str, Any], chat: int) -> tuple[bytes, dict[str, str]]:
    return json.dumps(server.update(chat, **message)).encode(), server.headers()


async def writes_by_text_message(marked: MarkedHotline) -> None:
    """Text, send a picture, be refused, and be answered by a provider that says everything again in its errors."""
    server, number = marked.twilio, f"+{marked.marks['number of their phone']}"
    echo = f"The 'To' number {number} is not valid: {marked.text}"
    server.moods += [refuses(500, message=echo), refuses(400, code=21211, message=echo)]
    await server.hears(marked.text, number)
    await eventually(lambda: not server.moods)
    for more in ({}, {"NumMedia": "1", "MediaUrl0": f"https://x.example/{marked.marks['name']}"}):
        await server.brings(server.form(marked.text, number, FromCity=marked.marks["name"], **more))
    await server.brings(server.form(marked.text, number), key="somebody else's")
    await server.brings({"From": number, "Body": marked.text})
    await server.tells(server.sid(), marked.text, number)


async def is_answered_at_the_desk(marked: MarkedHotline) -> dict[str, str]:
    """Have an operator claim each conversation, note, draft and answer; give their pages by the door."""
    pages = {}
    async with marked.store() as store:
        accounts = Accounts.build(store)
        operator = await Colleague(accounts, Clock(store, time.time()), "Blue Heron").comes("operator", "supervisor")
        async with _signed_in(marked, operator) as (web, token):
            async for id_ in store.conversations():
                door = (await store.call("HGET", f"conversation:{{{id_}}}", "channel")).decode()
                await Handoffs(store).ask(id_, "P1", "en", door, time.time())
                pages[door] = await _answers(marked, web, token, id_)
    return pages


@asynccontextmanager
async def _signed_in(marked: MarkedHotline, who: Colleague) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    url, jar = marked.hotline.desk_url, aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar, headers={"Accept": "text/html"}) as web:
        form = {"name": who.name, "password": PASSWORD, "code": who.recovery[0]}
        async with web.post(f"{url}/sign-in", data=form) as answer:
            assert answer.status == 200
        async with web.get(f"{url}/you") as answer:
            token = token_in(await answer.text())
        yield web, token


async def _answers(marked: MarkedHotline, web: aiohttp.ClientSession, token: str, id_: str) -> str:
    talk, marks = f"{marked.hotline.desk_url}/desk/talk/{id_}", marked.marks
    acts: tuple[tuple[str, dict[str, str]], ...] = (
        ("claim", {}),
        ("note", {"text": marks["operator's note"]}),
        ("draft", {"text": marks["operator's draft"], "typing": "yes"}),
        ("find", {"need": "shelter", "place": marks["sentence"]}),
        ("write", {"text": marks["operator's words"] + ", is it safe?", "sure": "yes"}),
        ("call", {}),
        ("no-such-act", {"text": marked.text}),
    )
    for act, fields in acts:
        async with web.post(f"{talk}/{act}", data={"form_token": token, **fields}) as answer:
            await answer.read()
    pages = []
    for path in (
        talk,
        *(f"{marked.hotline.desk_url}/desk/part/{part}?talk={id_}" for part in ("lines", "card", "queue")),
    ):
        async with web.get(path) as answer:
            pages.append(await answer.text())
    return "\n".join(pages)


async def goes_through_outages(marked: MarkedHotline, web: aiohttp.ClientSession) -> None:
    """Write on another page while the engine hangs, while it is dead, and while Redis hangs."""
    person = await Person.comes(web, marked.url, language="en")
    person.token = marked.marks["token of another page"]
    engine = await marked.engine()
    os.kill(engine, signal.SIGSTOP)
    await person.writes(marked.text)
    await person.hears("112")
    os.kill(engine, signal.SIGSEGV)
    os.kill(engine, signal.SIGCONT)
    await eventually(lambda: marked._engines() not in ([], [engine]))
    server = marked.redis_pid()
    os.kill(server, signal.SIGSTOP)
    status, _ = await person.writes(marked.text)
    assert status == 503
    os.kill(server, signal.SIGCONT)
    await marked.hotline.ready(240)


def crashed(process: "subprocess.Popen[bytes]", number: signal.Signals) -> bool:
    """Crash a process of ours; whether the kernel has written its core anywhere."""
    os.kill(process.pid, number)
    _, status = os.waitpid(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return os.WCOREDUMP(status)


def shown(searched: list[Searched]) -> Iterator[str]:
    """The table of what was searched and what was found."""
    wide = max(len(one.place) for one in searched)
    for one in searched:
        yield f"{one.place:<{wide}}  {one.much:>22}  {'; '.join(one.found) or 'nothing'}"
