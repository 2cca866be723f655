"""The small page on which an organisation asks for a change of its own entry, by a link that a steward has sent it.

It speaks each language that we serve, says nothing of what it belongs to, loads nothing, stores nothing in the browser, and
works without scripts. The link in its address is all that proves anything, so there is nothing that another site could make a
browser do in somebody's name.
"""

from functools import cache
from pathlib import Path
from time import time

import jinja2
from aiohttp import web

from bot.reporting import change_requests
from bot.reporting.change_requests import LONGEST, ChangeLink
from bot.storage.store import Store, StoreAway
from channels.web.organisations.page_language import PageLanguage, menu, page_language

_FOLDER = Path(__file__).parent
_LARGEST = 16 * 1024  # bytes of a form
_STATUS = {"sent": 200, "too_many": 429, "too_long": 422, "nothing": 422}


def update_style() -> str:
    """Return the style sheet for inlining."""
    return (_FOLDER / "update.css").read_text("utf-8")


class UpdatePage:
    """Routes of the page."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to mount."""
        return [web.get("/update/{token}", self.show), web.post("/update/{token}", self.send)]

    async def show(self, request: web.Request) -> web.Response:
        """Show what is known of the service, to be corrected."""
        try:
            link = await change_requests.find(self._store, request.match_info["token"])
        except StoreAway:
            return _page(request, 503, said="away")
        return _page(request, 200, link) if link else _page(request, 404, said="over")

    async def send(self, request: web.Request) -> web.Response:
        """Keep what is asked for; nothing changes by it."""
        if request.content_type != "application/x-www-form-urlencoded":
            return _page(request, 415, said="nothing")  # of another kind, aiohttp would write files to disk
        if (request.content_length or 0) > _LARGEST:
            return _page(request, 413, said="too_long")
        try:
            link = await change_requests.find(self._store, request.match_info["token"])
            if link is None:
                return _page(request, 404, said="over")
            typed = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
            said = await change_requests.submit(self._store, link, _in_english(request, link, typed), time())
        except StoreAway:
            return _page(request, 503, said="away")
        except ValueError:  # no form
            return _page(request, 400, said="nothing")
        return _page(request, _STATUS[said], link, typed, said)


def _language(request: web.Request, link: ChangeLink | None) -> PageLanguage:
    spoken = link.facts.get("languages", "") if link else ""
    return page_language(request.query.get("lang", ""), request.headers.get("Accept-Language", ""), spoken)


def _in_english(request: web.Request, link: ChangeLink, typed: dict[str, str]) -> dict[str, str]:
    """Return a form with its languages in English, as stewards read them."""
    shown, known = typed.get("languages", ""), link.facts.get("languages", "")
    language = _language(request, link)
    unchanged = shown.strip() == language.shown(known)
    return typed | {"languages": known if unchanged else language.meant(shown)}


def _page(
    request: web.Request,
    status: int,
    link: ChangeLink | None = None,
    typed: dict[str, str] | None = None,
    said: str = "",
) -> web.Response:
    language = _language(request, link)
    facts = dict(link.facts) if link else {}
    shown = facts | {"languages": language.shown(facts.get("languages", ""))}
    text = _template().render(
        style=update_style(),
        longest=LONGEST,
        link=link,
        typed=shown if typed is None else typed,
        said=said,
        page=language,
        say=language.sentences,
        menu=menu(),
    )
    response = web.Response(text=text, content_type="text/html", status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Vary"] = "Accept-Language"
    return response


@cache
def _template() -> jinja2.Template:
    filled = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return filled.get_template("update.html")
