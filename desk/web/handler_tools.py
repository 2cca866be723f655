"""What handlers of the desk share: who asks, whether they may, the form they sent, the page they get."""

from collections.abc import Callable, Mapping
from functools import cache, wraps
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.served_languages import SERVED
from desk.auth.people import Preferences
from desk.auth.roles import Action, Reach, reach
from desk.auth.sessions import Session
from desk.console.case_card_view import language
from desk.web.services import PARTS, Services

SESSION = web.RequestKey("session", Session)
DUTY = web.RequestKey("duty", str)  # an on_duty.Standing, of who answers persons
TEMPLATES = web.AppKey("templates", jinja2.Environment)
# What stands in the navigation, in this order: the path, and one of the actions that open it; None: for everybody.
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


def parts(request: web.Request) -> Services:
    """Give the parts that the pages stand on."""
    return request.app[PARTS]


def session(request: web.Request) -> Session:
    """Give the session of who asks. The guard let nobody else through to a page that calls this."""
    return request[SESSION]


def needs(*actions: Action) -> Callable[[Handler], Handler]:
    """Let only those to a handler who may do one of these at all; with one conversation it asks `may_with` besides."""

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        async def allowed(request: web.Request) -> web.StreamResponse:
            if not reaches(request, actions):
                raise web.HTTPForbidden
            return await handler(request)

        return allowed

    return decorate


def reaches(request: web.Request, actions: tuple[Action, ...]) -> bool:
    """Tell whether who asks may do one of these with anything."""
    roles = session(request).account.roles
    return any(reach(roles, action) is not Reach.NONE for action in actions)


async def form(request: web.Request) -> Mapping[str, str]:
    """Give the fields of a form as text. That it comes from a page of ours has been looked at by the guard."""
    fields = await request.post()
    return {name: value for name, value in fields.items() if isinstance(value, str)}


def chosen_languages(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Give the languages that are ticked in a form."""
    return tuple(tag for tag in SERVED if f"language_{tag}" in fields)


def page(request: web.Request, template: str, status: int = 200, **more: Any) -> web.Response:
    """Give a page: what is asked for, with the frame around it."""
    text = request.app[TEMPLATES].get_template(template).render(_frame(request) | more)
    return web.Response(text=text, content_type="text/html", status=status)


def see_other(path: str, done: str = "") -> web.Response:
    """Lead on after a form was taken, so that a reload sends nothing twice; `done` is a word of sentences.html."""
    where = f"{path}?done={done}" if done else path
    return web.Response(status=303, headers={"Location": where})


def wants_page(request: web.Request) -> bool:
    """Tell whether a person looks at the answer; a script gets a status and a word."""
    return "text/html" in request.headers.get("Accept", "")


@cache
def rendering() -> jinja2.Environment:
    """Give what fills the templates; one that uses what it was not given fails."""
    loader = jinja2.FileSystemLoader(Path(__file__).parents[1] / "templates")
    filled = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    filled.globals |= {"language": language, "languages": sorted(SERVED, key=language)}
    return filled


def _frame(request: web.Request) -> dict[str, Any]:
    who = request.get(SESSION)
    return {
        "me": who.account if who else None,
        "form_token": who.form_token if who else "",
        "wishes": who.account.wishes if who else Preferences(),
        "navigation": navigation(request) if who else [],
        "here": request.path,
        "duty": request.get(DUTY, ""),
        "done": request.query.get("done", ""),
        "why": "",
        "wait": 0,
    }


def navigation(request: web.Request) -> list[str]:
    """Give the paths that who asks may open, of those that there are."""
    mounted = {resource.canonical for resource in request.app.router.resources()}
    return [path for path, actions in NAVIGATION if path in mounted and (actions is None or reaches(request, actions))]


def may_claim(who: Session) -> bool:
    """Tell whether somebody answers persons, so that their being there counts."""
    return reach(who.account.roles, "claim") is not Reach.NONE
