"""The notes from one shift to the next: whoever answers people reads and writes them."""

from typing import Any

from aiohttp import web

from bot.crypto.identity import new_id
from desk.auth.roles import may
from desk.shifts.handover_notes import KEPT, LONGEST, HandoverNotes, NotForAShift
from desk.web import pending_form
from desk.web.handler_tools import form, needs, page, see_other, services, session

_NOTE = "{note:[0-9a-f]{32}}"


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.get("/handover", show),
        web.post("/handover", write),
        web.post(f"/handover/{_NOTE}/read", read),
        web.post(f"/handover/{_NOTE}/remove", remove),
    ]


@needs("claim")
async def show(request: web.Request) -> web.Response:
    """Show the notes, and the form for one more."""
    return await _shown(request)


@needs("claim")
async def write(request: web.Request) -> web.Response:
    """Add a note; one that is refused stays in the form."""
    text, who = (await form(request)).get("text", ""), session(request).account.id
    try:
        await _notes(request).check(text)  # before the line in the log
        await services(request).accounts.audit.note(who, "handover_written", id_ := new_id())
        await _notes(request).add(who, text, id_)
    except NotForAShift as refused:
        return await _shown(request, 422, why=str(refused), typed=text)
    return see_other("/handover", "handover_written")


@needs("claim")
async def read(request: web.Request) -> web.Response:
    """Note that somebody has read a note: it is shown to them no more."""
    who, id_, notes = session(request).account.id, request.match_info["note"], _notes(request)
    if id_ in {note.id for note in await notes.unread(who)}:
        await services(request).accounts.audit.note(who, "handover_read", id_)
        await notes.read(id_, who)
    return see_other(pending_form.local((await form(request)).get("next", "/handover")))


@needs("claim")
async def remove(request: web.Request) -> web.Response:
    """Remove a note: its author can, and a supervisor."""
    who, notes = session(request).account, _notes(request)
    found = next((each for each in await notes.all() if each.id == request.match_info["note"]), None)
    if found is None:
        raise web.HTTPNotFound
    if found.by != who.id and not may(who.roles, "lead_shift"):
        raise web.HTTPForbidden
    await services(request).accounts.audit.note(who.id, "handover_removed", found.id)
    await notes.remove(found.id)
    return see_other("/handover", "handover_removed")


async def _shown(request: web.Request, status: int = 200, **more: Any) -> web.Response:
    notes, given = await _notes(request).all(), services(request)
    ids = {id_ for note in notes for id_ in (note.by, *note.read_by)}
    names = {account.id: account.name for account in await given.accounts.people.some(ids)}
    frame = {
        "notes": notes,
        "names": names,
        "now": given.clock(),
        "leads": may(session(request).account.roles, "lead_shift"),
        "kept": KEPT,
        "longest": LONGEST,
        "typed": "",
    }
    return page(request, "shifts/handover.html", status, **{**frame, **more})


def _notes(request: web.Request) -> HandoverNotes:
    return HandoverNotes(services(request).store, services(request).clock)
