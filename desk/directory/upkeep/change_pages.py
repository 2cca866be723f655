"""What changed lately in the directory: who, what and why, newest first."""

import asyncio
from typing import Any

from aiohttp import web

from desk.directory.entry_pages import stewarding, told
from desk.web.handler_tools import needs, page
from resources_directory.files import change_log
from resources_directory.upkeep.recent_changes import recent

_PERIODS = (1, 7, 30, 90)  # days
_SHOWN = 200


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [web.get("/directory/changes", list_changes)]


@needs("see_complaints")
async def list_changes(request: web.Request) -> web.Response:
    """Show the changes of a week, or of another period."""
    work = stewarding(request)
    asked, country = request.query.get("days", ""), request.query.get("country", "").upper()
    days = next((period for period in _PERIODS if str(period) == asked), 7)
    countries = await asyncio.to_thread(work.entry_cache.countries)
    log = await asyncio.to_thread(change_log.read, work.folder)
    found = recent(log, work.now, days, country)
    names = {entry.service.id: entry.service.name for entry in work.entry_cache.entries()}
    frame: dict[str, Any] = {
        "groups": found[:_SHOWN],
        "total": len(found),
        "days": days,
        "periods": _PERIODS,
        "country": country,
    }
    codes = [one.country for one in countries]
    return page(request, "upkeep/changes.html", names=names, countries=codes, told=told, **frame)
