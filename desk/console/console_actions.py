"""The actions on the operator's page: each is a form, so it works without scripts, in several tabs and on a phone."""

import secrets
from typing import Any, cast, get_args

from aiohttp import web

from bot.handoff.case_card import Priority
from bot.handoff.handoff import HandoffOutcome
from bot.handoff.pending_end import MOST_TAGS, NOT_STATED, BadOutcome
from bot.handoff.retention_hold import HoldReason
from bot.handoff.waiting_line import TARGETS
from bot.messaging.typing_state import set_typing
from desk.auth.roles import Standing
from desk.console.console_pages import actions, opening, phrases, shown
from desk.console.conversation_access import NotAllowed, standing
from desk.console.directory_results import ResultReader
from desk.console.directory_search import CHOICES, SearchWishes, search
from desk.console.notes import Notes
from desk.console.open_conversation import account_names, conversations, opened_talk
from desk.localization.desk_formats import country
from desk.web.handler_tools import form, needs, page, see_other, services, session, wants_page

_LONGEST = 4_000  # letters in one message


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    acts = {
        "claim": claim, "join": join, "leave": leave, "take-over": take_over, "release": release, "close": close,
        "keep-open": keep_open, "offer": offer, "queue": queue_again, "rank": rank, "hold": hold, "call": call, "block": block,
        "note": note, "write": write, "draft": draft, "add": add, "find": find, "safe-again": safe_again,
    }  # fmt: skip
    return [web.post(f"/desk/talk/{{id:[0-9a-f]{{32}}}}/{name}", on_conversation(act)) for name, act in acts.items()]


def on_conversation(act: Any) -> Any:
    """Answer somebody who may not do this, or no longer, with the page as it is now."""

    @needs("see_waiting")
    async def handler(request: web.Request) -> web.StreamResponse:
        given, id_ = services(request), request.match_info["id"]
        # Refused to all but its operator: under their hands it does not return to the queue.
        await given.handoffs.attend(id_, session(request).account.id, given.clock())
        try:
            return cast(web.StreamResponse, await act(request, id_))
        except NotAllowed:
            if not wants_page(request):
                return web.json_response({"error": "over"}, status=404)
            return await shown(request, status=404, refused="over")

    return handler


async def claim(request: web.Request, id_: str) -> web.StreamResponse:
    """Claim a conversation; the opening words are ready to be sent. If it is refused, what was open stays open."""
    done = await actions(request).claim(session(request).account, id_)
    if done.done:
        await _prepare(request, id_)
        return await _after(request, done, id_)
    return await _after(request, done, id_, await _open_beside(request))


async def join(request: web.Request, id_: str) -> web.StreamResponse:
    """Join a conversation beside its operator; refused where the person could not be told of it."""
    who = session(request).account
    await conversations(request).allowed(who, "join", id_)
    if await conversations(request).quiet(id_):
        return await shown(request, id_, 409, refused="quiet_join")
    done = await actions(request).join(who, id_)
    return see_other(f"/desk/talk/{id_}") if done.done else await shown(request, id_, 409, refused=done.refused)


async def leave(request: web.Request, id_: str) -> web.StreamResponse:
    """Leave a conversation joined earlier."""
    await actions(request).leave(session(request).account, id_)
    return see_other(f"/desk/talk/{id_}")


async def take_over(request: web.Request, id_: str) -> web.StreamResponse:
    """Take a conversation over from its operator."""
    return await _after(request, await actions(request).take_over(session(request).account, id_), id_)


async def release(request: web.Request, id_: str) -> web.StreamResponse:
    """Hand a conversation back to the bot, with the person's consent."""
    if not (await form(request)).get("agreed"):
        return await shown(request, id_, 409, refused="not_agreed")
    return await _after(request, await actions(request).release(session(request).account, id_))


async def close(request: web.Request, id_: str) -> web.StreamResponse:
    """End a conversation, in some seconds; the page says so, and has the button that undoes it."""
    fields = await form(request)
    tags = tuple(name.removeprefix("tag_") for name in fields if name.startswith("tag_"))
    if len(tags) > MOST_TAGS:
        return await shown(request, id_, 409, refused="many_tags")
    try:
        done = await actions(request).close(session(request).account, id_, fields.get("outcome") or NOT_STATED, tags)
    except BadOutcome:
        raise web.HTTPBadRequest from None
    return await _after(request, done)


async def keep_open(request: web.Request, id_: str) -> web.StreamResponse:
    """Undo an end."""
    return await _after(request, await actions(request).keep_open(session(request).account, id_), id_)


async def offer(request: web.Request, id_: str) -> web.StreamResponse:
    """Offer a conversation to a colleague; to nobody: withdraw the offer."""
    who = session(request).account
    to = (await form(request)).get("to", "") or (await conversations(request).allowed(who, "transfer", id_)).operator
    return await _after(request, await actions(request).offer(who, id_, to), id_)


async def queue_again(request: web.Request, id_: str) -> web.StreamResponse:
    """Put a conversation back into the queue."""
    return await _after(request, await actions(request).queue_again(session(request).account, id_))


async def rank(request: web.Request, id_: str) -> web.StreamResponse:
    """Change the priority of a conversation."""
    priority = (await form(request)).get("priority", "")
    if priority not in TARGETS:
        raise web.HTTPBadRequest
    done = await actions(request).rank(session(request).account, id_, cast(Priority, priority))
    return await _after(request, done, id_)


async def hold(request: web.Request, id_: str) -> web.StreamResponse:
    """Keep a conversation longer."""
    why = (await form(request)).get("why", "")
    if why not in get_args(HoldReason):
        raise web.HTTPBadRequest
    await actions(request).hold(session(request).account, id_, cast(HoldReason, why))
    return _back(request, id_)


async def call(request: web.Request, id_: str) -> web.StreamResponse:
    """Call a supervisor with one click: the alarm names the caller and the conversation, and nothing of its content."""
    given, who = services(request), session(request).account
    await conversations(request).allowed(who, "read", id_)
    await given.accounts.audit.note(who.id, "supervisor_called", id_)
    await given.wellbeing.call_supervisor(who.id, id_)
    return _back(request, id_, "called")


async def block(request: web.Request, id_: str) -> web.StreamResponse:
    """End an abusive conversation."""
    return await _after(request, await actions(request).block(session(request).account, id_))


async def note(request: web.Request, id_: str) -> web.StreamResponse:
    """Add a note to a conversation."""
    await actions(request).note(session(request).account, id_, (await form(request)).get("text", ""))
    return _back(request, id_)


async def write(request: web.Request, id_: str) -> web.StreamResponse:
    """Send what an operator has written. Where somebody else may hold the phone, it takes a second confirmation."""
    fields, who = await form(request), session(request).account
    text = fields.get("text", "").strip()
    if not text:
        return _back(request, id_)
    stands = await _writing(request, id_)
    if len(text) > _LONGEST:
        await _keep(request, id_, text, stands)
        return await _kept(request, id_, "too_long")
    if await conversations(request).quiet(id_) and fields.get("sure") != "yes":
        await _keep(request, id_, text, stands)
        return await _kept(request, id_, "quiet")
    outcome = await actions(request).write(who, id_, text, fields.get("once") or secrets.token_hex(8))
    if outcome not in ("said", "repeated"):
        raise NotAllowed
    await _keep(request, id_, "", stands)
    return _back(request, id_)


async def safe_again(request: web.Request, id_: str) -> web.StreamResponse:
    """End the quiet. The page shows whether that was done: the band is gone, or still there."""
    await actions(request).safe_again(session(request).account, id_)
    return _back(request, id_)


async def draft(request: web.Request, id_: str) -> web.StreamResponse:
    """Save the draft, and let the person see that somebody is typing."""
    fields, stands = await form(request), await _writing(request, id_)
    text = fields.get("text", "")[: 2 * _LONGEST]
    await _keep(request, id_, text, stands)
    if text.strip() and fields.get("typing") == "yes" and not await conversations(request).quiet(id_):
        await set_typing(services(request).store, id_, "operator")
    return web.json_response({})


async def add(request: web.Request, id_: str) -> web.StreamResponse:
    """Append a canned reply to the draft, where no script does it in the page."""
    fields, stands = await form(request), await _writing(request, id_)
    text = "\n\n".join(part for part in (fields.get("text", "").strip(), fields.get("add", "")) if part)
    await _keep(request, id_, text[: 2 * _LONGEST], stands)
    return _back(request, id_)


async def find(request: web.Request, id_: str) -> web.StreamResponse:
    """Search the directory for this person. The place goes into no URL: it is something they said."""
    fields, opened = await form(request), await opened_talk(request, id_)
    need = fields.get("need", "")
    if need not in CHOICES:
        raise web.HTTPBadRequest
    to = ResultReader(opened.locale, opened.handoff.channel, opened.record.country)
    found = await search(services(request), need, fields.get("place", ""), to, SearchWishes.of(opened.record))
    asked: dict[str, Any] = {
        "found": found,
        "country": country,
        "phrase": phrases(request),
        "need": need,
        "place": fields.get("place", ""),
    }
    if not wants_page(request):
        return web.json_response({"html": page(request, "console/directory_results.html", **asked).text})
    if fields.get("text"):
        await _keep(request, id_, fields["text"], opened.standing)
    return await shown(request, id_, **asked)


async def _prepare(request: web.Request, id_: str) -> None:
    opened = await opened_talk(request, id_)
    if not opened.quiet and not opened.draft and not any(line.by for line in opened.lines):
        await _keep(request, id_, opening(request, opened), "own")


async def _writing(request: web.Request, id_: str) -> Standing:
    """Return how a conversation relates to whoever writes in it; raises NotAllowed."""
    who = session(request).account
    return standing(await conversations(request).allowed(who, "write", id_), who.id)


async def _keep(request: web.Request, id_: str, text: str, stands: Standing) -> None:
    await Notes(services(request).store).keep_draft(id_, text, stands)


async def _open_beside(request: web.Request) -> str:
    """Return the conversation that was open beside the queue, if it can still be read."""
    id_ = (await form(request)).get("open", "")
    try:
        await conversations(request).allowed(session(request).account, "read", id_)
    except NotAllowed:
        return ""
    return id_


async def _after(request: web.Request, done: HandoffOutcome, stay: str = "", beside: str = "") -> web.StreamResponse:
    """Redirect, or say why it was not done; whoever lost a claim learns who has it."""
    if done.done:
        return see_other(f"/desk/talk/{stay}" if stay else "/desk")
    by = (await account_names(request)).get(done.operator, "") if done.operator else ""
    still_open = stay if done.operator == session(request).account.id else beside
    return await shown(request, still_open, 409, refused=done.refused, by=by)


async def _kept(request: web.Request, id_: str, refused: str) -> web.StreamResponse:
    if not wants_page(request):
        return web.json_response({"error": refused}, status=409)
    return await shown(request, id_, 409, refused=refused, armed=refused == "quiet")


def _back(request: web.Request, id_: str, done: str = "") -> web.StreamResponse:
    return see_other(f"/desk/talk/{id_}", done) if wants_page(request) else web.json_response({})
