"""What everybody sees and changes of their own account: password, recovery codes, and how the pages look and sound."""

from aiohttp import web

from desk.web import page


def routes() -> list[web.RouteDef]:
    """Give the pages of this module."""
    return [web.get("/you", show)]


async def show(request: web.Request) -> web.Response:
    """Show the account."""
    return page(request, "you.html")
