"""A short word after what was hard, to be skipped by one click. Nothing is asked, and nothing is kept of who read it."""

from aiohttp import web

from desk.web.handler_tools import needs, page, parts, see_other, session


def routes() -> list[web.RouteDef]:
    """Give the pages of this module."""
    return [web.get("/debrief", show), web.post("/debrief/call", call)]


@needs("claim")
async def show(request: web.Request) -> web.Response:
    """Show it at the end of a shift that had severe talks."""
    return page(request, "debrief.html")


@needs("claim")
async def call(request: web.Request) -> web.Response:
    """Ask for a supervisor, about no talk: nothing is said of why."""
    await parts(request).wellbeing.call_supervisor(session(request).account.id)
    return see_other("/desk", "called")


async def had_severe_talks(request: web.Request) -> bool:
    """Tell whether who asks had severe talks in this shift."""
    return bool((await parts(request).wellbeing.of(session(request).account.id)).severe)
