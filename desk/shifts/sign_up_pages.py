"""Signing up for shifts and giving them to a colleague, confirmed by a supervisor where that is set; and days without shifts."""

from datetime import date
from functools import partial

from aiohttp import web

from desk.admin.audit_log import ShiftEvent
from desk.duty.duty_pages import duty_of, shown
from desk.duty.holidays import Holidays
from desk.shifts.shift_places import ShiftPlaces, ShiftRefused
from desk.web.handler_tools import form, needs, see_other, services, session

_SHIFT = "/duty/{shift:[0-9a-f]{32}}"


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.post(f"{_SHIFT}/sign-up", sign_up),
        web.post(f"{_SHIFT}/offer", offer),
        web.post(f"{_SHIFT}/keep", keep),
        web.post(f"{_SHIFT}/withdraw", withdraw),
        web.post(f"{_SHIFT}/answer", answer),
        web.post("/duty/holidays", holidays),
    ]


@needs("claim")
async def sign_up(request: web.Request) -> web.Response:
    """Take an open place, or a colleague's shift that is offered."""
    done: ShiftEvent = "shift_asked" if services(request).settings.confirm_shifts else "shift_taken"
    try:
        await (await _places(request, done)).take(*_asked(request), services(request).clock())
    except ShiftRefused as refused:
        return await _sorry(request, refused)
    return see_other("/duty", done)


@needs("claim")
async def offer(request: web.Request) -> web.Response:
    """Look for a colleague who takes one's own shift."""
    try:
        day = date.fromisoformat((await form(request)).get("day", ""))
        await (await _places(request, "shift_offered")).offer(*_asked(request), day)
    except ValueError:
        raise web.HTTPBadRequest from None
    except ShiftRefused as refused:
        return await _sorry(request, refused)
    return see_other("/duty", "shift_offered")


@needs("claim")
async def keep(request: web.Request) -> web.Response:
    """Look no longer for a colleague."""
    try:
        await (await _places(request, "shift_kept")).keep(*_asked(request))
    except ShiftRefused as refused:
        return await _sorry(request, refused)
    return see_other("/duty", "saved")


@needs("claim")
async def withdraw(request: web.Request) -> web.Response:
    """No longer want a shift that nobody has confirmed yet."""
    try:
        await (await _places(request, "shift_withdrawn")).withdraw(*_asked(request))
    except ShiftRefused as refused:
        return await _sorry(request, refused)
    return see_other("/duty", "saved")


@needs("lead_shift")
async def answer(request: web.Request) -> web.Response:
    """Confirm whoever has asked for a shift, or say no."""
    fields, shift = await form(request), request.match_info["shift"]
    account, yes = fields.get("account", ""), fields.get("step") == "confirm"
    places = await _places(request, "shift_confirmed" if yes else "shift_refused")
    try:
        await (places.confirm if yes else places.withdraw)(shift, account)
    except ShiftRefused as refused:
        return await _sorry(request, refused)
    return see_other("/duty", "shift_confirmed" if yes else "saved")


@needs("lead_shift")
async def holidays(request: web.Request) -> web.Response:
    """Add or remove a day without shifts; the hours that people are told follow at once."""
    fields, given = await form(request), services(request)
    try:
        day = date.fromisoformat(fields.get("day", ""))
    except ValueError:
        return await shown(request, "", 422, why="bad_day")
    removes = fields.get("step") == "remove"
    await _noted(request, "holiday_removed" if removes else "holiday_set")
    if removes:
        await Holidays(given.store).remove(day)
    else:
        await Holidays(given.store).add(day, fields.get("name", ""))
    await (await duty_of(request)).publish()
    return see_other("/duty", "saved")


async def _places(request: web.Request, what: ShiftEvent) -> ShiftPlaces:
    """Return the steps; the one that is taken is noted as `what`, with the shift."""
    noted = partial(_noted, request, what, request.match_info["shift"])
    return ShiftPlaces(await duty_of(request), services(request).settings.confirm_shifts, noted)


def _asked(request: web.Request) -> tuple[str, str]:
    return request.match_info["shift"], session(request).account.id


async def _noted(request: web.Request, what: ShiftEvent, shift: str = "") -> None:
    await services(request).accounts.audit.note(session(request).account.id, what, shift)


async def _sorry(request: web.Request, refused: ShiftRefused) -> web.Response:
    return await shown(request, "", 409, why=refused.why)
