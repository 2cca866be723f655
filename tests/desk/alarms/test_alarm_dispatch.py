"""Alarms that leave the house: over real connections, without content, until somebody has heard, with quiet in between."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import pytest
from aiohttp import web

from bot.settings import Settings
from bot.storage.store import Store
from channels.gateway import serve
from commands.runtime.free_ports import free_port
from commands.runtime.time_travel import let_time_pass
from desk.alarms.alarm_channels import Mail, Webhook, opened
from desk.alarms.alarm_dispatch import AlarmCalls, AlarmGroup, Call, NotHeard
from desk.alarms.alarms import Alarm, Alarms
from tests.desk.colleagues import Clock
from tests.every import every
from tests.hotline import eventually

SINCE = 1_800_000_060.0
CALL = Call(
    "Desk: 1 alarm", "Desk: 1 alarm\nwaiting too long P0: 1", [AlarmGroup("late", "P0", 1, "2027-01-15T08:01Z")]
)


def late(name: str, **more: Any) -> Alarm:
    return Alarm(name, "late", **{"since": SINCE, "priority": "P0", "conversation": "c" * 32, **more})


@dataclass
class Listener:
    """A service that is called, and hears when a test lets it."""

    deaf: int = 0  # calls that it does not take
    heard: list[Any] = field(default_factory=list)
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook/secret"

    async def hook(self, request: web.Request) -> web.Response:
        if self.deaf:
            self.deaf -= 1
            return web.Response(status=503)
        self.heard.append(await request.json())
        return web.Response()


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    listener = Listener()
    app = web.Application()
    app.add_routes([web.post("/hook/secret", listener.hook)])
    async with serve(app, "127.0.0.1", listener.port):
        yield listener


@pytest.fixture
def alarms(store: Store, clock: Clock) -> Alarms:
    return Alarms(store, clock)


@pytest.fixture
def calls(store: Store, alarms: Alarms, listener: Listener) -> AlarmCalls:
    return AlarmCalls(store, alarms, {"webhook": Webhook(listener.url)}, "https://desk.example")


async def all_due(calls: AlarmCalls) -> None:
    """Make all calls that are due now."""
    while await calls.one():
        pass


async def pass_by(store: Store, seconds: int) -> None:
    """Let time pass for what is to be called, and for the quiet between."""
    await let_time_pass(store, seconds)
    calls: Any = await store.redis.zrange("alarm_calls", 0, -1, withscores=True)
    for target, due in calls:
        await store.redis.zadd("alarm_calls", {target: due - seconds * 1000})


# Webhook


async def test_a_service_is_told_what_there_is_to_look_at_and_nothing_of_a_person(
    calls: AlarmCalls, alarms: Alarms, listener: Listener
) -> None:
    await alarms.raise_(late("one"))
    await alarms.raise_(late("two", since=SINCE + 90))
    await alarms.raise_(Alarm("call", "call", SINCE, account="a" * 32))
    await all_due(calls)

    (heard,) = listener.heard
    assert heard["alarms"] == [
        {"kind": "late", "priority": "P0", "count": 2, "since": "2027-01-15T08:01Z"},
        {"kind": "call", "priority": "", "count": 1, "since": "2027-01-15T08:01Z"},
    ]
    assert heard["text"].splitlines() == [
        "Desk: 3 alarms",
        "waiting too long P0: 2, since 08:01 UTC",
        "supervisor needed: 1, since 08:01 UTC",
        "https://desk.example",
    ]
    assert "c" * 32 not in json.dumps(heard)


async def test_after_a_call_there_is_quiet_and_then_all_news_come_in_one(
    calls: AlarmCalls, alarms: Alarms, listener: Listener, store: Store
) -> None:
    await alarms.raise_(late("one"))
    await all_due(calls)
    for name in ("two", "three"):
        await alarms.raise_(late(name))
        await all_due(calls)
    assert len(listener.heard) == 1

    await pass_by(store, 30)
    await all_due(calls)
    assert [heard["alarms"][0]["count"] for heard in listener.heard] == [1, 3]


async def test_what_nobody_takes_on_is_said_again_after_five_minutes_and_else_not(
    calls: AlarmCalls, alarms: Alarms, listener: Listener, store: Store
) -> None:
    await alarms.raise_(late("one"))
    await all_due(calls)
    await pass_by(store, 299)
    await all_due(calls)
    assert len(listener.heard) == 1
    await pass_by(store, 1)
    await all_due(calls)
    assert len(listener.heard) == 2

    await alarms.see("one", "ana")
    await pass_by(store, 300)
    await all_due(calls)
    assert len(listener.heard) == 2
    assert not await store.call("EXISTS", "alarm_calls")


async def test_what_is_over_before_the_call_is_not_told(calls: AlarmCalls, alarms: Alarms, listener: Listener) -> None:
    await alarms.raise_(late("one"))
    await alarms.over("one")
    await all_due(calls)
    assert listener.heard == []


async def test_a_service_that_does_not_answer_is_called_again(
    calls: AlarmCalls, alarms: Alarms, listener: Listener, store: Store, log: StringIO
) -> None:
    listener.deaf = 2
    await alarms.raise_(late("one"))
    for _ in range(3):
        await all_due(calls)
        await pass_by(store, 30)
    assert len(listener.heard) == 1
    assert log.getvalue().count("alarm_not_delivered") == 2
    assert "secret" not in log.getvalue()


async def test_of_several_gateways_one_calls(
    store: Store, alarms: Alarms, listener: Listener, calls: AlarmCalls
) -> None:
    await alarms.raise_(late("one"))
    others = [AlarmCalls(store, alarms, {"webhook": Webhook(listener.url)}) for _ in range(4)]
    await asyncio.gather(*(all_due(each) for each in (calls, *others)))
    assert len(listener.heard) == 1


async def test_a_call_that_died_under_way_is_made_by_another(
    calls: AlarmCalls, alarms: Alarms, listener: Listener, store: Store
) -> None:
    await alarms.raise_(late("one"))
    await store.run("alarm_claim_call", ["alarm_calls"], lease=60_000)  # and dies
    await store.run("alarm_claim_call", ["alarm_calls"], lease=60_000)
    await all_due(calls)
    assert listener.heard == []
    await pass_by(store, 60)
    await all_due(calls)
    assert len(listener.heard) == 1


async def test_a_loop_calls_by_itself(calls: AlarmCalls, alarms: Alarms, listener: Listener) -> None:
    loop = asyncio.create_task(calls.run())
    await alarms.raise_(late("one"))
    await eventually(lambda: listener.heard)
    loop.cancel()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://no.such.host.invalid/secret"])
async def test_a_service_that_is_away_gives_a_word_and_not_its_address(url: str) -> None:
    with pytest.raises(NotHeard, match=r"\Anetwork\Z"):
        await Webhook(url).tell(CALL)


# E-mail


@dataclass
class MailServer:
    """Takes e-mails as a server does that offers no encryption; `refuses`: the word to which it says no."""

    refuses: str = ""
    said: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail\r\n")
        while line := (await reader.readline()).decode():
            self.said.append(line.strip())
            if self.refuses and line.upper().startswith(self.refuses):
                writer.write(b"550 no\r\n")
            elif line.upper().startswith("EHLO"):
                writer.write(b"250-mail\r\n250 AUTH PLAIN\r\n")
            elif line.upper().startswith("AUTH"):
                writer.write(b"235 yes\r\n")
            elif line.upper().startswith("DATA"):
                writer.write(b"354 go on\r\n")
                self.letters.append((await reader.readuntil(b"\r\n.\r\n")).decode())
                writer.write(b"250 taken\r\n")
            elif line.upper().startswith("QUIT"):
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 yes\r\n")
        writer.close()

    @asynccontextmanager
    async def open(self, **settings: str) -> AsyncIterator[Mail]:
        server = await asyncio.start_server(self.talk, "127.0.0.1")
        port = server.sockets[0].getsockname()[1]
        env = {
            "ALARM_MAIL_TO": "a@example.org,b@example.org", "ALARM_MAIL_FROM": "desk@example.org",
            "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": "none", **settings,
        }  # fmt: skip
        async with server:
            yield Mail(Settings.from_env(env))


async def test_an_e_mail_comes_to_all_who_are_to_hear_and_says_nothing_of_a_person() -> None:
    server = MailServer()
    async with server.open() as mail:
        await mail.tell(CALL)
    (letter,) = server.letters
    assert [line.lower() for line in server.said if line.upper().startswith("RCPT")] == [
        "rcpt to:<a@example.org>", "rcpt to:<b@example.org>",
    ]  # fmt: skip
    assert "Subject: Desk: 1 alarm" in letter
    assert "waiting too long P0: 1" in letter


async def test_a_server_that_offers_no_encryption_gets_neither_password_nor_letter() -> None:
    server = MailServer()
    async with server.open(SMTP_SECURITY="starttls", SMTP_USER="desk", SMTP_PASSWORD="secret") as mail:
        with pytest.raises(NotHeard, match="refused"):
            await mail.tell(CALL)
    assert server.letters == []
    assert not any(line.upper().startswith(("AUTH", "MAIL", "RCPT")) for line in server.said)


@every(("refuses", "word"), [("AUTH", "sign_in"), ("MAIL", "refused"), ("RCPT", "refused"), ("EHLO", "refused")])
async def test_what_a_server_refuses_is_told_in_one_word(refuses: str, word: str) -> None:
    server = MailServer(refuses)
    async with server.open(SMTP_USER="desk", SMTP_PASSWORD="secret") as mail:
        with pytest.raises(NotHeard, match=rf"\A{word}\Z"):
            await mail.tell(CALL)
    assert server.letters == []


async def test_no_server_is_a_word_too() -> None:
    server = MailServer()
    async with server.open() as mail:
        pass
    with pytest.raises(NotHeard, match="network"):
        await mail.tell(CALL)


def test_only_what_is_set_up_is_called() -> None:
    assert opened(Settings.from_env({})) == {}
    given = {
        "ALARM_WEBHOOK_URL": "https://hook.example/1",
        "ALARM_MAIL_TO": "a@example.org", "ALARM_MAIL_FROM": "desk@example.org", "SMTP_HOST": "mail",
    }  # fmt: skip
    assert sorted(opened(Settings.from_env(given))) == ["mail", "webhook"]
