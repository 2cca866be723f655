"""The audit log as a page: what was done, newest first, and whether a line is missing or was changed."""

from aiohttp import web

from desk.admin.audit_log import Verdict
from desk.web.handler_tools import form, form_page, needs, services
from desk.web.refusals import Refused

_A_PAGE = 100  # lines


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [web.get("/log", show), web.post("/log/verify", verify)]


@needs("see_audit")
async def show(request: web.Request) -> web.Response:
    """Show one page of the log."""
    return await _shown(request)


@needs("see_audit")
async def verify(request: web.Request) -> web.Response:
    """Check every line against its seal, and the log against an end that somebody noted down."""
    noted = (await form(request)).get("noted", "").strip()
    try:
        verdict = await services(request).accounts.audit.verify(noted)
    except Refused as refused:
        return await _shown(request, noted=noted, refused=refused)
    return await _shown(request, verdict, noted)


async def _shown(
    request: web.Request, verdict: Verdict | None = None, noted: str = "", refused: Refused | None = None
) -> web.Response:
    accounts = services(request).accounts
    lines, before = await accounts.audit.latest(request.query.get("before", ""), _A_PAGE)
    names = {account.id: account.name for account in await accounts.people.all()}
    more = {"lines": lines, "names": names, "before": before, "older": "before" in request.query}
    return form_page(request, "log.html", refused, verdict=verdict, noted=noted, **more)
