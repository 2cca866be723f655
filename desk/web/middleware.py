"""The desk's middleware: it stops requests without a session and forms from other sites, and turns every error into a page.

A session can end while somebody types, and Redis can be away: what was typed then comes back with the answer,
to be sent again with one click. It is kept nowhere but in that page.
"""

from contextlib import suppress

from aiohttp import web
from aiohttp.typedefs import Handler

from bot import logs
from bot.handoff import on_duty
from bot.security_headers import FROM_NO_OTHER_SITE
from bot.storage.store import StoreAway
from desk.auth import cookie
from desk.auth.roles import answers_people
from desk.localization.desk_languages import known as known_language
from desk.localization.desk_languages import speak, wanted
from desk.web import pending_form
from desk.web.handler_tools import DUTY, GRANTED, NOTICES, SESSION, notices_for, page, services, wants_page
from desk.web.refusals import Refused

# Open to somebody who is not signed in; everything else is closed, even paths that do not exist.
_OPEN = ("/sign-in", "/invitation/", "/calendar/", "/static/", "/healthz")


@web.middleware
async def error_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error into a page for a person, and a status and a word for a script."""
    # Nobody is known yet: what a link of the sign-in page says, or what the browser asks for.
    speak(known_language(request.query.get("lang", "")) or wanted(request.headers.get("Accept-Language", "")))
    try:
        return await handler(request)
    except web.HTTPException as known:
        if known.status < 400:
            raise
        # aiohttp's texts may echo parts of the request.
        return await _sorry(request, known.status, f"{known.status}")
    except Refused as refused:
        return await _sorry(request, 409, refused.why)
    except ConnectionError:
        return web.Response(status=400)  # the page was closed while it was still sending
    except StoreAway:
        return await _sorry(request, 503, "away")
    except Exception:
        logs.failure("desk_failed")
        return await _sorry(request, 500, "failed")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Find the session, refuse forms from other sites, and show the sign-in page where there is no session."""
    _refuse_elsewhere(request)
    is_open = request.path.startswith(_OPEN)
    if not await _signed_in(request) and not is_open:
        if wants_page(request):
            onward = str(request.rel_url) if request.method == "GET" else "/"
            typed = await pending_form.of(request)
            sealed = typed.sealed(services(request).store.vault) if typed else ""
            return page(request, "sign_in.html", 401, next=onward, kept=sealed)
        return web.json_response({"error": "signed_out"}, status=401)
    if request.method == "POST" and not is_open and not await _from_our_page(request):
        raise web.HTTPForbidden
    return await handler(request)


def _refuse_elsewhere(request: web.Request) -> None:
    """Refuse a form on another site by what browsers say of its origin; it must not even reach the sign-in."""
    if request.method not in ("GET", "HEAD", "POST"):
        raise web.HTTPMethodNotAllowed(request.method, ["GET", "HEAD", "POST"])
    if request.method != "POST":
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in FROM_NO_OTHER_SITE:
        raise web.HTTPForbidden
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType


async def _signed_in(request: web.Request) -> bool:
    token = cookie.token(request)
    if request.path.startswith("/static/") or not token:
        return False
    # A request that a script makes on its own is no click, or a page left open would keep somebody signed in forever.
    click = wants_page(request) or request.method == "POST"
    found = await services(request).accounts.sessions.find(token, click=click)
    if found is None:
        return False
    request[SESSION] = found
    if found.account.wishes.language:
        speak(found.account.wishes.language)
    if wants_page(request):
        request[GRANTED] = await services(request).accounts.grants.alone()
    if answers_people(found.account.roles):
        await _seen(request, found.account.id, click)
    return True


async def _seen(request: web.Request, account: str, click: bool) -> None:
    """Count a click of somebody on duty as a sign that they are there."""
    store, now = services(request).store, services(request).clock()
    if click:
        await on_duty.stay(store, account, now)
    if wants_page(request):
        request[DUTY] = await on_duty.standing(store, account, now)
        request[NOTICES] = await notices_for(request, request.path)


async def _from_our_page(request: web.Request) -> bool:
    who = request.get(SESSION)
    given = request.headers.get("X-Form-Token") or (await request.post()).get("form_token", "")
    return who is not None and isinstance(given, str) and who.sent_by(given)


async def _sorry(request: web.Request, status: int, error: str) -> web.Response:
    if not wants_page(request):
        return web.json_response({"error": error}, status=status)
    typed = None
    with suppress(web.HTTPException):
        typed = await pending_form.of(request) if status == 503 else None
    token = {"form_token": typed.form_token} if typed else {}
    return page(request, "sorry.html", status, error=error, pending=typed, **token)
