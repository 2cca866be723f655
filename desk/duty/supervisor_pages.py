"""The supervisor's page: the current load, the alarms, and what can be done about them, as plain forms."""

from typing import Any, cast

from aiohttp import web

from bot.handoff import on_duty
from bot.handoff.case_card import Priority
from bot.handoff.handoff import HandoffOutcome
from bot.handoff.waiting_line import TARGETS
from bot.organisation import in_force
from desk.admin.audit_log import ShiftEvent
from desk.alarms.alarms import Alarms
from desk.console.console_pages import actions
from desk.console.conversation_access import NotAllowed
from desk.duty.todays_figures import today
from desk.duty.workload import look
from desk.web import pending_form
from desk.web.handler_tools import form, needs, page, see_other, services, session

_ID = "[0-9a-f]{32}"


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    talks = {"rank": rank, "offer": offer, "queue": queue_again}
    steps = {"end": end_shift, "lift-break": lift_break, "lift-measure": lift_measure}
    return [
        web.get("/load", show),
        web.get("/load/part", part),
        web.post("/load/alarm", alarm),
        *(web.post(f"/load/talk/{{id:{_ID}}}/{name}", act) for name, act in talks.items()),
        *(web.post(f"/load/operator/{{id:{_ID}}}/{name}", act) for name, act in steps.items()),
    ]


@needs("see_load")
async def show(request: web.Request) -> web.Response:
    """Show the load."""
    return page(request, "load/page.html", **await _load(request))


@needs("see_load")
async def part(request: web.Request) -> web.Response:
    """Return the current load for an open page."""
    more = await _load(request)
    html = page(request, "load/now.html", **more).text
    return web.json_response({"html": html, "calling": more["load"].calling})


@needs("lead_shift")
async def alarm(request: web.Request) -> web.Response:
    """Take an alarm on, or end it: a colleague's call is over when somebody says so."""
    fields, given = await form(request), services(request)
    alarms, who = Alarms(given.store, given.clock), session(request).account.id
    found = next((each for each in await alarms.open() if each.id == fields.get("alarm")), None)
    if found is None:
        return await _sorry(request, "over")
    # The others end with their cause: nobody ends the news that they were given roles.
    ends = fields.get("step") == "end" and found.kind == "call"
    await given.accounts.audit.note(who, "alarm_ended" if ends else "alarm_taken_on", found.conversation)
    if ends:
        await alarms.end_call(found, who)
    else:
        await alarms.see(found.id, who)
    return see_other(pending_form.local(fields.get("next", "/load")))


@needs("rank")
async def rank(request: web.Request) -> web.Response:
    """Change the priority of a conversation."""
    priority = (await form(request)).get("priority", "")
    if priority not in TARGETS:
        raise web.HTTPBadRequest
    return await _done(request, "ranked", "rank", cast(Priority, priority))


@needs("take_over")
async def offer(request: web.Request) -> web.Response:
    """Offer one operator's conversation to another, who claims it with a click."""
    to = (await form(request)).get("to", "")
    if not await services(request).accounts.people.get(to):
        raise web.HTTPBadRequest
    return await _done(request, "offered", "offer", to)


@needs("take_over")
async def queue_again(request: web.Request) -> web.Response:
    """Put a conversation back into the queue."""
    return await _done(request, "queued", "queue_again")


@needs("lead_shift")
async def end_shift(request: web.Request) -> web.Response:
    """Take an operator off duty; their conversations return to the queue within seconds, and the people are told."""
    account = await _noted(request, "shift_ended")
    await on_duty.off(services(request).store, account, services(request).clock())
    return see_other("/load", "shift_ended")


@needs("lead_shift")
async def lift_break(request: web.Request) -> web.Response:
    """Lift early an operator's break after a conversation with a life in danger."""
    await services(request).wellbeing.lift_break(await _noted(request, "break_lifted"))
    return see_other("/load", "lifted")


@needs("lead_shift")
async def lift_measure(request: web.Request) -> web.Response:
    """Allow an operator severe conversations beyond the limit of a shift."""
    await services(request).wellbeing.lift_measure(await _noted(request, "measure_lifted"))
    return see_other("/load", "lifted")


async def _load(request: web.Request) -> dict[str, Any]:
    given = services(request)
    load, (most, _) = await look(given), await given.handoffs.limits()
    zone = (await in_force(given.store, given.settings)).time_zone
    figures = await today(given.store, len(load.waiting), load.now, zone, exact=True)
    return {"load": load, "now": load.now, "most": most, "figures": figures, "may_see_small": True}


async def _done(request: web.Request, word: str, act: str, *more: Any) -> web.Response:
    """Act on a conversation, and show what came of it."""
    try:
        done: HandoffOutcome = await getattr(actions(request), act)(
            session(request).account, request.match_info["id"], *more
        )
    except NotAllowed:
        return await _sorry(request, "over")
    if done.done:
        return see_other("/load", word)
    return await _sorry(request, "over" if done.refused in ("gone", "not_yours", "not_waiting") else "can_not")


async def _sorry(request: web.Request, why: str) -> web.Response:
    """Show why it was not done, beside the current load."""
    return page(request, "load/page.html", 409, why=why, **await _load(request))


async def _noted(request: web.Request, what: ShiftEvent) -> str:
    """Write the audit line before the act, and return the account it is about."""
    account = request.match_info["id"]
    if not await services(request).accounts.people.get(account):
        raise web.HTTPNotFound
    await services(request).accounts.audit.note(session(request).account.id, what, account)
    return account
