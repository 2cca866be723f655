"""The operator's page: who waits, their own conversations, one of them open with its card, and what helps to answer it.

All of it is rendered here, and works as plain forms; a script refetches the parts that have changed.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast, get_args

from aiohttp import web

from bot.phrases.phrases import SOURCE
from desk.auth.people import QueueView
from desk.auth.roles import may_with
from desk.console import canned_replies
from desk.console.conversation_access import NotAllowed, Talk, gap, hindrance, in_view, queue, standing
from desk.console.conversation_actions import TalkActions
from desk.console.open_conversation import account_names, conversations, note_reading, opened_talk, view
from desk.translation.incoming import english
from desk.translation.translator import NotTranslated
from desk.web import pending_form
from desk.web.change_tokens import DeskSnapshot, for_page, look
from desk.web.handler_tools import form, needs, page, see_other, services, session

_OTHERS = ("joined", "others")
_PARTS = {
    "queue": "console/queue.html",
    "lines": "console/lines.html",
    "card": "console/card.html",
    "language": "console/language.html",
    "company": "console/company.html",
}


def routes() -> list[web.RouteDef]:
    """Return the routes of these pages; the actions on them are in console_actions."""
    return [
        web.get("/desk", front),
        web.post("/desk/view", change_view),
        web.get("/desk/talk/{id:[0-9a-f]{32}}", talk),
        web.get("/desk/part/{part:queue|lines|card|language|company}", part),
        web.get("/desk/part/english", in_english),
    ]


@needs("see_waiting")
async def front(request: web.Request) -> web.Response:
    """Show who waits."""
    return await shown(request)


@needs("see_waiting")
async def change_view(request: web.Request) -> web.Response:
    """Choose whom of the queue one sees; it stays so until it is changed."""
    fields, who = await form(request), session(request).account.id
    if fields.get("view") not in get_args(QueueView):
        raise web.HTTPBadRequest
    view = cast(QueueView, fields["view"])
    await services(request).accounts.people.change(who, lambda now: now.with_(view=view))
    return see_other(pending_form.local(fields.get("next", "/desk")))


@needs("see_waiting")
async def talk(request: web.Request) -> web.Response:
    """Show one conversation beside the queue."""
    return await shown(request, request.match_info["id"])


@needs("see_waiting")
async def part(request: web.Request) -> web.Response:
    """Return one part of the page to the script that keeps it fresh. This does not count as a click."""
    name, id_ = request.match_info["part"], request.query.get("talk", "")
    opened, seen, marks = await _read(request, "" if name == "queue" else id_)
    context = await _queue(request, seen, id_) if name == "queue" else opened
    if context is None:
        return web.json_response({"error": "over"}, status=404)
    mark = marks["queue"] if name == "queue" else marks["talks"].get(id_, {}).get(name, "")
    return web.json_response({"html": page(request, _PARTS[name], **context).text, "mark": mark})


@needs("see_waiting")
async def in_english(request: web.Request) -> web.Response:
    """Return a machine translation of what a person wrote into English, where the organisation runs a translator."""
    url = services(request).settings.translate_url
    try:
        opened = await opened_talk(request, request.query.get("talk", ""))
        found = await english(url, opened.lines) if url else {}
    except NotAllowed:
        return web.json_response({"error": "over"}, status=404)
    except NotTranslated:
        return web.json_response({"error": "away"}, status=502)
    return web.json_response({"lines": found})


async def shown(request: web.Request, id_: str = "", status: int = 200, **more: Any) -> web.Response:
    """Render the whole page; a conversation the account may not read, or no longer, is reported as over."""
    context, seen, marks = await _read(request, id_)
    await note_reading(request, id_ if context else "")
    if id_ and context is None:
        more, status = {"refused": "over", **more}, max(status, 404)
    frame = await _queue(request, seen, id_ if context else "")
    rest = {
        "refused": "",
        "by": "",
        "found": None,
        "armed": False,
        "proposal": None,
        "untranslated": "",
        "skip": request.query.get("skip", ""),
        **more,
    }
    return page(
        request, "console/page.html", status, **{**frame, "talk": None, **(context or {}), "marks": marks, **rest}
    )


def actions(request: web.Request) -> TalkActions:
    """Return the actions on conversations."""
    given = services(request)
    return TalkActions(
        given.store,
        given.handoffs,
        conversations(request),
        given.accounts.audit,
        given.notifier,
        given.book,
        given.clock,
    )


def opening(request: web.Request, opened: Talk) -> str:
    """Return an operator's opening words, to be reviewed and sent."""
    to = (opened.locale, opened.handoff.channel)
    return canned_replies.opening(services(request).book, session(request).account.alias, opened.case.wants, to)


def phrases(request: web.Request) -> Callable[[str], str]:
    """Return a function that renders a phrase without arguments in English, for those who work here."""
    return lambda name: services(request).book.render(name, {}, SOURCE)


async def _read(request: web.Request, id_: str) -> tuple[Mapping[str, Any] | None, DeskSnapshot, dict[str, Any]]:
    """Read a conversation, if one is asked for, then the queue, with change tokens that match what was read."""
    before = await _look(request)
    opened = await view(request, id_) if id_ else None
    after = await _look(request) if id_ else before
    return opened, after, for_page(before, after, session(request).account, id_)


async def _queue(request: web.Request, seen: DeskSnapshot, open_: str) -> dict[str, Any]:
    account, given, names = session(request).account, services(request), await account_names(request)
    in_order = sorted(seen.desk.handoffs, key=lambda each: (each.priority, each.since))
    stands = [(each, standing(each, account.id)) for each in in_order]
    most, _ = await given.handoffs.limits()
    wellness = await given.wellbeing.of(account.id)
    line = queue(account, seen.desk, seen.skills, seen.at)
    hindrances = {each.id: hindrance(account, each, seen.desk, most, seen.at) for each in line}
    return {
        "now": seen.at,
        "queue": [each for each in line if in_view(account, each, seen.at)],
        "waiting": len(line),
        "views": [view for view in get_args(QueueView) if view != "languages" or account.languages],
        "gaps": {each.id: gap(account, each, seen.skills, seen.at) for each in in_order},
        "hindrances": hindrances,
        # A break that runs has a notice of its own.
        "hindered": sorted({*hindrances.values()} - {"", "break" if wellness.break_left else ""}),
        "own": [each for each, how in stands if how == "own"],
        "ended_in_danger": any(how == "own" and each.ending and each.priority == "P0" for each, how in stands),
        "others": [each for each, how in stands if how in _OTHERS and may_with(account.roles, "read", how)],
        "unseen": {id_: marks.unseen for id_, marks in seen.marks.items()},
        "names": names,
        "open": open_,
        "wellness": wellness,
    }


async def _look(request: web.Request) -> DeskSnapshot:
    given = services(request)
    return await look(given.store, given.handoffs, given.clock)
