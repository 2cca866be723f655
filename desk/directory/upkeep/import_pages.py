"""The review of imports on the desk: what is new, changed or gone from the feed, and a steward's answer to each row or to all."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, get_args

from aiohttp import web

from desk.directory.directory_changes import REFUSALS, EntryChange, refusal
from desk.directory.entry_pages import stewarding, told
from desk.web.handler_tools import form, needs, page, see_other, session
from resources_directory.files import change_log
from resources_directory.stewards.editing import UnknownService
from resources_directory.stewards.verification import CheckRefused
from resources_directory.upkeep.import_review import (
    GoneAnswer,
    ImportBatch,
    ReviewAnswer,
    ReviewedRow,
    asked_about,
    batches,
    reviewed,
)

_SHOWN = 50  # rows at once; accepting or declining the rest takes another click
_GONE: tuple[GoneAnswer, ...] = get_args(GoneAnswer)
_RowDecisions = Callable[[ImportBatch], Awaitable[list[EntryChange]]]


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.get("/directory/imports", list_imports),
        web.post("/directory/imports", answer),
        web.post("/directory/imports/gone", answer_gone),
    ]


@needs("check_directory")
async def list_imports(request: web.Request) -> web.Response:
    """Show what waits for a review."""
    return await _page(request)


@needs("check_directory")
async def answer(request: web.Request) -> web.Response:
    """Accept or decline the rows that are ticked, or all of a batch, all or none."""
    typed, who = await form(request), session(request).account.name

    async def changes(batch: ImportBatch) -> list[EntryChange]:
        said: ReviewAnswer = "accept" if typed.get("answer") == "accept" else "decline"
        # Nobody may be given what is declined, if it was given at all.
        return [
            EntryChange(
                row.id, reviewed(row, said, who), "", said == "decline" and await _is_given(request, row.id), False
            )
            for row in _ticked(batch.rows, typed)
        ]

    return await _answered(request, typed, ("accept", "decline"), changes)


@needs("check_directory")
async def answer_gone(request: web.Request) -> web.Response:
    """Put entries that are no longer in their feed on the call list, take them out of service, or leave them."""
    typed, who = await form(request), session(request).account.name

    async def changes(batch: ImportBatch) -> list[EntryChange]:
        said: GoneAnswer = next(one for one in _GONE if one == typed["answer"])
        out = said in ("suspend", "close")
        return [
            EntryChange(
                row.id, asked_about(row, said, who, batch.source), "", out and await _is_given(request, row.id), out
            )
            for row in _ticked(batch.gone, typed)
        ]

    return await _answered(request, typed, _GONE, changes)


async def _answered(
    request: web.Request, typed: Mapping[str, str], answers: tuple[str, ...], changes: _RowDecisions
) -> web.Response:
    work = stewarding(request)
    try:
        batch = next((one for one in await _batches(request) if typed.get("batch") == _name(one)), None)
        if batch is None or typed.get("answer") not in answers:
            raise CheckRefused("This import was answered by somebody in the meantime.")
        outcomes = await work.change_together(session(request).account, await changes(batch))
    except (*REFUSALS, UnknownService) as error:
        return await _page(request, refusal(error))
    failed = any(outcome.why_not_compiled for outcome in outcomes)
    return see_other("/directory/imports", "not_compiled" if failed else "saved")


def _ticked(rows: Sequence[ReviewedRow], typed: Mapping[str, str]) -> list[ReviewedRow]:
    """Return the rows that are meant; raise CheckRefused."""
    found = [row for row in rows if "all" in typed or f"row.{row.id}" in typed]
    if not found:
        raise CheckRefused("Tick at least one of the rows.")
    return found


async def _is_given(request: web.Request, id: str) -> bool:
    return (await stewarding(request).entry(id)).service.status in ("active", "stale")


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
