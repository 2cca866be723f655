"""The pages of accounts, seen by administrators and supervisors; administrators invite, change roles and disable."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from aiohttp import web

from bot.handoff import on_duty
from bot.messaging import blocks
from desk.auth.people import Account
from desk.auth.roles import ROLES, Role
from desk.web.handler_tools import (
    chosen_languages,
    form,
    form_page,
    invitation_link,
    needs,
    page,
    reaches,
    see_other,
    services,
    session,
)
from desk.web.refusals import Refused


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.get("/people", show),
        web.post("/people", invite),
        web.get("/people/{account:[0-9a-f]{32}}", show_one),
        web.post("/people/{account:[0-9a-f]{32}}/roles", give_roles),
        web.post("/people/{account:[0-9a-f]{32}}/confirm", confirm_roles),
        web.post("/people/{account:[0-9a-f]{32}}/languages", say_languages),
        web.post("/people/{account:[0-9a-f]{32}}/link", new_link),
        web.post("/people/{account:[0-9a-f]{32}}/disable", disable),
    ]


@needs("see_people")
async def show(request: web.Request) -> web.Response:
    """Show all accounts."""
    return await _everybody(request)


@needs("see_people")
async def show_one(request: web.Request) -> web.Response:
    """Show one account."""
    return await _one(request, await _account(request))


@needs("invite")
async def invite(request: web.Request) -> web.Response:
    """Create an account and show its link, this once."""
    name = (await form(request)).get("name", "")
    try:
        return await _linked(request, name, await _chosen(request))
    except Refused as refused:
        return await _everybody(request, refused, name)


@needs("invite")
async def new_link(request: web.Request) -> web.Response:
    """Create a new link for somebody who has not joined yet, or was disabled and comes back."""
    account = await _account(request)
    try:
        return await _linked(request, account.name, account.asked or account.roles)
    except Refused as refused:
        return await _one(request, account, refused)


@needs("invite")
async def give_roles(request: web.Request) -> web.Response:
    """Change somebody's roles."""
    account = await _account(request)
    try:
        changed = await services(request).accounts.give_roles(
            account, await _chosen(request), session(request).account.id
        )
    except Refused as refused:
        return await _one(request, account, refused)
    return see_other(f"/people/{account.id}", "roles_asked" if changed.asked else "roles_changed")


@needs("invite")
async def confirm_roles(request: web.Request) -> web.Response:
    """Confirm roles that another administrator asked for."""
    account = await _account(request)
    try:
        await services(request).accounts.grants.confirm(account, await _chosen(request), session(request).account.id)
    except Refused as refused:
        return await _one(request, await _account(request), refused)
    return see_other(f"/people/{account.id}", "roles_changed")


@needs("invite")
async def say_languages(request: web.Request) -> web.Response:
    """Save the languages somebody works in, as they told an administrator."""
    account, chosen = await _account(request), chosen_languages(await form(request))
    await services(request).accounts.say_languages(account.id, chosen, session(request).account.id)
    return see_other(f"/people/{account.id}", "saved")


@needs("disable")
async def disable(request: web.Request) -> web.Response:
    """Disable an account at once."""
    account = await _account(request)
    try:
        await services(request).accounts.disable(account.name, session(request).account.id)
    except Refused as refused:
        return await _one(request, account, refused)
    return see_other(f"/people/{account.id}", "disabled")


async def _everybody(request: web.Request, refused: Refused | None = None, name: str = "") -> web.Response:
    people = await services(request).accounts.people.all()
    # Accounts in use come first; a disabled account is listed only so its lines in the log have a name.
    people.sort(key=lambda account: account.state == "disabled")
    standing = {account.id: await _standing(request, account) for account in people}
    more = {"people": people, "standing": standing, "may_invite": reaches(request, ("invite",)), "name": name}
    blocked = await _blocks(request, people)
    return form_page(request, "people.html", refused, roles=ROLES, **more, **blocked)


async def _blocks(request: web.Request, people: list[Account]) -> dict[str, Any]:
    found = await blocks.in_force(services(request).store)
    return {
        "blocks": found,
        "names": {each.id: each.name for each in people},
        "at": partial(datetime.fromtimestamp, tz=UTC),
    }


async def _one(request: web.Request, account: Account, refused: Refused | None = None) -> web.Response:
    asked_by = await services(request).accounts.people.get(account.asked_by) if account.asked_by else None
    more = {"account": account, "standing": await _standing(request, account), "asked_by": asked_by}
    may = {"may_invite": reaches(request, ("invite",)), "may_disable": reaches(request, ("disable",))}
    return form_page(request, "person.html", refused, roles=ROLES, **more, **may)


async def _linked(request: web.Request, name: str, roles: tuple[Role, ...]) -> web.Response:
    token = await services(request).accounts.invitations.invite(name, roles, session(request).account.id)
    waits = bool((await services(request).accounts.invitations.look(token)).asked)
    return page(request, "invited.html", name=name, link=invitation_link(request, token), waits=waits)


async def _account(request: web.Request) -> Account:
    account = await services(request).accounts.people.get(request.match_info["account"])
    if account is None:
        raise web.HTTPNotFound
    return account


async def _chosen(request: web.Request) -> tuple[Role, ...]:
    fields = await form(request)
    return tuple(role for role in ROLES if f"role_{role}" in fields)


async def _standing(request: web.Request, account: Account) -> on_duty.DutyState:
    return await on_duty.standing(services(request).store, account.id, services(request).clock())
