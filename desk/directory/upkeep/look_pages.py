"""What source pages said when they were last looked at, and the way from there to the entry or onto the call list.

The desk fetches no page: `quietline directory look` does, where the deployer has turned it on.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from aiohttp import web

from desk.directory.directory_changes import REFUSALS, EntryChange, refusal
from desk.directory.entry_pages import looks_of, stewarding
from desk.web.handler_tools import form, needs, page, see_other, services, session
from resources_directory.calls.wanted_calls import call_wanted, wanted_calls
from resources_directory.files import change_log
from resources_directory.files.entry_cache import Entry
from resources_directory.model.hsds import CountryEntries
from resources_directory.stewards.editing import UnknownService
from resources_directory.upkeep.source_looks import LookedAt, SourceLook
from resources_directory.upkeep.source_pages import SourceState, source_pages

_LOOKS = "/directory/looks"
_SHOWN = 100
# In the order of the page: what needs somebody first.
_ORDER: tuple[SourceState, ...] = ("gone", "number_missing", "refused", "unreachable", "unread", "fine")
_DOUBTS: dict[SourceState, str] = {
    "gone": "Its page is gone",
    "number_missing": "The number is no longer on its page",
    "refused": "The address of its page leads to no public place",
    "unreachable": "Its page did not answer",
}


@dataclass(frozen=True)
class LookRow:
    """One page of one entry as it was last looked at."""

    look: SourceLook
    entry: Entry
    wanted: bool  # it is on the call list already


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [web.get(_LOOKS, list_looks), web.post(f"{_LOOKS}/{{id}}/call", want_call)]


@needs("check_directory")
async def list_looks(request: web.Request) -> web.Response:
    """Show what was found, what needs somebody first."""
    return await _page(request)


@needs("check_directory")
async def want_call(request: web.Request) -> web.Response:
    """Put an entry on the call list, because of what its page says."""
    typed, work, id = await form(request), stewarding(request), request.match_info["id"]
    looks = await asyncio.to_thread(looks_of, request)
    look = looks.get((id, typed.get("url", "")))
    if look is None or look.state not in _DOUBTS:
        return await _page(request, "looked_anew")
    reason = f"{_DOUBTS[look.state]} ({look.on}): {look.url}"[:1_000]
    who = session(request).account
    try:
        wanted = EntryChange(id, lambda now: call_wanted(now, who.name, reason), answers=False)
        await work.change(who, wanted)
    except UnknownService:
        raise web.HTTPNotFound from None
    except REFUSALS as error:
        return await _page(request, refusal(error))
    return see_other(f"/directory/calls/entry/{id}", "saved")


async def _page(request: web.Request, problem: str = "") -> web.Response:
    work, asked = stewarding(request), request.query
    country, state = asked.get("country", "").upper(), asked.get("state", "")
    countries = await asyncio.to_thread(work.entry_cache.countries)
    looks = await asyncio.to_thread(looks_of, request)
    wanted = wanted_calls(await asyncio.to_thread(change_log.read, work.folder))
    entries = {entry.service.id: entry for entry in work.entry_cache.entries()}
    there = _there(looks, countries, country)
    counts = {one: sum(look.state == one for look in there) for one in _ORDER}
    chosen = [
        look for look in there if look.state == state or (state not in get_args(SourceState) and look.state != "fine")
    ]
    chosen.sort(key=lambda look: (_ORDER.index(look.state), look.service))
    frame = {
        "rows": [LookRow(look, entries[look.service], look.service in wanted) for look in chosen[:_SHOWN]],
        "total": len(chosen),
        "counts": {one: count for one, count in counts.items() if count},
        "last": max((look.on for look in there), default=""),
        "on": services(request).settings.source_look,
        "doubts": _DOUBTS,
        "country": country,
        "countries": [one.country for one in countries],
        "state": state,
        "problem": problem,
    }
    return page(request, "upkeep/looks.html", 409 if problem else 200, **frame)


def _there(looks: LookedAt, countries: Iterable[CountryEntries], country: str) -> list[SourceLook]:
    """Return the looks at pages that entries still rest on."""
    pages = source_pages(one for one in countries if country in ("", one.country))
    return [looks[key] for key in ((page.service, page.url) for page in pages) if key in looks]
