"""What organisations ask for: the links that stewards send them, and old and new side by side, to accept or to decline."""

import asyncio
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.reporting import change_requests
from bot.reporting.change_requests import ChangeRequest
from desk.directory.directory_changes import REFUSALS, EntryChange, mark, refusal
from desk.directory.entry_pages import stewarding
from desk.web.handler_tools import form, needs, page, see_other, services, session
from resources_directory.model.freshness import lacks_second_steward
from resources_directory.stewards.corrections import Revision, revised
from resources_directory.stewards.editing import UnknownService
from resources_directory.stewards.verification import closed
from resources_directory.upkeep.asked_changes import asked_facts, facts_of_organisation

_ASKED = "Asked for by the organisation."


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.get("/directory/requests", list_requests),
        web.get("/directory/requests/{id}", show_request),
        web.post("/directory/requests/{id}/accept", accept),
        web.post("/directory/requests/{id}/decline", decline),
        web.post("/directory/entry/{id}/link", make_link),
        web.post("/directory/entry/{id}/revoke-link", revoke_link),
    ]


@needs("check_directory")
async def list_requests(request: web.Request) -> web.Response:
    """Show what waits for an answer, the oldest first."""
    work = stewarding(request)
    found = [one async for one in change_requests.requests(work.store)]
    entries = {entry.service.id: entry for entry in await asyncio.to_thread(lambda: list(work.entry_cache.entries()))}
    found.sort(key=lambda one: one.when)
    rows = [(one, entries.get(one.service)) for one in found]
    return page(request, "upkeep/requests.html", rows=rows, on=_links_are_on(request))


@needs("check_directory")
async def show_request(request: web.Request) -> web.Response:
    """Show old and new side by side."""
    return await _page(request, await _request(request))


@needs("check_directory")
async def accept(request: web.Request) -> web.Response:
    """Take over what an organisation asks for, as a correction by this steward."""
    typed, work, who = await form(request), stewarding(request), session(request).account
    asked = await _request(request)
    looked = "looked" in typed
    if typed.get("asked") != change_requests.mark(asked):
        return await _page(request, asked, "asked_anew")
    try:
        entry = await work.entry(asked.service)
        if asked.ended:
            wanted = EntryChange(
                asked.service, lambda now: closed(now, who.name, _ASKED), typed.get("seen", "-"), dangerous=True
            )
        else:
            fields = asked_facts(asked.wanted, entry.service, entry.country)
            revision = Revision(who.name, work.today, looked, _ASKED, await work.is_alone(who, asked.service))
            dangerous = "phones" in fields
            wanted = EntryChange(
                asked.service, lambda now: revised(now, fields, revision), typed.get("seen", "-"), dangerous, looked
            )
        outcome = await work.change(who, wanted)
    except UnknownService:
        raise web.HTTPNotFound from None
    except REFUSALS as error:
        return await _page(request, asked, refusal(error))
    await change_requests.answered(work.store, asked)
    waits = lacks_second_steward(outcome.service) and outcome.service.status == "active"
    done = "not_compiled" if outcome.why_not_compiled else "one_more_look" if waits else "corrected"
    return see_other(f"/directory/entry/{asked.service}", done)


@needs("check_directory")
async def decline(request: web.Request) -> web.Response:
    """Forget what an organisation asked for; its link ends too."""
    typed, asked, work = await form(request), await _request(request), stewarding(request)
    if typed.get("asked") != change_requests.mark(asked):
        return await _page(request, asked, "asked_anew")
    await services(request).accounts.audit.note(session(request).account.id, "check_directory", asked.service)
    if not await change_requests.answered(work.store, asked):
        return await _page(request, await _request(request), "asked_anew")
    return see_other("/directory/requests", "saved")


@needs("check_directory")
async def make_link(request: web.Request) -> web.Response:
    """Make a link for an organisation, and show it once."""
    await form(request)
    work, who = stewarding(request), session(request).account
    if not _links_are_on(request):
        raise web.HTTPNotFound
    try:
        service = (await work.entry(request.match_info["id"])).service
    except UnknownService:
        raise web.HTTPNotFound from None
    await services(request).accounts.audit.note(who.id, "check_directory", service.id)
    facts = facts_of_organisation(service)
    token = await change_requests.create(work.store, (service.id, service.name, facts), who.id, work.clock())
    link = f"{services(request).settings.public_url}/update/{token}"
    return page(request, "upkeep/link.html", service=service, link=link)


@needs("check_directory")
async def revoke_link(request: web.Request) -> web.Response:
    """End the link of an entry."""
    await form(request)
    id = request.match_info["id"]
    try:
        await stewarding(request).entry(id)
    except UnknownService:
        raise web.HTTPNotFound from None
    await services(request).accounts.audit.note(session(request).account.id, "check_directory", id)
    await change_requests.revoke(stewarding(request).store, id)
    return see_other(f"/directory/entry/{id}", "saved")


def _links_are_on(request: web.Request) -> bool:
    settings = services(request).settings
    return settings.organisation_links and bool(settings.public_url)


async def _request(request: web.Request) -> ChangeRequest:
    found = await change_requests.request_for(stewarding(request).store, request.match_info["id"])
    if found is None:
        raise web.HTTPNotFound
    return found


async def _page(request: web.Request, asked: ChangeRequest, problem: str = "") -> web.Response:
    try:
        entry = await stewarding(request).entry(asked.service)
    except UnknownService:
        raise web.HTTPNotFound from None
    now: Mapping[str, str] = facts_of_organisation(entry.service)
    rows = [(name, now.get(name, ""), asked.wanted[name]) for name in asked.wanted if name != "note"]
    marks = {"mark": mark(entry.service), "asked_mark": change_requests.mark(asked)}
    frame: dict[str, Any] = {"entry": entry, "asked": asked, "rows": rows, **marks}
    return page(request, "upkeep/request.html", 409 if problem else 200, problem=problem, **frame)
