"""Swapping shifts on the page: ask a colleague, say yes or no, take it back; and a supervisor's yes where that is set."""

from aiohttp import web

from desk.admin.audit_log import ShiftEvent
from desk.duty.duty_pages import duty_of, shown
from desk.shifts.shift_places import ShiftRefused
from desk.shifts.shift_swaps import ShiftDay, ShiftSwaps, SwapProposal
from desk.web.handler_tools import form, needs, see_other, services, session

_SWAP = "/duty/swaps/{swap:[0-9a-f]{32}}"


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.post("/duty/swaps", ask),
        web.post(f"{_SWAP}/accept", accept),
        web.post(f"{_SWAP}/end", end),
        web.post(f"{_SWAP}/answer", answer),
    ]


@needs("claim")
async def ask(request: web.Request) -> web.Response:
    """Ask a colleague to swap shifts."""
    fields, who = await form(request), session(request).account.id
    try:
        gives, takes = (ShiftDay.of(fields.get(name, "")) for name in ("gives", "takes"))
        await (await _swaps(request, "swap_asked")).ask(who, gives, takes, services(request).clock())
    except ValueError:
        raise web.HTTPBadRequest from None
    except ShiftRefused as refused:
        return await shown(request, "", 409, why=refused.why)
    return see_other("/duty", "swap_asked")


@needs("claim")
async def accept(request: web.Request) -> web.Response:
    """Say yes to a colleague who asks."""
    swap, who, now = request.match_info["swap"], session(request).account.id, services(request).clock()
    what: ShiftEvent = "swap_agreed" if services(request).settings.confirm_shifts else "shifts_swapped"
    try:
        done = await (await _swaps(request, what)).accept(swap, who, now)
    except ShiftRefused as refused:
        return await shown(request, "", 409, why=refused.why)
    return see_other("/duty", "shifts_swapped" if done else "swap_agreed")


@needs("claim")
async def end(request: web.Request) -> web.Response:
    """Say no to a colleague, or ask no longer."""
    try:
        await (await _swaps(request, "swap_ended")).end(request.match_info["swap"], session(request).account.id)
    except ShiftRefused as refused:
        return await shown(request, "", 409, why=refused.why)
    return see_other("/duty", "saved")


@needs("lead_shift")
async def answer(request: web.Request) -> web.Response:
    """Confirm a swap that two have agreed on, or say no."""
    yes, swap = (await form(request)).get("step") == "confirm", request.match_info["swap"]
    swaps = await _swaps(request, "shifts_swapped" if yes else "swap_refused")
    try:
        await (swaps.confirm(swap, services(request).clock()) if yes else swaps.end(swap))
    except ShiftRefused as refused:
        return await shown(request, "", 409, why=refused.why)
    return see_other("/duty", "shifts_swapped" if yes else "saved")


async def _swaps(request: web.Request, what: ShiftEvent) -> ShiftSwaps:
    """Return the steps; the one that is taken is noted as `what`, with the shift that was asked for."""
    given, who = services(request), session(request).account.id

    async def noted(found: SwapProposal) -> None:
        await given.accounts.audit.note(who, what, found.takes.shift)

    return ShiftSwaps(given.store, await duty_of(request), given.settings.confirm_shifts, noted)
