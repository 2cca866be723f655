"""The second web server: the pages for those who work at the desk, on a port that is private by default."""

from pathlib import Path

from aiohttp import web

from bot.security_headers import security_headers
from desk.admin import block_pages, counts_pages, log_pages, organisation_pages, people_pages
from desk.alarms import notice_pages
from desk.auth import account_pages, auth_routes, invitation_pages
from desk.console import console_actions, console_pages
from desk.directory import directory_pages
from desk.duty import debrief, duty_pages, supervisor_pages
from desk.notifications import push_pages
from desk.practice import practice_pages
from desk.shifts import feed_pages, handover_pages, sign_up_pages, swap_pages
from desk.translation import translated_replies
from desk.web import event_stream
from desk.web.middleware import error_middleware, guard
from desk.web.page_templates import TEMPLATES, rendering
from desk.web.services import SERVICES, Services

BODY_CAP = 256 * 1024
STATIC = Path(__file__).parents[1] / "static"
_HEADERS = security_headers() | {
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
# Each module has its own `routes()`.
_PAGES = (
    auth_routes,
    invitation_pages,
    account_pages,
    people_pages,
    block_pages,
    log_pages,
    organisation_pages,
    console_pages,
    console_actions,
    translated_replies,
    counts_pages,
    debrief,
    notice_pages,
    duty_pages,
    feed_pages,
    handover_pages,
    push_pages,
    sign_up_pages,
    swap_pages,
    directory_pages,
    supervisor_pages,
    practice_pages,
)


def build(services: Services) -> web.Application:
    """Build the application."""
    app = web.Application(client_max_size=BODY_CAP, middlewares=[error_middleware, guard])
    app[SERVICES] = services
    app[TEMPLATES] = rendering()
    for pages in _PAGES:
        app.add_routes(pages.routes())
    event_stream.mount(app)
    app.router.add_static("/static", STATIC)
    app.on_response_prepare.append(_put_headers)
    return app


async def _put_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Set the headers on a response just before it is sent."""
    response.headers.update(_HEADERS)
    response.headers.pop("Server", None)
    if request.path.startswith("/static/"):
        # Style sheets and scripts are the same for everybody: the browser keeps them, and asks whether they are still current.
        response.headers["Cache-Control"] = "no-cache"
