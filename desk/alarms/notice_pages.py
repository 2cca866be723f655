"""The notices on top of every page: the part that a script refetches, and what a caller can do with a call of their own."""

from aiohttp import web

from desk.alarms.alarms import Alarms
from desk.web import pending_form
from desk.web.handler_tools import form, needs, notices_for, page, see_other, services, session


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [web.get("/notices/part", part), web.post("/notices/call", own_call)]


@needs("see_waiting")
async def part(request: web.Request) -> web.Response:
    """Return the current notices for an open page. This does not count as a click."""
    shown = await notices_for(request, request.query.get("page", ""))
    html = page(request, "notices.html", **shown).text
    return web.json_response({"html": html, "marks": shown["notices"].marks})


@needs("claim")
async def own_call(request: web.Request) -> web.Response:
    """Withdraw one's own call for a supervisor, or put away the news that it was looked into."""
    fields, given, who = await form(request), services(request), session(request).account.id
    alarms = Alarms(given.store, given.clock)
    own = [alarm for alarm in await alarms.open() if alarm.kind == "call" and alarm.account == who]
    if fields.get("step") == "withdraw" and own:
        await given.accounts.audit.note(who, "alarm_ended", own[0].conversation)
        await alarms.over(*(alarm.id for alarm in own))
    await alarms.dismiss(who)
    return see_other(pending_form.local(fields.get("next")))
