"""The page of the counts: one month as charts and tables, and the same numbers as a file. Hidden numbers are in neither."""

import csv
import io
from calendar import monthrange
from typing import Any

from aiohttp import web

from bot.reporting.counts_report import REST, CountsReport, Table, months, report
from desk.admin import charts
from desk.web.handler_tools import needs, page, services
from resources_directory.exchange.csv_cells import safe

COLUMNS = ("month", "by", "which", "and_by", "and_which", "conversations")
_MONTH = "{month:[0-9]{4}-[0-9]{2}}"


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.get("/counts", newest),
        web.get(f"/counts/{_MONTH}", one),
        web.get(f"/counts/{_MONTH}.csv", file),
    ]


@needs("see_load")
async def newest(request: web.Request) -> web.Response:
    """Show the last reportable month, or the month chosen in the form."""
    names = await months(services(request).store, services(request).clock())
    chosen = request.query.get("month", "")
    return await _shown(request, chosen if chosen in names else next(iter(names), ""), names)


@needs("see_load")
async def one(request: web.Request) -> web.Response:
    """Show one month."""
    names = await months(services(request).store, services(request).clock())
    if request.match_info["month"] not in names:
        raise web.HTTPNotFound
    return await _shown(request, request.match_info["month"], names)


@needs("see_load")
async def file(request: web.Request) -> web.Response:
    """Return one month as CSV: fixed words and numbers."""
    name = request.match_info["month"]
    found = await report(services(request).store, name, services(request).clock())
    if found is None:
        raise web.HTTPNotFound
    text = io.StringIO()
    written = csv.writer(text)
    written.writerow(COLUMNS)
    written.writerows(map(safe, row) for row in found.rows())
    attached = {"Content-Disposition": f'attachment; filename="counts-{name}.csv"'}
    return web.Response(text=text.getvalue(), content_type="text/csv", headers=attached)


async def _shown(request: web.Request, name: str, names: list[str]) -> web.Response:
    found = await report(services(request).store, name, services(request).clock()) if name else None
    days = charts.columns(_days(name), _without_rest(found)) if found else None
    more: dict[str, Any] = {"shares": charts.shares, "shade": charts.shade}
    tables = _tables(found) if found else []
    return page(request, "counts/page.html", month=name, months=names, report=found, days=days, tables=tables, **more)


def _days(name: str) -> list[str]:
    year, number = map(int, name.split("-"))
    return [f"{day:02}" for day in range(1, monthrange(year, number)[1] + 1)]


def _without_rest(found: CountsReport) -> dict[str, int]:
    return {day: number for day, number in found.days.items() if day != REST}


def _tables(found: CountsReport) -> list[Table]:
    """Return the tables that have a breakdown; the others are shown by their totals alone."""
    return [table for table in (*found.tables, found.waits, found.lower, *found.helped) if table and table.numbers]
