"""The whole gateway around a scripted engine, in the words of the person who writes."""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, Self, TypeGuard, TypeVar

import aiohttp
from aiohttp import web

from bot.crypto.vault import Vault
from bot.engine.protocol import Decision, Question
from bot.messaging import transcript
from bot.messaging.intake import Accepted, Intake
from bot.messaging.message import Hints, Message, Reply
from bot.messaging.outbox import Outgoing
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.storage.signals import SignalSubscriber
from bot.storage.store import Store
from bot.understanding.offline_checks import OfflineChecks
from channels import gateway
from channels.contract import Abilities, Adapter, Sends
from channels.delivery.dispatcher import Dispatcher
from channels.delivery.notifier import Notifier
from channels.delivery.provider_deletion import ProviderDeletion
from channels.delivery.rendering import Renderer
from channels.delivery.sender import Sender
from channels.engine_client import EngineAway
from channels.terminal import Terminal
from channels.web.page import Page
from channels.web.webchat import _POLL, Webchat
from channels.webhooks import Webhooks
from commands.runtime.free_ports import free_port

ROOT = Path(__file__).parent.parent
MASTER = bytes(range(32))
ABILITIES = {"web": Abilities(buttons=True, pulls=True), "telegram": Abilities(buttons=True), "sms": Abilities()}
ADDRESS = "+5215512345678"
LEASE = 1_500  # milliseconds: nobody waits in a test for the real one
UNCLAIMED = LEASE / 1_000 + 0.6  # seconds; another gateway looks twice a second for what nobody keeps
AGAIN = 200  # milliseconds before a busy platform is tried again, for the same reason
PATIENCE = 30.0  # seconds after which something hangs, however busy the machine is
SOON = _POLL - 5  # seconds; what takes longer has come with the end of a page's question, and not by itself
Answer = TypeVar("Answer")
_NUMBERS = itertools.count()


@cache
def phrasebook(mark: str = "") -> Phrasebook:
    """The real phrases, and a few that say back what they are given; in Spanish with a mark in front."""
    book = _book()
    echo = {"utter_echo": "{text}", "choice_echo": "{text}"}
    spanish = {**book.texts.get("es", {}), "utter_echo": f"{mark}{{text}}"}
    return Phrasebook({**book.texts, "en": {**book.texts["en"], **echo}, "es": spanish}, book.about)


@cache
def _book() -> Phrasebook:
    return Phrasebook.load(ROOT)


def numbers(country: str | None) -> list[dict[str, Any]]:
    """Stand in for the directory."""
    return [{"say": "line_emergency", "arguments": {"number": {"US": "911"}.get(country or "", "112")}}]


def echo(text: str, **more: Any) -> Reply:
    """A reply that says just this."""
    return Reply("utter_echo", {"text": text}, **more)


class ScriptedEngine:
    """An engine that answers by the rules of a test, and else says the message back."""

    def __init__(self) -> None:
        self.away = False
        self.asked: list[Question] = []
        self._rules: dict[str, Decision | Exception] = {}
        self._held: dict[str, asyncio.Event] = {}

    def answers(self, text: str, *replies: Reply, **rest: Any) -> None:
        """Answer this message with these replies from now on."""
        self._rules[text] = Decision(replies, **rest)

    def fails(self, text: str, error: Exception) -> None:
        """Fail at this message from now on."""
        self._rules[text] = error

    def holds(self, text: str) -> asyncio.Event:
        """Think about this message until the event is set."""
        return self._held.setdefault(text, asyncio.Event())

    def lets_go(self) -> None:
        for event in self._held.values():
            event.set()

    @property
    def texts(self) -> list[str]:
        return [question.text for question in self.asked]

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass

    async def decide(self, question: Question) -> Decision:
        self.asked.append(question)
        if self.away:
            raise EngineAway("away")
        if question.text in self._held:
            await self._held[question.text].wait()
        answer = self._rules.get(question.text) or Decision((echo(question.text),), intent="greet")
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def healthy(self, url: str) -> bool:
        return not self.away

    async def ready(self) -> bool:
        return not self.away


async def eventually(condition: Callable[[], Any], seconds: float = PATIENCE) -> None:
    """Wait until something is true, or fail."""
    async with asyncio.timeout(seconds):
        while not await _holds(condition):
            await asyncio.sleep(0.01)


async def stays(condition: Callable[[], Any], seconds: float) -> None:
    """See that something is true for a while, and fail as soon as it is not.

    For what must not happen where nothing else tells that it would have happened by now.
    """
    end = asyncio.get_running_loop().time() + seconds
    assert await _holds(condition)
    while asyncio.get_running_loop().time() < end:
        await asyncio.sleep(0.01)
        assert await _holds(condition)


async def _holds(condition: Callable[[], Any]) -> bool:
    found = condition()
    return bool(await found if asyncio.iscoroutine(found) else found)


def takes_in(adapter: Sends) -> TypeGuard[Adapter]:
    """Whether it is a door: terminals and other stand-ins take nothing in."""
    return hasattr(adapter, "paths")


class Hotline:
    """One gateway that works, and what was said through its doors."""

    def __init__(
        self, settings: Settings, engine: ScriptedEngine, adapters: Mapping[str, Sends], mark: str = "es "
    ) -> None:
        self.settings, self.engine, self.adapters = settings, engine, adapters
        self.store = Store.connect(settings.redis_url, Vault(MASTER), LEASE)
        offline_checks = OfflineChecks.load()
        self.intake = Intake(self.store, settings, offline_checks.urgency)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.web: aiohttp.ClientSession
        self._said: list[Outgoing] = []
        book = phrasebook(mark)
        renderer = Renderer(book, ABILITIES)
        self.dispatcher = Dispatcher(self.store, engine, renderer, offline_checks, numbers, settings.keep)
        self.sender = Sender(self.store, book, adapters, self.dispatcher.signals, AGAIN)
        self.notifier = Notifier(self.store, renderer, self.dispatcher.signals)
        page = Page(book, settings, numbers(None))
        doors = [adapter for adapter in adapters.values() if takes_in(adapter)]
        signals = self.dispatcher.signals
        self.webhooks = Webhooks(doors, self.store, self.intake, signals, settings)
        self.deleting = ProviderDeletion(self.store, adapters, tick=0.05)
        self.webchat = Webchat(self.store, self.intake, page, book, settings, self.dispatcher.signals)
        self.hsds: web.Application | None = None  # the read API of the directory

    @property
    def said(self) -> list[Outgoing]:
        """What came out of the terminals, in order."""
        for adapter in self.adapters.values():
            if isinstance(adapter, Terminal):
                self._said += adapter.take()
        return self._said

    @property
    def texts(self) -> list[str]:
        return [outgoing.text for outgoing in self.said]

    @property
    def phrases(self) -> list[str]:
        return [outgoing.say for outgoing in self.said]

    async def receives(self, text: str, *, by: str = "sms", address: str = ADDRESS, **more: Any) -> Accepted:
        """Take a message in at a door, without waiting for the answer."""
        id_ = more.pop("id", None) or f"id-{next(_NUMBERS)}"
        more.setdefault("hints", Hints(accept="en"))
        accepted = await self.intake.accept(Message(by, address, id_, text, **more))
        self.dispatcher.signals.due.set()
        return accepted

    async def hears(self, text: str, **more: Any) -> list[str]:
        """Take a message in and wait until all is said; give what was said to it."""
        before = len(self.said)
        await self.receives(text, **more)
        await eventually(self.quiet)
        return self.texts[before:]

    async def quiet(self) -> bool:
        """Nothing is queued, in or out, and no farewell is left to say."""
        return not await self.store.call("EXISTS", "inbox_due", "outbox_due", "farewells_due")

    def rests(self) -> bool:
        """No turn and no sending that was begun goes on; what could not be done may still wait for its next try."""
        return not (self.dispatcher.pool.running or self.sender.pool.running)

    async def times(self, command: str) -> int:
        """How often Redis has run a command so far, for whomever, and by scripts too."""
        found: Mapping[str, Any] = await self.store.redis.info("commandstats")
        return int(found.get(f"cmdstat_{command}", {"calls": 0})["calls"])

    async def conversation(self, by: str = "sms", address: str = ADDRESS) -> str:
        """The id of a person's conversation; empty when there is none."""
        found = [id_ async for id_ in self.store.conversations() if await self._belongs(id_, by, address)]
        return found[0] if found else ""

    async def _belongs(self, id_: str, by: str, address: str) -> bool:
        seal = await self.store.seal_of(id_)
        channel, sealed = await self.store.call("HMGET", f"conversation:{{{id_}}}", "channel", "address")
        return seal is not None and channel.decode() == by and seal.open(sealed, "address").decode() == address

    async def keys(self) -> list[str]:
        """The names of all keys in Redis."""
        return sorted(name.decode() for name in await self.store.call("KEYS", "*"))

    async def page(self, language: str = "en") -> "Visitor":
        """Somebody opens the web page."""
        async with self.web.get(f"{self.url}/", headers={"Accept-Language": language}) as response:
            found = re.search(r'name="token"[^>]*value="([^"]+)"', await response.text())
        assert found
        return Visitor(self, found[1], language)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[Self]:
        """Dispatcher, sender and web server run."""
        hearing = SignalSubscriber(self.store, self.dispatcher.signals)
        loops = [asyncio.create_task(part.run()) for part in (self.dispatcher, self.sender, self.deleting, hearing)]
        app = gateway.build(self.webchat, self.webhooks, self.store, self.engine, self.hsds)
        try:
            # Cookies would be kept and shown to the tests, if there were any.
            async with gateway.serve(app, "127.0.0.1", self.port), aiohttp.ClientSession() as self.web:
                yield self
        finally:
            self.engine.lets_go()
            for loop in loops:
                loop.cancel()
            for loop in loops:
                with suppress(asyncio.CancelledError):
                    await loop
            # Not before: what a loop still sends would open a connection behind the closed ones.
            for door in filter(takes_in, self.adapters.values()):
                await door.stop()
            await self.store.close()

    def another(self) -> "Hotline":
        """A second gateway beside the same Redis, the same engine and the same platforms."""
        return Hotline(self.settings, self.engine, self.adapters)


class Visitor:
    """Somebody with the page open."""

    def __init__(self, hotline: Hotline, token: str, language: str = "en") -> None:
        self.hotline, self.token, self.language = hotline, token, language
        self.after = self.desk = ""

    async def posts(self, path: str, plain: bool = False, **fields: str) -> tuple[int, Any]:
        """Post a form as the page's script does, or plainly; give the status and the answer."""
        headers = {"Accept-Language": self.language, "Accept": "text/html" if plain else "application/json"}
        form = {"token": self.token, **fields}
        web = self.hotline.web
        async with web.post(self.hotline.url + path, data=form, headers=headers, allow_redirects=False) as response:
            as_json = response.content_type == "application/json"
            return response.status, await response.json() if as_json else await response.text()

    async def writes(self, text: str, **fields: str) -> int:
        """Send a message; give the status."""
        status, _ = await self.posts("/send", plain=False, text=text, **fields)
        return status

    async def reads(self) -> list[tuple[str, str]]:
        """Who said what since the last look; waits for something to be said."""
        status, answer = await self.posts("/next", after=self.after, desk=self.desk)
        assert status == 200
        self.after, self.desk = answer["after"], answer["desk"]
        return [(line["who"], line["text"]) for line in answer["lines"]]

    async def waits(self, asking: Coroutine[Any, Any, Answer]) -> "asyncio.Task[Answer]":
        """Let the page ask for news, until it was looked for them in vain and the question waits."""
        before = await self.hotline.times("xrange")
        waiting = asyncio.create_task(asking)

        async def looked() -> bool:
            return await self.hotline.times("xrange") > before

        await eventually(looked)
        return waiting

    async def reads_until(self, text: str) -> list[tuple[str, str]]:
        """Read on until this was said to the person; give all lines read."""
        lines: list[tuple[str, str]] = []
        async with asyncio.timeout(PATIENCE):
            while ("us", text) not in lines:
                lines += await self.reads()
        return lines


async def lines_of(hotline: Hotline) -> list[tuple[str, str]]:
    """Who said what in the person's conversation, as the transcript keeps it."""
    return [(line.who, line.text) for line in await transcript.read(hotline.store, await hotline.conversation())]
