"""What a steward does with calls: take the next, give them to somebody, and say what one found out."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from aiohttp import web
from aiohttp.typedefs import Handler

from desk.admin.audit_log import DirectoryEvent
from desk.directory.calls import call_assignments
from desk.directory.calls.call_desk import CallDesk, CallFilter, filter_of
from desk.directory.calls.call_pages import call_page, calls_page
from desk.directory.directory_changes import REFUSALS, ChangeOutcome, EntryChange, refusal
from desk.localization.desk_catalogues import gettext
from desk.web.handler_tools import form, needs, see_other, services, session
from resources_directory.calls.call_attempts import AttemptOutcome, note_attempt
from resources_directory.calls.call_list import CallRow, StewardCall
from resources_directory.calls.call_outcomes import chosen, confirmed_by_call
from resources_directory.files.entries_folder import BadEntry
from resources_directory.model.freshness import lacks_second_steward
from resources_directory.stewards.editing import Edit
from resources_directory.stewards.verification import Check, CheckRefused, closed

_LONGEST = 1_000  # letters in a note
_MOST = 500  # calls that are given at once
_Changes = Callable[[list[CallRow]], Awaitable[list[EntryChange]]]


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.post("/directory/calls/next", take_next),
        web.post("/directory/calls/assign", assign),
        web.post("/directory/calls/entry/{id}/take", take),
        web.post("/directory/calls/entry/{id}/give-back", give_back),
        web.post("/directory/calls/entry/{id}/confirmed", confirm),
        web.post("/directory/calls/entry/{id}/gone", gone),
        web.post("/directory/calls/entry/{id}/no-answer", _attempt("no_answer")),
        web.post("/directory/calls/entry/{id}/left-message", _attempt("left_message")),
    ]


@needs("check_directory")
async def take_next(request: web.Request) -> web.Response:
    """Take the best call that can be made now, and show it."""
    typed, desk = await form(request), await CallDesk.of(request)
    country, language = typed.get("country", ""), typed.get("language", "")
    calls, _ = await desk.calls(country)
    for call in desk.next(calls, language):
        await _noted(request, "call_taken", call)
        if await call_assignments.take(desk.work.store, call.key, desk.who):
            return see_other(_path(call))
    return see_other(f"/directory/calls?country={country[:2]}", "no_calls")


@needs("check_directory")
async def assign(request: web.Request) -> web.Response:
    """Give the calls that are ticked to a steward, or free them."""
    typed, desk = await form(request), await CallDesk.of(request)
    wanted = CallFilter(typed.get("country", ""))
    calls, _ = await desk.calls(wanted.country)
    ticked = [call for call in calls if f"call.{call.first.service.id}" in typed][:_MOST]
    name = typed.get("to", "")
    who = await services(request).accounts.people.named(name) if name else None
    if not ticked or (name and (who is None or "steward" not in who.roles)):
        problem = gettext("Tick the calls first.") if not ticked else gettext("Nobody of this name is a steward.")
        return await calls_page(request, desk, wanted if wanted.country else filter_of(request, desk), problem)
    if who:
        await services(request).accounts.audit.note(session(request).account.id, "calls_given_to", who.id)
    await _noted(request, "call_given" if who else "call_given_back", *ticked)
    keys = [call.key for call in ticked]
    if who:
        await call_assignments.assign(desk.work.store, keys, who.name)
    else:
        await call_assignments.give_back(desk.work.store, *keys)
    return see_other(f"/directory/calls?country={wanted.country}", "saved")


@needs("check_directory")
async def take(request: web.Request) -> web.Response:
    """Take one call, also from somebody who has it: they can talk about it."""
    await form(request)
    desk = await CallDesk.of(request)
    call = await desk.about(request.match_info["id"])
    await _noted(request, "call_taken", call)
    await call_assignments.assign(desk.work.store, [call.key], desk.who)
    return see_other(_path(call))


@needs("check_directory")
async def give_back(request: web.Request) -> web.Response:
    """Free one call."""
    await form(request)
    desk = await CallDesk.of(request)
    call = await desk.about(request.match_info["id"])
    await _noted(request, "call_given_back", call)
    await call_assignments.give_back(desk.work.store, call.key)
    return see_other(_list_path(call), "saved")


@needs("check_directory")
async def confirm(request: web.Request) -> web.Response:
    """Note that a call confirmed every entry that is ticked."""
    typed, desk = await form(request), await CallDesk.of(request)
    call, account = await desk.about(request.match_info["id"]), session(request).account
    check = Check(account.name, desk.work.today, on=typed.get("on", "").strip(), note=typed.get("reason", "").strip())

    async def changes(rows: list[CallRow]) -> list[EntryChange]:
        found = []
        for id in (row.service.id for row in rows):
            was_first, alone = await desk.work.was_first(account, id), await desk.work.is_alone(account, id)
            decide = partial(confirmed_by_call, check=check, was_first=was_first, alone=alone)
            found.append(EntryChange(id, decide, typed.get(f"seen.{id}", "-")))
        return found

    return await _changed(request, desk, call, typed, changes)


@needs("check_directory")
async def gone(request: web.Request) -> web.Response:
    """Close every entry that is ticked: the number has ended."""
    typed, desk = await form(request), await CallDesk.of(request)
    call, name = await desk.about(request.match_info["id"]), session(request).account.name

    async def changes(rows: list[CallRow]) -> list[EntryChange]:
        reason = typed.get("reason", "").strip()
        if not reason:
            raise CheckRefused("no_reason")
        decide = partial(closed, by=name, reason=reason)
        ids = (row.service.id for row in rows)
        return [EntryChange(id, decide, typed.get(f"seen.{id}", "-"), dangerous=True) for id in ids]

    return await _changed(request, desk, call, typed, changes)


def _attempt(what: AttemptOutcome) -> Handler:
    """Return the handler for a call that found nothing out."""

    @needs("check_directory")
    async def attempt(request: web.Request) -> web.Response:
        typed, desk = await form(request), await CallDesk.of(request)
        call, who = await desk.about(request.match_info["id"]), session(request).account
        reason = typed.get("reason", "").strip()
        try:
            rows = chosen(call, _ticked(typed))
            _refuse_long(reason)
            ids = [row.service.id for row in rows]
            work = desk.work
            for id in ids:
                await services(request).accounts.audit.note(who.id, "check_directory", id)
            await asyncio.to_thread(note_attempt, ids, Edit(what, who.name, reason), work.folder, work.now)
        except (CheckRefused, BadEntry, OSError) as error:
            return await call_page(request, desk, call, str(error), typed)
        await call_assignments.give_back(desk.work.store, call.key)
        return see_other(_list_path(call), what)

    return attempt


async def _changed(
    request: web.Request, desk: CallDesk, call: StewardCall, typed: Mapping[str, str], changes: _Changes
) -> web.Response:
    """Make the changes of the entries that are ticked, all or none, and lead back to the list."""
    try:
        _refuse_long(typed.get("reason", ""))
        wanted = await changes(chosen(call, _ticked(typed)))
        outcomes = await desk.work.change_together(session(request).account, wanted)
    except REFUSALS as error:
        problem = refusal(error)
        return await call_page(request, await CallDesk.of(request), call, problem, typed)
    await call_assignments.give_back(desk.work.store, call.key)
    return see_other(_list_path(call), _done(outcomes))


async def _noted(request: web.Request, what: DirectoryEvent, *calls: StewardCall) -> None:
    """Note a step with calls, each by the first entry that it checks."""
    for call in calls:
        await services(request).accounts.audit.note(session(request).account.id, what, call.first.service.id)


def _done(outcomes: Sequence[ChangeOutcome]) -> str:
    if any(outcome.why_not_compiled for outcome in outcomes):
        return "held_not_compiled" if all(outcome.held for outcome in outcomes) else "not_compiled"
    waits = any(lacks_second_steward(one.service) and one.service.status == "active" for one in outcomes)
    return "one_more_look" if waits else "saved"


def _ticked(typed: Mapping[str, str]) -> list[str]:
    return [name.removeprefix("row.") for name in typed if name.startswith("row.")]


def _refuse_long(reason: str) -> None:
    if len(reason) > _LONGEST:
        raise CheckRefused("long_reason")


def _path(call: StewardCall) -> str:
    return f"/directory/calls/entry/{call.first.service.id}"


def _list_path(call: StewardCall) -> str:
    return f"/directory/calls?country={call.country}"
