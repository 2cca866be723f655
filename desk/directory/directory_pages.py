"""The directory on the desk: what to check next, each entry with its proof and its history, and where help is missing.

Those who may not check entries can read them, and search with the results a person would be given.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.reporting import complaints, unmet_needs
from desk.auth.roles import may
from desk.console.directory_results import ResultReader
from desk.console.directory_search import CHOICES, SearchAnswer, search
from desk.directory import directory_actions, emergency_pages
from desk.directory.calls import call_actions, call_pages
from desk.directory.entry_pages import entry_page, staying, stewarding
from desk.directory.upkeep import change_pages, import_pages, look_pages, merge_pages, request_pages
from desk.web.handler_tools import form, needs, page, see_other, services, session
from resources_directory.calls.wanted_calls import wanted_calls
from resources_directory.files import change_log
from resources_directory.files.entry_cache import Entry
from resources_directory.model.hsds import Kind
from resources_directory.stewards.coverage import coverage_of
from resources_directory.stewards.due import due_of
from resources_directory.stewards.language_list import language_list

_ON_A_PAGE = 25
_FOUND = 40


def routes() -> list[web.RouteDef]:
    """Return the routes of this module, and those that change entries."""
    return [
        web.get("/directory", list_due),
        web.get("/directory/search", show_search),
        web.post("/directory/search", show_search),
        web.get("/directory/find", find),
        web.get("/directory/complaints", list_complaints),
        web.get("/directory/missing", list_missing),
        web.get("/directory/entry/{id}", show_entry),
        *directory_actions.routes(),
        *emergency_pages.routes(),
        *call_pages.routes(),
        *call_actions.routes(),
        *merge_pages.routes(),
        *change_pages.routes(),
        *import_pages.routes(),
        *request_pages.routes(),
        *look_pages.routes(),
    ]


@dataclass(frozen=True)
class Complaint:
    """An entry that people said does not work, or that is held back."""

    id: str
    entry: Entry | None  # None: it is no longer in any file
    times: int
    held: bool


@needs("search_directory")
async def list_due(request: web.Request) -> web.Response:
    """Show what to check next; those who check nothing get the search."""
    if not may(session(request).account.roles, "check_directory"):
        return page(request, "directory_search.html", **_nothing_yet(request))
    work = stewarding(request)
    country, number = request.query.get("country", "").upper(), _page_number(request)
    counts = await complaints.counts(work.store, work.clock())
    countries = await asyncio.to_thread(work.entry_cache.countries)
    wanted = wanted_calls(await asyncio.to_thread(change_log.read, work.folder))
    due = due_of((one for one in countries if country in ("", one.country)), work.today, counts, wanted)
    rows = due[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
    return page(
        request,
        "directory.html",
        rows=rows,
        total=len(due),
        first=(number - 1) * _ON_A_PAGE + 1,
        number=number,
        more=number * _ON_A_PAGE < len(due),
        country=country,
        countries=[one.country for one in countries],
        broken=work.entry_cache.broken(),
        current=await work.is_current(),
    )


@needs("search_directory")
async def show_search(request: web.Request) -> web.Response:
    """Show what a person would be given. The place appears in no URL: it may be where somebody is."""
    if request.method == "GET":
        return page(request, "directory_search.html", **_nothing_yet(request))
    asked = await form(request)
    need = asked.get("need", "") if asked.get("need", "") in CHOICES else CHOICES[0]
    locale = asked.get("locale", "") if asked.get("locale", "") in services(request).book.locales else "en"
    typed = {"need": need, "place": asked.get("place", "")[:160], "locale": locale}
    answer = await search(services(request), need, typed["place"], ResultReader(locale))
    return page(request, "directory_search.html", **_nothing_yet(request) | {"typed": typed, "answer": answer})


@needs("search_directory")
async def find(request: web.Request) -> web.Response:
    """Show entries by words in their names."""
    words = request.query.get("q", "")[:100]
    found = await asyncio.to_thread(stewarding(request).entry_cache.named, words, _FOUND)
    return page(request, "directory_find.html", words_typed=words, entries=found)


@needs("see_complaints")
async def list_complaints(request: web.Request) -> web.Response:
    """Show what people said does not work, the most frequent first, and what is held back."""
    work = stewarding(request)
    counts = await complaints.counts(work.store, work.clock())
    held = await complaints.suspended(work.store, work.clock())
    entries = {entry.service.id: entry for entry in await asyncio.to_thread(lambda: list(work.entry_cache.entries()))}
    rows = [Complaint(id, entries.get(id), counts.get(id, 0), id in held) for id in {*counts, *held}]
    rows.sort(key=lambda row: (-row.times, row.id))
    return page(request, "directory_complaints.html", rows=rows)


@needs("see_complaints")
async def list_missing(request: web.Request) -> web.Response:
    """Show where help is missing, and what was asked for and not found."""
    work = stewarding(request)
    country = request.query.get("country", "").upper()
    held = await complaints.suspended(work.store, work.clock())
    covered = coverage_of(await asyncio.to_thread(work.entry_cache.countries), work.today, held)
    rows = await unmet_needs.report(work.store, work.clock())
    cells = [cell for cell in covered.local if cell.country == country]
    more: dict[str, Any] = {"alike": _alike(covered.gaps), "language_list": language_list}
    return page(request, "directory_missing.html", covered=covered, rows=rows, country=country, cells=cells, **more)


@needs("search_directory")
async def show_entry(request: web.Request) -> web.Response:
    """Show one entry; one that was merged into another leads there, unless it is asked for by itself."""
    id = request.match_info["id"]
    stays = "" if "alone" in request.query else await staying(request, id)
    if stays:
        return see_other(f"/directory/entry/{stays}?merged={id}")
    return await entry_page(request, id)


def _alike(gaps: Mapping[str, tuple[Kind, ...]]) -> list[tuple[tuple[Kind, ...], list[str]]]:
    """Return the countries that lack the same kinds of help together, those that lack most first."""
    alike: dict[tuple[Kind, ...], list[str]] = {}
    for country, kinds in gaps.items():
        alike.setdefault(kinds, []).append(country)
    return sorted(alike.items(), key=lambda each: (-len(each[0]), -len(each[1]), each[0]))


def _nothing_yet(request: web.Request) -> dict[str, Any]:
    answer: SearchAnswer | None = None
    typed = {"need": CHOICES[0], "place": "", "locale": "en"}
    return {"answer": answer, "typed": typed, "needs": CHOICES, "locales": sorted(services(request).book.locales)}


def _page_number(request: web.Request) -> int:
    typed = request.query.get("page", "1")
    return max(1, int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) <= 4 else 1
