"""A short debrief after a hard shift, skipped with one click. Nothing is asked, and who read it is not recorded."""

from aiohttp import web

from desk.web.handler_tools import needs, page, see_other, services, session


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [web.get("/debrief", show), web.post("/debrief/call", call)]


@needs("claim")
async def show(request: web.Request) -> web.Response:
    """Show the debrief at the end of a shift that had severe conversations."""
    return page(request, "debrief.html")


@needs("claim")
async def call(request: web.Request) -> web.Response:
    """Call a supervisor about no conversation in particular: no reason is given."""
    given, who = services(request), session(request).account.id
    await given.accounts.audit.note(who, "supervisor_called")
    await given.wellbeing.call_supervisor(who)
    return see_other("/desk", "called")


async def had_severe_talks(request: web.Request) -> bool:
    """Whether the operator had severe conversations in this shift."""
    return bool((await services(request).wellbeing.of(session(request).account.id)).severe)
