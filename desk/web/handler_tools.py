"""What the desk's handlers share: the session, permission checks, form fields and page rendering."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.handoff import on_duty
from bot.served_languages import SERVED
from desk.alarms import notices
from desk.auth.people import Preferences
from desk.auth.roles import Action, Reach, reach
from desk.auth.sessions import Session
from desk.duty.duty_calendar import by_the_clocks
from desk.localization.desk_languages import known
from desk.shifts.handover_notes import HandoverNotes
from desk.shifts.shift_swaps import ShiftSwaps
from desk.web.page_templates import TEMPLATES
from desk.web.refusals import Refused
from desk.web.services import SERVICES, Services

SESSION = web.RequestKey("session", Session)
DUTY = web.RequestKey("duty", str)  # an on_duty.Standing; set for those who answer people
GRANTED = web.RequestKey("granted", list[str])  # names of those who were given roles by one administrator alone
NOTICES = web.RequestKey("notices", dict[str, Any])  # what `notices_for` returns; set for those who answer people
# The navigation, in this order: each path, and the actions any of which opens it; None: open to everybody.
NAVIGATION: tuple[tuple[str, tuple[Action, ...] | None], ...] = (
    ("/desk", ("claim",)),
    ("/load", ("see_load",)),
    ("/counts", ("see_load",)),
    ("/directory", ("search_directory", "check_directory")),
    ("/duty", ("claim", "see_load")),
    ("/people", ("see_people",)),
    ("/log", ("see_audit",)),
    ("/organisation", ("set_organisation",)),
    ("/you", None),
)


def services(request: web.Request) -> Services:
    """Return the services the pages are built on."""
    return request.app[SERVICES]


def session(request: web.Request) -> Session:
    """Return the session of a request. The guard lets no request without one reach a page that calls this."""
    return request[SESSION]


def needs(*actions: Action) -> Callable[[Handler], Handler]:
    """Admit only those who may do one of these at all; for a single conversation the handler also asks `may_with`."""

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        async def allowed(request: web.Request) -> web.StreamResponse:
            if not reaches(request, actions):
                raise web.HTTPForbidden
            return await handler(request)

        return allowed

    return decorate


def reaches(request: web.Request, actions: tuple[Action, ...]) -> bool:
    """Whether the signed-in account may do one of these at all."""
    roles = session(request).account.roles
    return any(reach(roles, action) is not Reach.NONE for action in actions)


async def form(request: web.Request) -> Mapping[str, str]:
    """Return the fields of a form as text. The guard has already checked that it comes from a page of ours."""
    fields = await request.post()
    return {name: value for name, value in fields.items() if isinstance(value, str)}


def chosen_languages(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Return the languages ticked in a form."""
    return tuple(tag for tag in SERVED if f"language_{tag}" in fields)


def form_page(request: web.Request, template: str, refused: Refused | None, **more: Any) -> web.Response:
    """Render the page of a form that stands there for the first time, or again because it was refused."""
    if refused is None:
        return page(request, template, **more)
    status = 429 if refused.why == "too_many" else 422
    return page(request, template, status, why=refused.why, wait=refused.wait, **more)


def page(request: web.Request, template: str, status: int = 200, **more: Any) -> web.Response:
    """Render a page, with the frame around it."""
    text = request.app[TEMPLATES].get_template(template).render(_frame(request) | more)
    return web.Response(text=text, content_type="text/html", status=status)


def see_other(path: str, done: str = "") -> web.Response:
    """Redirect after a form was accepted, so a reload sends nothing twice; `done` is a word of sentences.html."""
    where = f"{path}{'&' if '?' in path else '?'}done={done}" if done else path
    return web.Response(status=303, headers={"Location": where})


def invitation_link(request: web.Request, token: str) -> str:
    """Return the address of an invitation."""
    return f"{home(request)}/invitation/{token}"


def home(request: web.Request) -> str:
    """Return the address under which people reach the desk."""
    return services(request).settings.desk_url or f"{request.scheme}://{request.host}"


def wants_page(request: web.Request) -> bool:
    """Whether a person looks at the answer; a script gets a status and a word."""
    return "text/html" in request.headers.get("Accept", "")


async def notices_for(request: web.Request, path: str) -> dict[str, Any]:
    """Return what the notices on top of a page are rendered from. `path`: of that page."""
    given = services(request)
    seen = await notices.look(given, await given.handoffs.look(given.clock()))
    own = seen.of(session(request).account)
    aliases = {each.id: each.alias for each in seen.desk.handoffs}
    return {
        "notices": own,
        "notice_names": await notices.named(given, own),
        "notice_aliases": aliases,
        "notices_at": seen.now,
        "notices_back": seen.back,
        **await _handover(request),
        "swaps_asked": await _swaps_asked(request),
        "notices_page": plain_path(path),
    }


async def _handover(request: web.Request) -> dict[str, Any]:
    """Return the notes that somebody on duty has not read yet, and the names of their authors."""
    given, who = services(request), session(request).account.id
    on_duty_now = await on_duty.standing(given.store, who, given.clock()) != "off"
    notes = await HandoverNotes(given.store, given.clock).unread(who) if on_duty_now else []
    authors = await given.accounts.people.some({note.by for note in notes})
    return {"handover_notes": notes, "handover_authors": {account.id: account.name for account in authors}}


async def _swaps_asked(request: web.Request) -> int:
    """Return how many colleagues wait for an answer whether they can swap shifts."""
    given, who = services(request), session(request).account.id
    duty = await by_the_clocks(given.store, given.clock, given.settings)
    swaps = await ShiftSwaps(given.store, duty, given.settings.confirm_shifts).open(given.clock())
    return sum(each.waits_for(who) for each in swaps)


def plain_path(path: str) -> str:
    """Return the path of a page, without what was asked of it; the front page for anything that is none of ours."""
    return path if path.startswith("/") and path.replace("/", "").replace("-", "").isalnum() else "/"


def _frame(request: web.Request) -> dict[str, Any]:
    who = request.get(SESSION)
    return {
        "me": who.account if who else None,
        "form_token": who.form_token if who else "",
        "wishes": who.account.wishes if who else Preferences(),
        "navigation": navigation(request) if who else [],
        "here": request.path,
        "duty": request.get(DUTY, ""),
        "granted": request.get(GRANTED, []),
        "done": request.query.get("done", ""),
        "why": "",
        "wait": 0,
        "picked_language": known(request.query.get("lang", "")) or "",
        "notices": None,
        **request.get(NOTICES, {}),
    }


def navigation(request: web.Request) -> list[str]:
    """Return those of the mounted paths that the signed-in account may open."""
    mounted = {resource.canonical for resource in request.app.router.resources()}
    return [path for path, actions in NAVIGATION if path in mounted and (actions is None or reaches(request, actions))]
