"""The blocks of addresses that are in force, beside who works here, and the way to end one early."""

from aiohttp import web

from bot.messaging import blocks
from desk.web.handler_tools import needs, parts, see_other, session


def routes() -> list[web.RouteDef]:
    """Give the pages of this module."""
    return [web.post("/blocks/{block:[0-9a-f]{32}}/lift", lift)]


@needs("lift_block")
async def lift(request: web.Request) -> web.Response:
    """End a block; who was blocked hears nothing of it, and is answered when they write."""
    store, id_ = parts(request).store, request.match_info["block"]
    if id_ not in {each.id for each in await blocks.in_force(store)}:
        raise web.HTTPNotFound
    await parts(request).desk.audit.note(session(request).account.id, "lift_block", id_)
    await blocks.lift(store, id_)
    return see_other("/people", "block_lifted")
