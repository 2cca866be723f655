"""The operator's page: who waits, their own conversations, one of them open with its card, and what helps to answer it.

All of it is rendered here, and works as plain forms; a script refetches the parts that have changed.
"""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from bot.handoff.waiting_line import Handoff
from bot.phrases.phrases import SOURCE, direction
from bot.text.number_spans import with_numbers
from desk.auth.people import Account
from desk.auth.roles import ConversationAction, may_with
from desk.console import canned_replies, translation
from desk.console.case_card_view import Card, country
from desk.console.conversation_access import Conversations, NotAllowed, Talk, gap, queue, standing, when
from desk.console.conversation_actions import TalkActions
from desk.console.directory_search import CHOICES, place_of
from desk.web.change_tokens import DeskSnapshot, for_page, look
from desk.web.handler_tools import needs, page, services, session

_OTHERS = ("joined", "others")
_PARTS = {
    "queue": "console/queue.html",
    "lines": "console/lines.html",
    "card": "console/card.html",
    "language": "console/language.html",
}


def routes() -> list[web.RouteDef]:
    """Return the routes of these pages; the actions on them are in console_actions."""
    return [
        web.get("/desk", front),
        web.get("/desk/talk/{id:[0-9a-f]{32}}", talk),
        web.get("/desk/part/{part:queue|lines|card|language}", part),
        web.get("/desk/part/english", in_english),
    ]


@needs("see_waiting")
async def front(request: web.Request) -> web.Response:
    """Show who waits."""
    return await shown(request)


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
        found = await translation.english(url, opened.lines) if url else {}
    except NotAllowed:
        return web.json_response({"error": "over"}, status=404)
    except translation.NotTranslated:
        return web.json_response({"error": "away"}, status=502)
    return web.json_response({"lines": found})


async def shown(request: web.Request, id_: str = "", status: int = 200, **more: Any) -> web.Response:
    """Render the whole page; a conversation the account may not read, or no longer, is reported as over."""
    context, seen, marks = await _read(request, id_)
    if id_ and context is None:
        more, status = {"refused": "over", **more}, max(status, 404)
    frame = await _queue(request, seen, id_ if context else "")
    rest = {"refused": "", "by": "", "found": None, "armed": False, "skip": request.query.get("skip", ""), **more}
    return page(
        request, "console/page.html", status, **{**frame, "talk": None, **(context or {}), "marks": marks, **rest}
    )


def conversations(request: web.Request) -> Conversations:
    """Return the reader of conversations."""
    given = services(request)
    return Conversations(given.store, given.handoffs, given.clock)


async def opened_talk(request: web.Request, id_: str) -> Talk:
    """Read a conversation as the signed-in account may; raises NotAllowed."""
    who = session(request)
    return await conversations(request).open(who.account, id_, who.id)


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
    opened = await _opened(request, id_) if id_ else None
    after = await _look(request) if id_ else before
    return opened, after, for_page(before, after, session(request).account, id_)


async def _queue(request: web.Request, seen: DeskSnapshot, open_: str) -> dict[str, Any]:
    account, given, names = session(request).account, services(request), await account_names(request)
    in_time = sorted(seen.desk.handoffs, key=lambda each: each.since)
    stands = [(each, standing(each, account.id)) for each in in_time]
    return {
        "now": seen.at,
        "queue": queue(account, seen.desk, seen.skills, seen.at),
        "gaps": {each.id: gap(account, each, seen.skills, seen.at) for each in in_time},
        "own": [each for each, how in stands if how == "own"],
        "others": [each for each, how in stands if how in _OTHERS and may_with(account.roles, "read", how)],
        "unseen": {id_: marks.unseen for id_, marks in seen.marks.items()},
        "names": names,
        "open": open_,
        "wellness": await given.wellbeing.of(account.id),
    }


async def _look(request: web.Request) -> DeskSnapshot:
    given = services(request)
    return await look(given.store, given.handoffs, given.clock)


async def _opened(request: web.Request, id_: str) -> Mapping[str, Any] | None:
    account = session(request).account
    try:
        opened = await opened_talk(request, id_)
    except NotAllowed:
        return None
    if opened.standing == "own" and opened.lines:
        await conversations(request).seen(id_, opened.lines[-1].id)
    skills = await conversations(request).skills()
    return {
        "now": services(request).clock(),
        "talk": opened,
        "once": secrets.token_hex(8),
        "card": Card.of(opened.case),
        "may": _may(account, opened.handoff, opened.standing),
        "names": await account_names(request),
        "beside": await services(request).accounts.people.get(opened.handoff.joined) if opened.handoff.joined else None,
        "colleagues": await _colleagues(request, opened.handoff),
        "ready": canned_replies.groups(services(request).book, opened.locale, opened.handoff.channel),
        "gloss": lambda line: canned_replies.gloss(services(request).book, line, opened.handoff.channel),
        "place": place_of(services(request), opened.record) or country(opened.record.country),
        "needs": CHOICES,
        "direction": direction(opened.locale),
        "gap": skills.gap(account, opened.locale) if opened.standing == "own" else None,
        "machine": bool(services(request).settings.translate_url),
        "country": country,
        "numbers": with_numbers,
        "when": when,
    }


def _may(account: Account, handoff: Handoff, stands: Any) -> dict[str, bool]:
    asked: tuple[ConversationAction, ...] = (
        "write", "note", "release", "transfer", "close", "block", "join", "leave",
        "take_over", "rank", "hold", "safe_again",
    )  # fmt: skip
    allowed: dict[str, bool] = {action: may_with(account.roles, action, stands) for action in asked}
    # Nobody takes over what they already have, and what waits is claimed.
    others = handoff.operator not in ("", account.id)
    return {
        **allowed,
        "take_over": allowed["take_over"] and others,
        "join": allowed["join"] and others and not handoff.joined,
        "leave": stands == "joined" and allowed["leave"],
    }


async def _colleagues(request: web.Request, handoff: Handoff) -> list[Account]:
    """Return who could take it: on duty, not paused, and not its operator already."""
    seen = await conversations(request).desk()
    free = [each.id for each in seen.operators if not each.paused and each.id != handoff.operator]
    return await services(request).accounts.people.some(free)


async def account_names(request: web.Request) -> dict[str, str]:
    """Return the names of those who have a conversation, have joined one, or are offered one."""
    seen, people = await conversations(request).desk(), services(request).accounts.people
    ids = {id_ for each in seen.handoffs for id_ in (each.operator, each.offered, each.joined) if id_}
    found = {id_: await people.get(id_) for id_ in ids}
    return {id_: account.name if account else "" for id_, account in found.items()}
