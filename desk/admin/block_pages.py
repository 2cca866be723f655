"""The route that lifts the block of an address early; the blocks in force are listed on the page of accounts."""

from aiohttp import web

from bot.messaging import blocks
from desk.web.handler_tools import needs, see_other, services, session


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [web.post("/blocks/{block:[0-9a-f]{32}}/lift", lift)]


@needs("lift_block")
async def lift(request: web.Request) -> web.Response:
    """Lift a block; the blocked person is not told, and is answered when they write."""
    store, id_ = services(request).store, request.match_info["block"]
    if id_ not in {each.id for each in await blocks.in_force(store)}:
        raise web.HTTPNotFound
    await services(request).accounts.audit.note(session(request).account.id, "lift_block", id_)
    await blocks.lift(store, id_)
    return see_other("/people", "block_lifted")
