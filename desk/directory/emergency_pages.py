"""The emergency numbers on the desk: those that are due, and the click that notes that a steward has read a page of the state."""

import asyncio

from aiohttp import web

from desk.directory.directory_changes import refusal
from desk.directory.entry_pages import stewarding
from desk.web.handler_tools import form, needs, page, see_other, session
from resources_directory.files.entries_folder import BadEntry
from resources_directory.stewards.editing import UnknownService
from resources_directory.stewards.emergency_checks import emergency_due, is_emergency
from resources_directory.stewards.verification import CheckRefused

_LIST = "/directory/emergency"
_MOST = 50


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [web.get(_LIST, list_numbers), web.post(f"{_LIST}/{{id}}/checked", confirm)]


@needs("check_directory")
async def list_numbers(request: web.Request) -> web.Response:
    """Show the numbers that are due, those in doubt first."""
    return await _page(request)


@needs("check_directory")
async def confirm(request: web.Request) -> web.Response:
    """Note that somebody read a page that states the number."""
    await form(request)
    id = request.match_info["id"]
    if not is_emergency(id):
        raise web.HTTPNotFound
    try:
        failed = await stewarding(request).confirm_emergency(session(request).account, id)
    except UnknownService:
        raise web.HTTPNotFound from None
    except (CheckRefused, BadEntry, OSError) as error:
        return await _page(request, refusal(error), 409)
    return see_other(_LIST, "not_compiled" if failed else "saved")


async def _page(request: web.Request, problem: str = "", status: int = 200) -> web.Response:
    work = stewarding(request)
    country = request.query.get("country", "").upper()
    countries = await asyncio.to_thread(work.entry_cache.countries)
    due = emergency_due((one for one in countries if country in ("", one.country)), work.today)
    codes = [one.country for one in countries if one.emergency]
    frame = {"rows": due[:_MOST], "total": len(due), "country": country, "countries": codes, "problem": problem}
    return page(request, "directory_emergency.html", status, **frame)
