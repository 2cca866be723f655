"""The desk at work on a port of its own, and the people who sit at it: in a browser, or as the forms that it would send."""

import html
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from playwright.async_api import Browser, Page, expect

from bot.handoff.pending_end import UNDO
from bot.messaging.message import Reply
from bot.messaging.outbox import OperatorMessage, Written
from channels.gateway import serve
from commands.runtime.free_ports import free_port
from desk.auth.roles import Role
from desk.console.pending_ends import end_watcher
from desk.web import app
from desk.web.services import Services
from tests.desk.colleagues import PASSWORD, Clock, Colleague


@dataclass
class Told:
    """Keeps what the desk would have told persons."""

    said: list[tuple[str, list[str], str]] = field(default_factory=list)  # conversation, phrases, alias
    offered: list[str] = field(default_factory=list)  # choices below the last

    async def say(self, conversation: str, replies: Sequence[Reply], *, by: str = "", once: str = "") -> bool:
        self.said.append((conversation, [reply.say for reply in replies], by))
        self.offered = [choice.say for choice in replies[-1].choices]
        return True

    async def write(self, conversation: str, words: OperatorMessage) -> Written:
        self.said.append((conversation, [words.text], words.alias))
        return "said"


@dataclass
class Seat:
    """Somebody signed in, who sends what a browser without scripts would send."""

    site: "DeskSite"
    web: aiohttp.ClientSession
    form_token: str = ""

    async def opens(self, path: str) -> tuple[int, str]:
        """Open a page; give the status, and where it leads or its source."""
        async with self.web.get(self.site.url + path, allow_redirects=False) as response:
            return response.status, response.headers.get("Location") or await response.text()

    async def sends(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form; give the status, and where it leads or what it shows."""
        form = {"form_token": self.form_token, **fields}
        async with self.web.post(self.site.url + path, data=form, allow_redirects=False) as response:
            return response.status, response.headers.get("Location") or await response.text()


@dataclass
class DeskSite:
    """The pages of the desk, served."""

    services: Services
    clock: Clock
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def told(self) -> Told:
        """What persons would have been told."""
        assert isinstance(self.services.notifier, Told)
        return self.services.notifier

    @asynccontextmanager
    async def open(self) -> AsyncIterator["DeskSite"]:
        async with serve(app.build(self.services), "127.0.0.1", self.port):
            yield self

    async def ends(self) -> None:
        """The seconds pass in which an end can be undone, and what is due is carried out."""
        await self.clock.passes(UNDO)
        await end_watcher(self.services).look()

    async def hires(self, name: str, *roles: Role) -> Colleague:
        """Somebody new works here."""
        return await Colleague(self.services.accounts, self.clock, name).comes(*roles)

    @asynccontextmanager
    async def stranger(self) -> AsyncIterator[Seat]:
        """Somebody who is not signed in."""
        jar = aiohttp.CookieJar(unsafe=True)  # a number in place of a name
        async with aiohttp.ClientSession(cookie_jar=jar, headers={"Accept": "text/html"}) as web:
            yield Seat(self, web)

    @asynccontextmanager
    async def seat(self, who: Colleague) -> AsyncIterator[Seat]:
        """Somebody signed in by the form."""
        async with self.stranger() as seat:
            status, where = await seat.sends("/sign-in", name=who.name, password=PASSWORD, code=who.code())
            assert status == 303, where
            self.clock.now += 30  # the next code
            seat.form_token = token_in((await seat.opens("/you"))[1])
            yield seat

    async def sits_down(self, browser: Browser, who: Colleague, path: str = "/", **options: Any) -> Page:
        """Open the desk in a browser of their own and sign in."""
        context = await browser.new_context(**options)
        page = await context.new_page()
        await page.goto(self.url + path)
        await sign_in(page, who)
        await expect(page.locator(".strip")).to_be_visible()  # the page behind the form, and no more the form
        self.clock.now += 30
        await page.wait_for_load_state()  # its scripts listen
        return page


def readable(source: str) -> str:
    """Return the words of a page, without its tags and the tokens in them."""
    apart = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source)).split())
    return re.sub(r" (?=[,.;:)])|(?<=[(]) ", "", apart)


def token_in(source: str) -> str:
    """Return the token of the forms of a page."""
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', source)
    assert found
    return found[1]


async def sign_in(page: Page, who: Colleague, password: str = PASSWORD) -> None:
    """Fill in the sign-in form that is shown, and send it."""
    await page.get_by_label("Name").fill(who.name)
    await page.get_by_label("Password").fill(password)
    await page.get_by_label("Code").fill(who.code())
    await page.get_by_role("button", name="Sign in").click()
