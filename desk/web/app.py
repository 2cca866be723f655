"""The second web server: the pages of the people who work at the desk, on a port that is private by default."""

from pathlib import Path

from aiohttp import web

from desk.admin import block_pages, counts_pages, log_pages, organisation_pages, people_pages
from desk.auth import account_pages, coming_in, invitation_pages
from desk.console import console, console_acts
from desk.directory import stewards
from desk.duty import debrief, duty_pages, supervisor
from desk.web import live
from desk.web.edge import edge, guard
from desk.web.headers import put
from desk.web.site import PARTS, Parts
from desk.web.web import TEMPLATES, rendering

BODY_CAP = 256 * 1024
STATIC = Path(__file__).parents[1] / "static"
# Each has its own `routes()`.
_PAGES = (
    coming_in,
    invitation_pages,
    account_pages,
    people_pages,
    block_pages,
    log_pages,
    organisation_pages,
    console,
    console_acts,
    counts_pages,
    debrief,
    duty_pages,
    stewards,
    supervisor,
)


def build(parts: Parts) -> web.Application:
    """Put the application together."""
    app = web.Application(client_max_size=BODY_CAP, middlewares=[edge, guard])
    app[PARTS] = parts
    app[TEMPLATES] = rendering()
    for pages in _PAGES:
        app.add_routes(pages.routes())
    live.mount(app)
    app.router.add_static("/static", STATIC)
    app.on_response_prepare.append(put)
    return app
