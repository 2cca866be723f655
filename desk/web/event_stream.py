"""Server-sent events for open pages: the store is polled once a second for all of them together.

An event holds change tokens, never a word of a conversation: the page fetches what has changed under its own account,
so what may be seen is decided in one place.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.storage.periodic import Periodic
from bot.storage.store import StoreAway
from desk.alarms import notices
from desk.alarms.notices import DeskNotices
from desk.auth import cookie
from desk.auth.people import Account
from desk.web.change_tokens import DeskSnapshot, for_account, look
from desk.web.handler_tools import needs, services, session
from desk.web.services import SERVICES, Services

_EVERY = 1.0  # seconds between polls
_SIGN = 10  # polls after which the session is checked and the page gets a sign of life


@dataclass(frozen=True)
class DeskNews:
    """What one poll has found, for all pages."""

    seen: DeskSnapshot
    notices: DeskNotices

    def tokens(self, account: Account) -> dict[str, Any]:
        """Return the tokens and numbers for the pages of an account."""
        own = self.notices.of(account).marks
        return for_account(self.seen, account) | own | {"returned": self.notices.back}


class PagePoller:
    """Polling for all open pages; it runs while there are any."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._seen: DeskNews | None = None
        self._changed = asyncio.Condition()
        self._pages = 0
        self._looking: asyncio.Task[None] | None = None
        self.ended = False

    @asynccontextmanager
    async def page(self) -> AsyncIterator["PagePoller"]:
        """Poll for one more page while it is open."""
        self._pages += 1
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(Periodic(self._look, _EVERY, "desk_look_failed").run())
        try:
            yield self
        finally:
            self._pages -= 1
            if not self._pages and self._looking:
                self._looking.cancel()
                self._looking = None  # the task ends a moment later; a page that opens meanwhile must not wait for it

    async def next(self) -> DeskNews | None:
        """Wait for the next snapshot; None while the store does not answer, and when the server stops."""
        async with self._changed:
            if not self.ended:  # polling is over, and a page that opens now would wait forever
                await self._changed.wait()
            return self._seen

    async def close(self, _: web.Application) -> None:
        """Stop polling and release all pages, as the server stops."""
        self.ended = True
        if self._looking:
            self._looking.cancel()
        await self._tell(None)

    async def _look(self) -> None:
        try:
            seen = await look(self._services.store, self._services.handoffs, self._services.clock)
            news = DeskNews(seen, await notices.look(self._services, seen.desk))
        except Exception:
            await self._tell(None)
            raise
        await self._tell(news)

    async def _tell(self, seen: DeskNews | None) -> None:
        async with self._changed:
            self._seen = seen
            self._changed.notify_all()


LIVE = web.AppKey("live", PagePoller)


def mount(app: web.Application) -> None:
    """Add the stream to the application."""
    app[LIVE] = PagePoller(app[SERVICES])
    app.on_shutdown.append(app[LIVE].close)
    app.router.add_get("/desk/live", stream)


@needs("see_waiting")
async def stream(request: web.Request) -> web.StreamResponse:
    """Send tokens when they change, while the session lasts; the stream itself keeps nobody signed in."""
    headers = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
    response = web.StreamResponse(headers=headers)
    await response.prepare(request)
    with suppress(ConnectionError):
        async with request.app[LIVE].page() as live:
            await _send_all(request, response, live)
    return response


async def _send_all(request: web.Request, response: web.StreamResponse, live: PagePoller) -> None:
    account: Account = session(request).account
    before, looks = "", 0
    while True:
        seen = await live.next()
        if live.ended:
            return
        looks += 1
        if looks % _SIGN == 0 and seen:
            try:
                found = await services(request).accounts.sessions.find(cookie.token(request), click=False)
            except StoreAway:
                continue
            if found is None:
                await _send(response, "signed_out", "{}")
                return
            account = found.account
        now = json.dumps(seen.tokens(account)) if seen else "away"
        if now != before or looks % _SIGN == 0:
            await _send(response, "marks" if seen else "away", now)
            before = now


async def _send(response: web.StreamResponse, event: str, words: str) -> None:
    await response.write(f"event: {event}\ndata: {words}\n\n".encode())
