"""Entries that may be one service twice, and the page on which a steward merges two: which fields stay, and which id."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from desk.directory.directory_changes import REFUSALS, EntryChange, mark, refusal
from desk.directory.entry_pages import stewarding, told
from desk.web.handler_tools import form, needs, page, see_other, session
from resources_directory.model.hsds import CountryEntries
from resources_directory.stewards.corrections import Revision
from resources_directory.stewards.editing import UnknownService
from resources_directory.stewards.verification import CheckRefused
from resources_directory.upkeep.duplicates import DuplicatePair, duplicates_of
from resources_directory.upkeep.entry_merge import differing, merge

_SHOWN = 100
_LONGEST = 900  # letters in a note: the ids are written before it


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.get("/directory/duplicates", list_pairs),
        web.get("/directory/merge/{keep}/{other}", show_merge),
        web.post("/directory/merge/{keep}/{other}", merge_entries),
    ]


@needs("check_directory")
async def list_pairs(request: web.Request) -> web.Response:
    """Show the pairs that may be one service, by country."""
    work = stewarding(request)
    country = request.query.get("country", "").upper()
    countries = await asyncio.to_thread(work.entry_cache.countries)
    found = await asyncio.to_thread(_pairs, [one for one in countries if country in ("", one.country)])
    frame: dict[str, Any] = {"pairs": found[:_SHOWN], "total": len(found), "country": country}
    return page(request, "upkeep/duplicates.html", countries=[one.country for one in countries], **frame)


@needs("check_directory")
async def show_merge(request: web.Request) -> web.Response:
    """Show two entries side by side."""
    return await _page(request, {})


@needs("check_directory")
async def merge_entries(request: web.Request) -> web.Response:
    """Merge two entries, both or neither."""
    typed, work, who = await form(request), stewarding(request), session(request).account
    try:
        keep = (await work.entry(request.match_info["keep"])).service
        other = (await work.entry(request.match_info["other"])).service
        reason = typed.get("reason", "").strip()
        if len(reason) > _LONGEST:
            raise CheckRefused("long_reason")
        alone = await work.is_alone(who, keep.id)
        picks = {name.removeprefix("pick."): value for name, value in typed.items() if name.startswith("pick.")}
        edits = merge(keep, other, picks, Revision(who.name, work.today, "looked" in typed, reason, alone))
        marks = {one.id: typed.get(f"seen.{one.id}", "-") for one in (keep, other)}
        changes = [
            EntryChange(id, decide, marks[id], dangerous=id == other.id, answers="looked" in typed or id == other.id)
            for id, decide in edits.items()
        ]
        outcomes = await work.change_together(who, changes)
    except UnknownService:
        raise web.HTTPNotFound from None
    except REFUSALS as error:
        return await _page(request, typed, refusal(error))
    failed = any(outcome.why_not_compiled for outcome in outcomes)
    return see_other(f"/directory/entry/{keep.id}", "not_compiled" if failed else "merged")


def _pairs(countries: Iterable[CountryEntries]) -> list[DuplicatePair]:
    return [pair for one in countries for pair in duplicates_of(one)]


async def _page(request: web.Request, typed: Mapping[str, str], problem: str = "") -> web.Response:
    work = stewarding(request)
    try:
        keep, other = [await work.entry(request.match_info[name]) for name in ("keep", "other")]
    except UnknownService:
        raise web.HTTPNotFound from None
    fields = [(field, told(field.keep), told(field.other)) for field in differing(keep.service, other.service)]
    marks = {one.service.id: mark(one.service) for one in (keep, other)}
    frame = {"keep": keep, "other": other, "fields": fields, "marks": marks, "typed": typed, "problem": problem}
    return page(request, "upkeep/merge.html", 409 if problem else 200, **frame)
