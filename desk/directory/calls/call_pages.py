"""The page of the calls of a country, the same list on paper, and the page of one call."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from desk.auth.people import Account
from desk.directory.calls.call_desk import CallDesk, CallFilter, filter_of
from desk.directory.directory_changes import mark
from desk.directory.entry_pages import script_of
from desk.web.handler_tools import needs, page, see_other, services, session
from resources_directory.calls.call_list import StewardCall

_SHOWN = 100


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.get("/directory/calls", list_calls),
        web.get("/directory/calls/print", print_calls),
        web.get("/directory/calls/entry/{id}", show_call),
    ]


@needs("check_directory")
async def list_calls(request: web.Request) -> web.Response:
    """Show the calls of a country, those that can be made now first."""
    desk = await CallDesk.of(request)
    return await calls_page(request, desk, filter_of(request, desk))


@needs("check_directory")
async def print_calls(request: web.Request) -> web.Response:
    """Show the list as it is printed."""
    desk = await CallDesk.of(request)
    wanted = filter_of(request, desk)
    calls, progress = await desk.calls(wanted.country)
    shown = desk.shown(calls, wanted)
    return page(
        request, "calls/sheet.html", calls=shown, progress=progress, country=wanted.country, made=desk.facts.now
    )


@needs("check_directory")
async def show_call(request: web.Request) -> web.Response:
    """Show one call: the number, what it is about, the words, and what it can find out."""
    desk, id = await CallDesk.of(request), request.match_info["id"]
    if id in desk.merged:
        return see_other(f"/directory/calls/entry/{desk.merged[id]}")
    return await call_page(request, desk, await desk.about(id))


async def calls_page(request: web.Request, desk: CallDesk, wanted: CallFilter, problem: str = "") -> web.Response:
    """Render the list."""
    calls, progress = await desk.calls(wanted.country)
    shown = desk.shown(calls, wanted)
    spoken = sorted({language for call in calls for language in call.languages})
    frame = {
        "calls": shown[:_SHOWN],
        "more": len(shown) - _SHOWN,
        "shown": len(shown),
        "progress": progress,
        "wanted": wanted,
        "countries": [one.country for one in desk.countries],
        "spoken": spoken,
        "able": len(desk.next(calls, wanted.language)),
        "stewards": [one.name for one in await _stewards(request)],
        "now": desk.facts.now,
        "problem": problem,
    }
    return page(request, "calls/list.html", 409 if problem else 200, **frame)


async def call_page(
    request: web.Request, desk: CallDesk, call: StewardCall, problem: str = "", typed: Mapping[str, str] | None = None
) -> web.Response:
    """Render the page of a call; `problem` and `typed`: what was wrong, and what was typed."""
    account = session(request).account
    others = {row.service.id for row in call.rows if await desk.work.was_first(account, row.service.id)}
    entry = await desk.work.entry(call.first.service.id)
    frame: dict[str, Any] = {
        "call": call,
        "others": others,
        "marks": {row.service.id: mark(row.service) for row in call.rows},
        "script": script_of(entry),
        "today": str(desk.work.today),
        "now": desk.facts.now,
        "problem": problem,
        "typed": typed or {},
    }
    return page(request, "calls/call.html", 409 if problem else 200, **frame)


async def _stewards(request: web.Request) -> list[Account]:
    people = await services(request).accounts.people.all()
    return [one for one in people if "steward" in one.roles and one.state == "active"]
