"""The web page as a channel: form posts in, transcript lines out. It works the same with JavaScript off.

The token in the page is all that connects it to a conversation. The token is generated when the page is served and
never appears in a URL, a cookie or a log. Nothing is stored before the first message.
"""

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Any

from aiohttp import web

from bot.messaging import farewell
from bot.messaging.intake import Accepted, Intake
from bot.messaging.message import Hints, Message
from bot.phrases.phrases import Phrasebook, direction
from bot.settings import Settings
from bot.storage.signals import Signals, until
from bot.storage.store import Store, StoreAway
from channels import metrics
from channels.contract import BadPayload
from channels.web import embed, same_origin
from channels.web.crowding import Crowding
from channels.web.page import HAD_LINES, WIDGET, Page, new_token, script
from channels.web.page_form import PageForm, read_form
from channels.web.page_updates import news, page_closed, person_types
from channels.web.words_from_before import WordsFromBefore

_POLL = 25.0  # seconds that /next waits for a line; proxies time out at 30
_LOOK = 1.5  # seconds between polls for changes that no signal announces
_PLAIN_WAIT = 9.0  # seconds that a page without JavaScript waits for a reply


class Webchat:
    """Routes of the page."""

    name = "web"

    def __init__(
        self, store: Store, intake: Intake, page: Page, book: Phrasebook, settings: Settings, signals: Signals
    ) -> None:
        self._store, self._intake, self._page, self._book = store, intake, page, book
        self.settings = settings
        self._signals = signals
        self._crowding = Crowding(len(settings.engines))
        self._words = WordsFromBefore(store, book, settings.keep_web)
        self._embed = embed.script(book, settings)
        self._addresses = same_origin.addresses(settings)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to mount."""
        return [
            web.get("/", self.home),
            web.post("/send", self.send),
            web.post("/next", self.next),
            web.post("/look", self.look),
            web.post("/typing", self.typing),
            web.post("/closed", self.closed),
            web.post("/back", self.back),
            web.post("/exit", self.exit),
            web.get("/embed.js", self.embed),
            web.get("/static/{name:chat.js|icon.svg}", self.static),
        ]

    async def end(self, _: web.Application) -> None:
        """Release waiting requests: an unanswered long poll would delay the shutdown of this process."""
        self._signals.end()

    async def home(self, request: web.Request) -> web.Response:
        """Serve a new page with a new token."""
        response = self._page.show(self._page.locale(request, request.query.get("lang", "")), new_token())
        if self.settings.onion_location:
            response.headers["Onion-Location"] = f"{self.settings.onion_location}{request.path_qs}"
        return response

    async def send(self, request: web.Request) -> web.Response:
        """Take a message; respond with JSON to the script, with the page to a page without JavaScript."""
        form = await self._form(request)
        locale = self._page.locale(request, form.locale)
        if not form.text.strip():
            if _wants_json(request):
                raise BadPayload("text")
            return await self._page_with_lines(form, locale)
        # The language of the page comes first: the person may have chosen it.
        accept = f"{locale},{request.headers.get('Accept-Language', '')[:200]}"
        hints = Hints(accept=accept)
        message = Message("web", form.token, f"{form.token}:{form.id}", form.text, form.kind, hints=hints)
        try:
            outcome = await self._intake.accept(message, self._crowding.room(request.remote))
        except StoreAway:
            return self._refuse(request, form, locale, 503, "store_away")
        if outcome is Accepted.FULL:
            return self._refuse(request, form, locale, 429, "too_fast")
        if outcome is Accepted.LEFT:
            return self._ended(request, locale)
        if outcome is Accepted.ACCEPTED:
            metrics.accepted.labels("web").inc()
        self._signals.due.set()
        if _wants_json(request):
            return web.json_response({"accepted": True}, status=202)
        return await self._page_with_answer(form, locale)

    async def next(self, request: web.Request) -> web.Response:
        """Return the lines that the page does not have yet, as soon as there are any."""
        form = await self._form(request)
        locale = self._page.locale(request, form.locale)
        deadline = asyncio.get_running_loop().time() + _POLL
        try:
            pointer = await self._pointer(form.token)
            with self._signals.waiting(pointer) as said:
                while True:
                    said.clear()
                    found = await self._news(form, pointer, locale)
                    left = 0.0 if self._signals.over or form.at_once else deadline - asyncio.get_running_loop().time()
                    if found["lines"] or found["closed"] or found["desk"] != form.desk or left <= 0:
                        return web.json_response(found)
                    # No signal announces that typing has stopped, so poll for it.
                    told = self._signals.told and found["desk"] != "typing"
                    await until(said, left if told else min(_LOOK, left))
        except StoreAway:
            return self._refuse(request, form, locale, 503, "store_away")

    async def look(self, request: web.Request) -> web.Response:
        """Serve the page again with all its lines: for new lines on a page without JavaScript, or for another language."""
        form = await self._form(request)
        return await self._page_with_lines(form, self._page.locale(request, form.locale), draft=form.text)

    async def typing(self, request: web.Request) -> web.Response:
        """Note that the person is typing; the words themselves are not sent."""
        form = await self._form(request)
        with suppress(StoreAway):
            await person_types(self._store, await self._pointer(form.token))
        return web.Response(status=204)

    async def closed(self, request: web.Request) -> web.Response:
        """Note that this page is no longer open: an operator should not wait for an answer."""
        form = await self._form(request)
        with suppress(StoreAway):
            await page_closed(self._store, await self._pointer(form.token))
        return web.Response(status=204)

    async def back(self, request: web.Request) -> web.Response:
        """Go on where four words lead (bot/conversation/way_back.py). Wrong, used and expired words get the same answer."""
        form = await self._form(request)
        locale = self._page.locale(request, form.locale)
        words = str((await request.post()).get("words", ""))
        try:
            if await self._store.call("EXISTS", f"left:{await self._pointer(form.token)}"):
                form = replace(form, token=new_token())  # the page that was put away itself
            pointer = await self._pointer(form.token)
            # The same form sent twice, or a reload: its page has gone on already.
            if not await self._store.find(pointer) and not await self._words.lead(words, form.token, request.remote):
                return self._page.show(locale, form.token, notice=self._page.text("way_back_wrong", locale))
        except StoreAway:
            return self._refuse(request, form, locale, 503, "store_away")
        return await self._page_with_lines(form, await self._spoken_by(form.token) or locale)

    async def exit(self, request: web.Request) -> web.Response:
        """Erase at once and lead to an innocuous site. No farewell: no one is left to read it."""
        form = await self._form(request)
        try:
            await farewell.close_page(self._store, await self._pointer(form.token))
            self._signals.said(await self._pointer(form.token))
        except StoreAway:
            pass  # leaving must work at once; anything still stored expires within minutes
        if form.quiet:
            return web.Response(status=204)
        # No redirect: browsers check it against the page's form-action and would leave the conversation on the screen.
        # This way the screen is blank at once, however slow the next page is.
        return web.Response(content_type="text/html", headers={"Refresh": f"0; url={self.settings.exit_url}"})

    async def static(self, request: web.Request) -> web.StreamResponse:
        """Serve the page's two static files."""
        name = request.match_info["name"]
        response = (
            web.Response(text=script(), content_type="text/javascript", charset="utf-8")
            if name == "chat.js"
            else web.FileResponse(WIDGET / name)
        )
        response.enable_compression()  # only these files: compressing a page that holds a token could leak it (BREACH)
        return response

    async def embed(self, _: web.Request) -> web.Response:
        """Serve the embed script for the sites in FRAME_HOSTS; without such sites there is none."""
        if not self._embed:
            raise web.HTTPNotFound
        # A site may require this header on everything it loads (COEP); this file is meant for other sites.
        also = {"Cross-Origin-Resource-Policy": "cross-origin"}
        response = web.Response(text=self._embed, content_type="text/javascript", charset="utf-8", headers=also)
        response.enable_compression()
        return response

    async def _news(self, form: PageForm, pointer: str, locale: str) -> dict[str, Any]:
        found = await news(self._store, pointer, self.settings.keep_web, form.after)
        if found is None:
            text = await self._farewell_text(pointer, form.token)
            over = {"lines": [], "after": "", "closed": True, "desk": "", "text": text}
            return {**over, "locale": locale, "dir": direction(locale)}
        spoken = found.locale or locale
        after = found.lines[-1].id if found.lines else form.after
        # A page whose last reply was to a crisis does not clear itself.
        shown = {"closed": False, "crisis": found.crisis, "text": None, "locale": spoken, "dir": direction(spoken)}
        lines = [self._page.plain(line, spoken) for line in found.lines]
        return {"lines": lines, "after": after, "desk": found.answering, **shown}

    async def _farewell_text(self, pointer: str, token: str) -> str | None:
        """Return the last neutral line of a conversation that was erased a moment ago."""
        last_line = await farewell.fetched_by_page(self._store, pointer, token)
        return self._book.render(last_line.say, last_line.arguments, last_line.locale, "web") if last_line else None

    async def _gone(self, form: PageForm, pointer: str, locale: str) -> str | None:
        """Return the notice for a page whose conversation is gone; None if the page never had one."""
        said = await self._farewell_text(pointer, form.token)
        over = form.id.startswith(HAD_LINES) or await self._store.call("EXISTS", f"left:{pointer}")
        return said or (self._page.text("gone", locale) if over else None)

    async def _spoken_by(self, token: str) -> str:
        with suppress(StoreAway):
            conversation = await self._store.find(await self._pointer(token))
            return await self._spoken(conversation) if conversation else ""
        return ""

    async def _spoken(self, conversation: str) -> str:
        found = await self._store.call("HGET", f"conversation:{{{conversation}}}", "locale")
        return str(found.decode()) if found else ""

    async def _page_with_answer(self, form: PageForm, locale: str) -> web.Response:
        """Wait for the reply to this message, then return the whole page."""
        deadline = asyncio.get_running_loop().time() + _PLAIN_WAIT
        with suppress(StoreAway):
            pointer = await self._pointer(form.token)
            with self._signals.waiting(pointer) as said:
                while (left := deadline - asyncio.get_running_loop().time()) > 0 and not self._signals.over:
                    said.clear()
                    conversation = await self._store.find(pointer)
                    if conversation is None or not await self._store.call("LLEN", f"inbox:{{{conversation}}}"):
                        break
                    await until(said, min(0.3, left))
        spoken = await self._spoken_by(form.token)
        return await self._page_with_lines(form, spoken or locale, form.draft)

    async def _page_with_lines(self, form: PageForm, locale: str, draft: str = "") -> web.Response:
        try:
            pointer = await self._pointer(form.token)
            found = await news(self._store, pointer, self.settings.keep_web, "")
            if found is None:
                notice = await self._gone(form, pointer, locale)
                # Token and draft end with the conversation: a browser without JavaScript would post them again for
                # whoever returns to this page.
                token, draft = (new_token(), "") if notice else (form.token, draft)
                return self._page.show(locale, token, notice=notice, draft=draft)
            last = found.lines[-1].id if found.lines else ""
            await self._store.touch(pointer, self.settings.keep_web, last)
            return self._page.show(locale, form.token, news=found, draft=draft)
        except StoreAway:
            notice = self._page.sorry("store_away", locale)
            return self._page.show(locale, form.token, notice=notice, draft=draft, status=503)

    def _ended(self, request: web.Request, locale: str) -> web.Response:
        """Respond to a message sent after the end. Do not echo it: someone else may be resubmitting the form."""
        text = self._page.text("gone", locale)
        if _wants_json(request):
            return web.json_response({"error": "left", "text": text}, status=410)
        return self._page.show(locale, new_token(), notice=text, status=410)

    def broken(self, request: web.Request, status: int) -> web.Response:
        """Return the page for a failed request: a person never gets a bare error word, always a number to call."""
        locale = self._page.locale(request, "")
        return self._page.show(locale, new_token(), notice=self._page.sorry("store_away", locale), status=status)

    def _refuse(self, request: web.Request, form: PageForm, locale: str, status: int, error: str) -> web.Response:
        text = self._page.sorry(error, locale)
        if _wants_json(request):
            return web.json_response({"error": error, "text": text}, status=status)
        return self._page.show(
            locale, form.token, notice=text, draft=form.text if form.kind == "text" else form.draft, status=status
        )

    async def _pointer(self, token: str) -> str:
        return await self._store.pointer("web", token)

    async def _form(self, request: web.Request) -> PageForm:
        return await read_form(request, self._addresses)


def _wants_json(request: web.Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")
