"""The review of imports on the desk: what is new, what changed, and a steward's yes or no to each row or to all."""

import asyncio
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from desk.directory.directory_changes import EditConflict, EntryChange, NotWritable
from desk.directory.entry_pages import stewarding, told
from desk.web.handler_tools import form, needs, page, see_other, session
from resources_directory.files import change_log
from resources_directory.stewards.editing import UnknownService
from resources_directory.stewards.verification import CheckRefused
from resources_directory.upkeep.import_review import ImportBatch, ImportedRow, ReviewAnswer, batches, reviewed

_SHOWN = 50  # rows at once; accepting or declining the rest takes another click


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [web.get("/directory/imports", list_imports), web.post("/directory/imports", answer)]


@needs("check_directory")
async def list_imports(request: web.Request) -> web.Response:
    """Show what waits for a review."""
    return await _page(request)


@needs("check_directory")
async def answer(request: web.Request) -> web.Response:
    """Accept or decline the rows that are ticked, or all of a batch, all or none."""
    typed, work, who = await form(request), stewarding(request), session(request).account
    try:
        rows = _chosen(await _batches(request), typed)
        said: ReviewAnswer = "accept" if typed.get("answer") == "accept" else "decline"
        changes = []
        for row in rows:
            # Nobody may be given what is declined, if it was given at all.
            was_given = said == "decline" and (await work.entry(row.id)).service.status in ("active", "stale")
            changes.append(EntryChange(row.id, reviewed(row, said, who.name), "", was_given, answers=False))
        outcomes = await work.change_together(who, changes)
    except (CheckRefused, EditConflict, NotWritable, UnknownService) as error:
        return await _page(request, str(error))
    failed = any(outcome.why_not_compiled for outcome in outcomes)
    return see_other("/directory/imports", "not_compiled" if failed else "saved")


def _chosen(found: list[ImportBatch], typed: Mapping[str, str]) -> list[ImportedRow]:
    """Return the rows that are meant; raise CheckRefused."""
    batch = next((one for one in found if typed.get("batch") == _name(one)), None)
    if batch is None or typed.get("answer") not in ("accept", "decline"):
        raise CheckRefused("This import was answered by somebody in the meantime.")
    rows = [row for row in batch.rows if "all" in typed or f"row.{row.id}" in typed]
    if not rows:
        raise CheckRefused("Tick at least one of the rows.")
    return rows


def _name(batch: ImportBatch) -> str:
    return f"{batch.country} {batch.source}"


async def _batches(request: web.Request) -> list[ImportBatch]:
    return batches(await asyncio.to_thread(change_log.read, stewarding(request).folder))


async def _page(request: web.Request, problem: str = "") -> web.Response:
    work = stewarding(request)
    entries = {entry.service.id: entry for entry in await asyncio.to_thread(lambda: list(work.entry_cache.entries()))}
    frame: dict[str, Any] = {
        "batches": [(_name(batch), batch) for batch in await _batches(request)],
        "entries": entries,
        "shown": _SHOWN,
        "told": told,
        "problem": problem,
    }
    return page(request, "upkeep/imports.html", 409 if problem else 200, **frame)
