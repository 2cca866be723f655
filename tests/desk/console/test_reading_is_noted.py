"""A supervisor who reads along leaves a line in the log, whichever route shows the text: no curious insider reads unseen.

The routes are those that the desk has, so a new one is tried here without anybody having to think of it.
"""

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.messaging.transcript import Line
from bot.settings import Settings
from bot.storage.store import Store, key
from channels.gateway import serve
from commands.runtime.free_ports import free_port
from desk.admin.audit_log import Audit
from desk.auth.people import Account
from desk.console.notes import Note
from desk.web import app
from tests.desk.colleagues import Clock
from tests.desk.desk_page import DeskSite
from tests.desk.talking import Lines, account

Route = tuple[str, str]  # method and path
MARK = "zebracanary"
PARTS = ("queue", "lines", "card", "language", "company")
# What a form of the desk may hold: enough for each of them to do something.
FIELDS = {
    "need": "find_shelter", "place": "Madrid", "why": "asked", "priority": "P1", "text": "hello", "agreed": "yes", "sure": "yes",
    "step": "take",
}  # fmt: skip
# These show it; a route that is missing here only fails the test if it is silent in the log.
KNOWN: set[Route] = {
    ("GET", "/desk/talk/{id}"), ("GET", "/desk/part/lines"), ("GET", "/desk/part/card"), ("GET", "/desk/part/english"),
    ("POST", "/desk/talk/{id}/find"),
}  # fmt: skip


@dataclass
class Watched:
    """A supervisor with a session for each request, and people who write."""

    site: DeskSite
    lines: Lines
    web: aiohttp.ClientSession
    who: Account
    ana: Account
    _persons: Iterator[int] = field(default_factory=count)

    async def writes(self, standing: str) -> str:
        """Somebody has written, and waits or is answered by a colleague."""
        said, sign = Line("you", f"he has my {MARK}"), {"when": "now", "how": "said", "who": "self", "quote": MARK}
        marks = [{"indicator": "doc_confiscation", **sign}]
        person = f"+{next(self._persons)}"
        talk = await (
            self.lines.waits(person, said, marks=marks)
            if standing == "waiting"
            else self.lines.has(self.ana, person, said, marks=marks)
        )
        await self.lines.notes.add(talk, Note("Sam", MARK, 0.0))
        if standing == "joined":
            assert (await self.lines.handoffs.join(talk, self.who.id, self.site.clock())).done
        return talk

    async def ends(self, talk: str) -> None:
        """It has expired, and nobody is busy or tired from it."""
        left = [key("conversation", talk), key("handoff", talk)]
        await self.lines.store.call("DEL", *left, f"severe:{self.ana.id}", f"break:{self.ana.id}")
        await self.lines.works(self.who, self.ana)

    async def asks(self, method: str, path: str, talk: str, accept: str) -> bool:
        """Send one request in a new session; tell whether the answer holds a word of the person."""
        sessions = self.site.services.accounts.sessions
        token = await sessions.begin(self.who)
        begun = await sessions.find(token)
        assert begun
        where = self.site.url + re.sub(r"{\w+}", talk, path)
        headers = {"Accept": accept, "Cookie": f"desk={token}", "X-Form-Token": begun.form_token}
        data = FIELDS if method == "POST" else None
        where += f"?talk={talk}"
        async with self.web.request(method, where, headers=headers, data=data, allow_redirects=False) as response:
            streams = response.content_type == "text/event-stream"
            body = await (response.content.readany() if streams else response.read())
        return MARK in body.decode("utf-8", "replace")

    async def tries(self, routes: Iterable[Route], standing: str) -> tuple[list[Route], set[Route]]:
        """Send a request to each route; return those that showed words without a line in the log, and all that showed any."""
        unseen, shown = [], set()
        for method, path in routes:
            talk = await self.writes(standing)
            for accept in ("text/html", "application/json")[: 1 + (method == "POST")]:
                before = await self.noted(talk)
                if await self.asks(method, path, talk, accept):
                    shown.add((method, path))
                    unseen += [(method, path)] * (await self.noted(talk) == before)
            await self.ends(talk)
        return unseen, shown

    async def noted(self, talk: str) -> int:
        """How often the log says that the supervisor has read it."""
        lines, _ = await self.site.services.accounts.audit.latest(most=20)
        return sum((line.who, line.what, line.which) == (self.who.id, "read", talk) for line in lines)


async def echoed(request: web.Request) -> web.Response:
    """Stand in for a translator."""
    return web.json_response({"translatedText": [f"E {text}" for text in (await request.json())["q"]]})


@pytest.fixture
async def watched(desk_site: DeskSite, store: Store, settings: Settings, tmp_path: Path) -> AsyncIterator[Watched]:
    cam = await (await desk_site.hires("Cam", "supervisor")).account()
    ana = await (await desk_site.hires("Ana")).account()
    lines, port, translator = Lines(store, settings, desk_site.clock), free_port(), web.Application()
    await lines.works(cam, ana)
    translator.router.add_post("/translate", echoed)
    translated = replace(settings, translate_url=f"http://127.0.0.1:{port}")
    site = DeskSite(replace(desk_site.services, settings=translated, entries=tmp_path), desk_site.clock)
    async with serve(translator, "127.0.0.1", port), site.open(), aiohttp.ClientSession() as web_:
        yield Watched(site, lines, web_, cam, ana)


def routes(site: DeskSite) -> Iterator[Route]:
    """All routes of the desk, each part of the operator's page by itself."""
    every = {
        (route.method, route.resource.canonical) for route in app.build(site.services).router.routes() if route.resource
    }
    for method, path in sorted(every - {("POST", "/sign-out")}):
        if method != "HEAD":
            yield from ((method, path.replace("{part}", part)) for part in (PARTS if "{part}" in path else ("",)))


async def test_a_supervisor_can_not_read_by_any_route_without_a_line_in_the_log(watched: Watched) -> None:
    unseen, shown = await watched.tries(routes(watched.site), "others")
    assert unseen == []
    assert shown >= KNOWN


@pytest.mark.parametrize("standing", ["waiting", "joined"])
async def test_nor_while_somebody_waits_or_after_joining(watched: Watched, standing: str) -> None:
    assert await watched.tries(KNOWN, standing) == ([], KNOWN)


async def test_a_page_that_asks_again_and_again_makes_one_line_in_a_session(lines: Lines) -> None:
    reader = account("c", "supervisor")
    await lines.works(reader)
    talk = await lines.waits("+1")
    other = await lines.waits("+2")
    for session in ("first", "first", "second", "first"):
        await lines.conversations.open(reader, talk, session)
    await lines.conversations.open(reader, other, "first")
    assert await readings(lines) == [talk, talk, other]


async def test_an_operators_own_conversation_is_noted_when_they_take_it_and_not_when_they_read_it(lines: Lines) -> None:
    ana = account("a")
    await lines.works(ana)
    await lines.conversations.open(ana, await lines.has(ana, "+1"), "session")
    assert await readings(lines) == []


async def readings(lines: Lines) -> list[str]:
    """The conversations that the log says were read."""
    return [line.which async for line in Audit(lines.store, lines.clock).lines() if line.what == "read"]


@pytest.fixture
def lines(store: Store, settings: Settings, clock: Clock) -> Lines:
    return Lines(store, settings, clock)
