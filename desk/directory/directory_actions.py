"""What a steward does with an entry: confirm, correct, suspend, close, reopen or add it.

Every refusal is a sentence on the page where the form was filled in, with everything that was typed.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from desk.console.directory_search import finder_of
from desk.directory.directory_changes import REFUSALS, ChangeOutcome, EntryChange, NotWritable, mark, refusal
from desk.directory.entry_pages import entry_page, stewarding
from desk.web.handler_tools import form, needs, page, see_other, services, session
from resources_directory.model.freshness import lacks_second_steward
from resources_directory.model.hsds import Service
from resources_directory.places.country_names import country_names
from resources_directory.stewards import entry_form
from resources_directory.stewards.corrections import Revision, revised
from resources_directory.stewards.editing import Edit, UnknownService
from resources_directory.stewards.entry_form import facts, gathered, shown
from resources_directory.stewards.new_entry import new_service
from resources_directory.stewards.verification import CheckRefused, closed, reopened, suspended

_LONGEST = 1_000  # letters in a reason, the same for every change


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.post("/directory/entry/{id}/checked", still_true),
        web.post("/directory/entry/{id}/suspend", _status_change(suspended)),
        web.post("/directory/entry/{id}/close", _status_change(closed)),
        web.post("/directory/entry/{id}/reopen", _status_change(reopened)),
        web.get("/directory/entry/{id}/edit", show_form),
        web.post("/directory/entry/{id}/edit", correct),
        web.get("/directory/new", show_new),
        web.post("/directory/new", add),
        web.post("/directory/compile", compile_again),
    ]


@needs("check_directory")
async def still_true(request: web.Request) -> web.Response:
    """Record that somebody called the service, or read its live page, and found the entry correct."""
    typed = await form(request)
    who, id = session(request).account, request.match_info["id"]
    look = stewarding(request).look(who, id, typed.get("seen", ""), typed.get("on", "").strip(), _reason(typed))
    return await _answered(request, look, typed)


def _status_change(edit: Callable[[Service, str, str], Edit]) -> Handler:
    """Return the handler that changes the status of an entry, for a reason."""

    @needs("check_directory")
    async def change(request: web.Request) -> web.Response:
        typed, who = await form(request), session(request).account

        def decide(before: Service) -> Edit:
            return edit(before, who.name, _wanted_reason(typed))

        wanted = EntryChange(request.match_info["id"], decide, typed.get("seen", ""), dangerous=True)
        return await _answered(request, stewarding(request).change(who, wanted), typed)

    return change


@needs("check_directory")
async def show_form(request: web.Request) -> web.Response:
    """Show an entry as a form."""
    try:
        entry = await stewarding(request).entry(request.match_info["id"])
    except UnknownService:
        raise web.HTTPNotFound from None
    return _edit_page(request, entry.service, shown(entry.service))


@needs("check_directory")
async def correct(request: web.Request) -> web.Response:
    """Accept corrections of an entry."""
    typed, work, who = await form(request), stewarding(request), session(request).account
    try:
        entry = await work.entry(request.match_info["id"])
        given = _whole(typed)
        changed = facts(given, entry.service, entry.country)
        alone = await work.is_alone(who, entry.service.id)
        revision = Revision(who.name, work.today, "looked" in typed, _reason(typed), alone)
        dangerous = "phones" in changed
        seen = typed.get("seen", "") or "-"
        wanted = EntryChange(
            entry.service.id, lambda now: revised(now, changed, revision), seen, dangerous, revision.looked
        )
        outcome = await work.change(who, wanted)
    except UnknownService:
        raise web.HTTPNotFound from None
    except REFUSALS as error:
        now = await work.entry(request.match_info["id"])
        return _edit_page(request, now.service, gathered(typed), refusal(error), typed)
    return _led(outcome, "corrected")


@needs("check_directory")
async def show_new(request: web.Request) -> web.Response:
    """Show an empty form."""
    return _new_page(request, shown(None), {})


@needs("check_directory")
async def add(request: web.Request) -> web.Response:
    """Accept a new entry."""
    typed, work, who = await form(request), stewarding(request), session(request).account
    try:
        new = new_service(typed, _whole(typed), finder_of(services(request).directory_file), (who.name, work.today))
        outcome = await work.add(who, new)
    except (CheckRefused, NotWritable) as error:
        return _new_page(request, gathered(typed), typed, refusal(error))
    return _led(outcome, "added")


@needs("check_directory")
async def compile_again(request: web.Request) -> web.Response:
    """Recompile the directory, so people are answered from what the files say now."""
    await services(request).accounts.audit.note(session(request).account.id, "compile_directory")
    failed = await stewarding(request).compile()
    return see_other("/directory", "not_compiled" if failed else "compiled")


async def _answered(request: web.Request, act: Awaitable[ChangeOutcome], typed: Mapping[str, str]) -> web.Response:
    try:
        outcome = await act
    except UnknownService:
        raise web.HTTPNotFound from None
    except REFUSALS as error:
        held = isinstance(error, NotWritable) and error.held
        more = {"problem": refusal(error), "typed": typed, "held_instead": held}
        return await entry_page(request, request.match_info["id"], 409, **more)
    return _led(outcome, "saved")


def _led(outcome: ChangeOutcome, done: str) -> web.Response:
    if outcome.why_not_compiled:
        done = "held_not_compiled" if outcome.held else "not_compiled"
    elif lacks_second_steward(outcome.service) and outcome.service.status == "active":
        done = "one_more_look"
    return see_other(f"/directory/entry/{outcome.service.id}", done)


def _whole(typed: Mapping[str, str]) -> entry_form.Given:
    # A form cut off in transit would look as if somebody had emptied the rest of it.
    if "end" not in typed:
        raise CheckRefused("cut_off")
    return gathered(typed)


def _reason(typed: Mapping[str, str]) -> str:
    reason = typed.get("reason", "").strip()
    if len(reason) > _LONGEST:
        raise CheckRefused("long_reason")
    return reason


def _wanted_reason(typed: Mapping[str, str]) -> str:
    if not _reason(typed):
        raise CheckRefused("no_reason")
    return _reason(typed)


def _edit_page(
    request: web.Request, service: Service, fields: entry_form.Given, problem: str = "", typed: Any = None
) -> web.Response:
    seen = (typed or {}).get("seen", "") if problem and problem != "overtaken" else mark(service)
    more = {"service": service, "fields": fields, "rows": entry_form.rows(fields), "problem": problem, "seen": seen}
    return page(
        request, "directory_edit.html", 409 if problem else 200, typed=typed or {}, **more, **entry_form.CHOICES
    )


def _new_page(request: web.Request, fields: entry_form.Given, typed: Any, problem: str = "") -> web.Response:
    more = {"fields": fields, "rows": entry_form.rows(fields), "problem": problem, "typed": typed}
    more["all_countries"] = list(country_names())
    return page(request, "directory_new.html", 409 if problem else 200, **more, **entry_form.CHOICES)
