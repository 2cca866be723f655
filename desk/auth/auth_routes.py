"""The routes for signing in and out, the front page, the session, and being on duty."""

import re
from dataclasses import replace
from ipaddress import IPv4Address, IPv6Address, ip_address

from aiohttp import web

from bot.handoff import on_duty
from desk.accounts import Accounts
from desk.auth import cookie
from desk.auth.roles import answers_people
from desk.auth.sessions import Session
from desk.auth.sign_in import Attempt
from desk.console.open_conversation import note_reading
from desk.duty.debrief import had_severe_talks
from desk.localization.desk_languages import known, speak
from desk.notifications.push_subscriptions import note_visible, remove_all
from desk.web import pending_form
from desk.web.handler_tools import form, navigation, needs, page, see_other, services, session, wants_page
from desk.web.refusals import Refused

_CONVERSATION = re.compile("[0-9a-f]{32}")
_STEPS = {"here": on_duty.here, "pause": on_duty.pause, "resume": on_duty.resume, "off": on_duty.off}


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.get("/", home),
        web.get("/sign-in", show),
        web.post("/sign-in", sign_in),
        web.post("/sign-out", sign_out),
        web.get("/session", state),
        web.post("/still-here", still_here),
        web.post("/on-duty", change_duty),
        web.get("/healthz", healthz),
    ]


async def healthz(_: web.Request) -> web.Response:
    """Answer a health check."""
    return web.Response(text="ok\n")


async def home(request: web.Request) -> web.Response:
    """Redirect to the first page that the account may open."""
    return see_other(next(iter(navigation(request)), "/you"))


async def show(request: web.Request) -> web.Response:
    """Show the sign-in form."""
    return page(request, "sign_in.html", next=pending_form.local(request.query.get("next")), kept="")


async def sign_in(request: web.Request) -> web.Response:
    """Sign somebody in, and take them back to what they were doing."""
    fields = await form(request)
    onward = pending_form.local(fields.get("next"))
    name, password, code = (fields.get(field, "") for field in ("name", "password", "code"))
    accounts = services(request).accounts
    try:
        token, begun = await _signed_in(accounts, Attempt(name, password, code, source(request)))
    except Refused as refused:
        return _refused(request, refused, next=onward, kept=fields.get("kept", ""), name=name)
    await accounts.sessions.end(cookie.token(request))
    begun = await _in_language(accounts, begun, request.query.get("lang", ""))
    if answers_people(begun.account.roles):
        await on_duty.here(services(request).store, begun.account.id, services(request).clock())
    typed = pending_form.opened(fields, services(request).store.vault, begun.account.id)
    response = _begun(request, begun, typed, onward)
    cookie.give(request, response, token)
    return response


async def _signed_in(accounts: Accounts, attempt: Attempt) -> tuple[str, Session]:
    token = await accounts.sign_in.begin(attempt)
    begun = await accounts.sessions.find(token)
    if begun is None:
        raise Refused("wrong")  # disabled at this very moment
    return token, begun


async def _in_language(accounts: Accounts, begun: Session, picked: str) -> Session:
    """Keep a language that was picked on the sign-in page, and speak the one of the account."""
    account, tag = begun.account, known(picked)
    if tag and tag != account.wishes.language:
        wishes = account.wishes.model_copy(update={"language": tag})
        account = await accounts.people.change(account.id, lambda now: now.with_(wishes=wishes))
    if account.wishes.language:
        speak(account.wishes.language)
    return replace(begun, account=account)


def _begun(request: web.Request, begun: Session, typed: pending_form.PendingForm | None, onward: str) -> web.Response:
    if not wants_page(request):
        return web.json_response({"account": begun.account.id, "form_token": begun.form_token})
    if typed is None:
        return see_other(onward)
    return page(request, "signed_in_again.html", pending=typed, form_token=begun.form_token)


def _refused(request: web.Request, refused: Refused, **more: object) -> web.Response:
    status = 429 if refused.why == "too_many" else 403
    if not wants_page(request):
        return web.json_response({"error": refused.why, "wait": refused.wait}, status=status)
    return page(request, "sign_in.html", status, why=refused.why, wait=refused.wait, **more)


async def sign_out(request: web.Request) -> web.Response:
    """End the session, and go off duty."""
    who, done = session(request), "signed_out"
    if answers_people(who.account.roles) and await had_severe_talks(request):
        done = "signed_out_tired"
    await services(request).accounts.sign_in.end(cookie.token(request))
    if answers_people(who.account.roles):
        await on_duty.off(services(request).store, who.account.id, services(request).clock())
    await remove_all(services(request).store, who.account.id)
    response = see_other("/sign-in", done)
    cookie.take(request, response)
    return response


async def state(request: web.Request) -> web.Response:
    """Answer how long the session lasts, with the duty state. This keeps nobody signed in."""
    left = await services(request).accounts.sessions.left(cookie.token(request))
    who = session(request).account.id
    if services(request).settings.push_services and "visible" in request.query:
        await note_visible(services(request).store, who, request.query["visible"] == "yes")
    if _CONVERSATION.fullmatch(request.query.get("talk", "")):
        await note_reading(request, request.query["talk"])
    duty = await on_duty.standing(services(request).store, who, services(request).clock())
    return web.json_response({"account": who, "left": left, "duty": duty})


async def still_here(request: web.Request) -> web.Response:
    """Accept a sign of life, which a page sends when somebody types or clicks in it, never on its own."""
    return await state(request)


@needs("claim")
async def change_duty(request: web.Request) -> web.Response:
    """Go on duty, pause, resume or go off. No reason is asked."""
    fields = await form(request)
    step = _STEPS.get(fields.get("step", ""))
    if step is None:
        raise web.HTTPBadRequest
    await step(services(request).store, session(request).account.id, services(request).clock())
    if step is on_duty.off and await had_severe_talks(request):
        return see_other("/debrief")
    return see_other(pending_form.local(fields.get("next")))


def source(request: web.Request) -> str:
    """Return the address that an attempt comes from; empty if it may be that of many people at once.

    Only a front that the settings name is believed: over a tunnel or an onion service, a stranger writes the header.
    """
    front, remote = services(request).settings.desk_front, _address(request.remote)
    if front and remote == ip_address(front):
        return str(_address(request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()) or "")
    # A tunnel, Tor and the gateway of a container network have a private address: one for everybody behind it.
    return str(remote) if remote and remote.is_global else ""


def _address(text: str | None) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text or "")
    except ValueError:
        return None
