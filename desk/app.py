"""The second web server: the pages of the people who work at the desk, on a port that is private by default."""

from pathlib import Path

from aiohttp import web

from desk import account_pages, coming_in, console, console_acts, live
from desk.edge import edge, guard
from desk.headers import put
from desk.site import PARTS, Parts
from desk.web import TEMPLATES, rendering

BODY_CAP = 256 * 1024
STATIC = Path(__file__).parent / "static"


def build(parts: Parts) -> web.Application:
    """Put the application together. Each module of pages has its own `routes()`: one line for each."""
    app = web.Application(client_max_size=BODY_CAP, middlewares=[edge, guard])
    app[PARTS] = parts
    app[TEMPLATES] = rendering()
    app.add_routes([*coming_in.routes(), *account_pages.routes()])
    app.add_routes([*console.routes(), *console_acts.routes()])
    live.mount(app)
    app.router.add_static("/static", STATIC)
    app.on_response_prepare.append(put)
    return app
