"""The open conversation, for whoever may read it: all that its part of the operator's page shows."""

import secrets
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.handoff.pending_end import MOST_TAGS, OUTCOMES, TAGS, UNDO
from bot.handoff.waiting_line import Handoff
from bot.messaging.message import UNREAD
from bot.phrases.phrases import direction
from bot.text.number_spans import with_numbers
from desk.auth.people import Account
from desk.auth.roles import ConversationAction, may_with
from desk.console import canned_replies, readers
from desk.console.case_card_view import Card
from desk.console.conversation_access import Conversations, NotAllowed, Talk, standing, when
from desk.console.directory_search import CHOICES, place_of
from desk.localization.desk_formats import country
from desk.transcript import line_groups
from desk.transcript.picked_choices import picked
from desk.web.handler_tools import services, session

_ANSWERS = 4  # picked choices on the case card: the last ones


def conversations(request: web.Request) -> Conversations:
    """Return the reader of conversations."""
    given = services(request)
    return Conversations(given.store, given.handoffs, given.clock)


async def opened_talk(request: web.Request, id_: str) -> Talk:
    """Read a conversation as the signed-in account may; raises NotAllowed."""
    who = session(request)
    return await conversations(request).open(who.account, id_, who.id)


async def account_names(request: web.Request) -> dict[str, str]:
    """Return the names of those who have a conversation, have joined one, or are offered one."""
    seen, people = await conversations(request).desk(), services(request).accounts.people
    ids = {id_ for each in seen.handoffs for id_ in _named(each) if id_}
    found = {id_: await people.get(id_) for id_ in ids}
    return {id_: account.name if account else "" for id_, account in found.items()}


async def note_reading(request: web.Request, id_: str) -> None:
    """Note that somebody has a colleague's conversation open, or none: its operator sees who reads along."""
    given, account = services(request), session(request).account
    try:
        handoff = await conversations(request).allowed(account, "read", id_) if id_ else None
    except NotAllowed:
        handoff = None
    along = handoff is not None and standing(handoff, account.id) == "others"
    await readers.note(given.store, account.id, id_ if along else "", given.clock())


async def view(request: web.Request, id_: str) -> Mapping[str, Any] | None:
    """Return what the page shows of a conversation; None if the account may not read it, or no longer."""
    account = session(request).account
    try:
        found = await opened_talk(request, id_)
    except NotAllowed:
        return None
    if found.standing == "own" and found.lines:
        await conversations(request).seen(id_, found.lines[-1].id)
    skills = await conversations(request).skills()
    choices = picked(found.lines, found.locale, services(request).book)
    return {
        "now": services(request).clock(),
        "page_open": found.delivery.page_open(services(request).clock()),
        "readers": await _readers(request, id_),
        "talk": found,
        "once": secrets.token_hex(8),
        "card": Card.of(found.case),
        "groups": line_groups.groups(found.lines),
        "picked": choices,
        "answers": [(line, choices[line.id]) for line in found.lines if line.id in choices][-_ANSWERS:],
        "people": await _by_alias(request),
        "unread": UNREAD,
        "may": _may(account, found.handoff, found.standing),
        "names": await account_names(request),
        "beside": await services(request).accounts.people.get(found.handoff.joined) if found.handoff.joined else None,
        "colleagues": await _colleagues(request, found.handoff),
        "ready": canned_replies.groups(services(request).book, found.locale, found.handoff.channel),
        "gloss": lambda line: canned_replies.gloss(services(request).book, line, found.handoff.channel),
        "place": place_of(services(request), found.record) or country(found.record.country),
        "needs": CHOICES,
        "outcomes": OUTCOMES,
        "tags": TAGS,
        "most_tags": MOST_TAGS,
        "undo": UNDO,
        "direction": direction(found.locale),
        "gap": skills.gap(account, found.locale) if found.standing == "own" else None,
        "machine": bool(services(request).settings.translate_url),
        "written_in": [tag for tag in dict.fromkeys(("en", *account.languages)) if tag != found.locale],
        "country": country,
        "numbers": with_numbers,
        "when": when,
    }


def _may(account: Account, handoff: Handoff, stands: Any) -> dict[str, bool]:
    asked: tuple[ConversationAction, ...] = (
        "write", "note", "release", "transfer", "close", "keep_open", "block", "join", "leave",
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


async def _readers(request: web.Request, id_: str) -> list[str]:
    """Return the names of the others who read along."""
    given = services(request)
    found = (await readers.of_all(given.store, given.clock())).get(id_, frozenset()) - {session(request).account.id}
    return [account.name for account in await given.accounts.people.some(found)]


async def _by_alias(request: web.Request) -> dict[str, str]:
    """Return the names of the desk by alias: colleagues see names, people who write see aliases."""
    return {each.alias: each.name for each in await services(request).accounts.people.all()}


def _named(handoff: Handoff) -> tuple[str, ...]:
    return handoff.operator, handoff.offered, handoff.joined, handoff.ending.by if handoff.ending else ""
