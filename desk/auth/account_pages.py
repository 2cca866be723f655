"""The page of one's own account: password, recovery codes, languages, alias, and how the pages look and sound."""

from typing import Any, get_args

from aiohttp import web

from bot.crypto.push_key import push_key
from desk.auth import cookie
from desk.auth.auth_routes import source
from desk.auth.people import Account, Appearance, Preferences
from desk.localization.desk_languages import known
from desk.notifications.push_subscriptions import PushSubscriptions
from desk.web.handler_tools import (
    chosen_languages,
    form,
    form_page,
    invitation_link,
    page,
    see_other,
    services,
    session,
)
from desk.web.refusals import Refused


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.get("/you", show),
        web.post("/you/wishes", change_wishes),
        web.post("/you/desk-language", change_desk_language),
        web.post("/you/languages", say_languages),
        web.post("/you/alias", draw_alias),
        web.post("/you/administration", part_administration),
        web.post("/you/password", change_password),
        web.post("/you/recovery-codes", renew_recovery_codes),
    ]


async def show(request: web.Request) -> web.Response:
    """Show the account."""
    return page(request, "you.html", **await _own(request))


async def _own(request: web.Request) -> dict[str, Any]:
    """Return what the page shows beside the account itself."""
    given = services(request)
    if not given.settings.push_services:
        return {"push_key": "", "devices": 0}
    own = await PushSubscriptions(given.store, given.settings.push_services).of(session(request).account.id)
    return {"push_key": push_key(given.store.vault).public, "devices": len(own)}


async def change_wishes(request: web.Request) -> web.Response:
    """Save how somebody wants the pages to look and sound."""
    fields = await form(request)
    if fields.get("look") not in get_args(Appearance):
        raise web.HTTPBadRequest
    boxes = {box: box in fields for box in ("sound", "flash", "blur")}
    await _wish(request, {"look": fields["look"], **boxes})
    return see_other("/you", "saved")


async def change_desk_language(request: web.Request) -> web.Response:
    """Save the language in which the desk itself speaks to somebody."""
    tag = (await form(request)).get("language", "")
    if tag and not known(tag):
        raise web.HTTPBadRequest
    await _wish(request, {"language": tag})
    return see_other("/you", "saved")


async def _wish(request: web.Request, changes: dict[str, Any]) -> None:
    def changed(now: Account) -> Account:
        return now.with_(wishes=Preferences.model_validate(now.wishes.model_dump() | changes))

    await services(request).accounts.people.change(session(request).account.id, changed)


async def say_languages(request: web.Request) -> web.Response:
    """Save the languages somebody works in."""
    who = session(request).account.id
    await services(request).accounts.say_languages(who, chosen_languages(await form(request)), who)
    return see_other("/you", "saved")


async def draw_alias(request: web.Request) -> web.Response:
    """Draw another alias, for somebody whose alias is their own name or one they dislike."""
    accounts, who = services(request).accounts, session(request).account.id
    await accounts.audit.note(who, "alias_changed")
    await accounts.people.draw_alias(who)
    return see_other("/you", "saved")


async def part_administration(request: web.Request) -> web.Response:
    """Make an account to administer with, for somebody whose account once did that as well: once."""
    who, accounts = session(request).account, services(request).accounts
    if not who.parted:
        raise web.HTTPForbidden
    name = (await form(request)).get("name", "")
    try:
        token = await accounts.invitations.invite(name, ("administrator",), who.id)
    except Refused as refused:
        return form_page(request, "you.html", refused, **await _own(request))
    await accounts.people.change(who.id, lambda now: now.with_(parted=False))
    waits = bool((await accounts.invitations.look(token)).asked)
    return page(request, "invited.html", name=name, link=invitation_link(request, token), waits=waits)


async def change_password(request: web.Request) -> web.Response:
    """Set a new password; sessions that the old one began elsewhere end."""
    fields = await form(request)
    old, new = fields.get("old_password", ""), fields.get("new_password", "")
    signing = services(request).accounts.sign_in
    try:
        token = await signing.change_password(session(request).account, old, new, source(request))
    except Refused as refused:
        return form_page(request, "you.html", refused, **await _own(request))
    response = see_other("/you", "password_changed")
    cookie.give(request, response, token)
    return response


async def renew_recovery_codes(request: web.Request) -> web.Response:
    """Replace the recovery codes, and show the new ones this once."""
    fields = await form(request)
    password, code = fields.get("password", ""), fields.get("code", "")
    signing = services(request).accounts.sign_in
    try:
        codes = await signing.new_recovery_codes(session(request).account, password, code, source(request))
    except Refused as refused:
        return form_page(request, "you.html", refused, **await _own(request))
    return page(request, "recovery_codes.html", codes=codes, onward="/you")
