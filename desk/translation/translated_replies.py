"""Two clicks between what an operator writes in their language and what a person reads in theirs: translate, then send.

Between the two nothing is kept: the page holds the proposal, with a proof that it is what the translator gave.
"""

import hmac
import json
import secrets
from typing import Any

from aiohttp import web

from bot.phrases.phrases import SOURCE, Phrasebook
from desk.console import canned_replies
from desk.console.console_actions import on_conversation
from desk.console.console_pages import actions, shown
from desk.console.conversation_access import NotAllowed, Talk
from desk.console.notes import Notes
from desk.console.open_conversation import conversations, opened_talk
from desk.translation.outgoing import NotProposed, Proposal, check_moment, check_text, propose
from desk.web.handler_tools import form, page, see_other, services, session, wants_page

_KEPT = 8_000  # letters of a draft


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    acts = {"translate": translate, "write-translated": write_translated}
    return [web.post(f"/desk/talk/{{id:[0-9a-f]{{32}}}}/{name}", on_conversation(act)) for name, act in acts.items()]


async def translate(request: web.Request, id_: str) -> web.StreamResponse:
    """Show what the translator makes of a reply, and of its own translation. Nothing is sent."""
    fields, talk = await form(request), await _writable(request, id_)
    text = fields.get("text", "").strip()
    await Notes(services(request).store).keep_draft(id_, text[:_KEPT], talk.standing)
    if not text:
        return see_other(f"/desk/talk/{id_}")
    try:
        proposal = await _proposed(request, talk, text, fields.get("source", SOURCE))
    except NotProposed as refused:
        return await _not_now(request, id_, refused)
    context: dict[str, Any] = {"proposal": proposal, "proof": _proof(request, id_, proposal.original, proposal.shown)}
    if wants_page(request):
        return await shown(request, id_, **context)
    parts: dict[str, Any] = {"talk": talk, "once": secrets.token_hex(8), **context}
    return web.json_response({"html": page(request, "translation/proposal.html", **parts).text})


async def write_translated(request: web.Request, id_: str) -> web.StreamResponse:
    """Send a translation that its operator has reviewed, unless a crisis or a hush has come in between."""
    fields, talk = await form(request), await _writable(request, id_)
    original, text = fields.get("original", ""), fields.get("translation", "")
    # Browsers send line ends as two characters.
    original, text = (each.replace("\r\n", "\n") for each in (original, text))
    try:
        check_moment(talk)
        if not hmac.compare_digest(_proof(request, id_, original, text), fields.get("proof", "")):
            raise NotProposed("changed")
    except NotProposed as refused:
        return await _not_now(request, id_, refused)
    once = fields.get("once") or secrets.token_hex(8)
    outcome = await actions(request).write(session(request).account, id_, text, once, original)
    if outcome not in ("said", "repeated"):
        raise NotAllowed
    # What was written on since then stays.
    if talk.draft.strip() == original:
        await Notes(services(request).store).keep_draft(id_, "", talk.standing)
    return see_other(f"/desk/talk/{id_}") if wants_page(request) else web.json_response({})


async def _proposed(request: web.Request, talk: Talk, text: str, source: str) -> Proposal:
    given = services(request)
    if not given.settings.translate_url:
        raise NotProposed("away")
    check_moment(talk)
    check_text(text, _ready(given.book, talk))
    if source not in (SOURCE, *session(request).account.languages):
        raise web.HTTPBadRequest
    return await propose(given.settings.translate_url, text, source, talk, given.book)


async def _writable(request: web.Request, id_: str) -> Talk:
    """Read a conversation in which the account may write; raises NotAllowed."""
    who = session(request).account
    await conversations(request).allowed(who, "write", id_)
    return await opened_talk(request, id_)


async def _not_now(request: web.Request, id_: str, refused: NotProposed) -> web.StreamResponse:
    if wants_page(request):
        return await shown(request, id_, 502 if refused.why in ("away", "garbage") else 409, untranslated=refused.why)
    words = page(request, "translation/refused.html", untranslated=refused.why).text
    return web.json_response({"refused": refused.why, "html": words})


def _proof(request: web.Request, id_: str, original: str, text: str) -> str:
    """Return the proof that the translator made this text of that one, for this account in this conversation."""
    what = json.dumps([id_, session(request).account.id, original, text])
    return services(request).store.vault.keyed("translated reply", what)


def _ready(book: Phrasebook, talk: Talk) -> set[str]:
    """Return the English of the ready-made replies, which need no machine."""
    found = canned_replies.groups(book, talk.locale, talk.handoff.channel)
    return {each.english for group in found for each in group.ready if each.english}
