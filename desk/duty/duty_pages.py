"""The duty calendar: operators and supervisors see the week, a supervisor plans it, and the hours people are told follow."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from aiohttp import web

from bot.handoff import on_duty
from desk.auth.people import Account
from desk.auth.roles import answers_people, may
from desk.duty.duty_calendar import Duty, by_the_clocks
from desk.duty.todays_figures import today as figures_of
from desk.duty.week_view import monday, span, week
from desk.web.handler_tools import form, needs, page, see_other, services, session


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [
        web.get("/duty", show),
        web.post("/duty", plan),
        web.post("/duty/{shift:[0-9a-f]{32}}/take-out", take_out),
    ]


@needs("claim", "see_load")
async def show(request: web.Request) -> web.Response:
    """Show a week."""
    return await _shown(request, request.query.get("week", ""))


@needs("lead_shift")
async def plan(request: web.Request) -> web.Response:
    """Add a shift."""
    fields, given = await form(request), services(request)
    try:
        begins, minutes = _times(fields)
        account = await _who(request, fields.get("account", ""))
        await given.accounts.audit.note(session(request).account.id, "shift_planned", account.id)
        await (await _duty(request)).add(account.id, begins, minutes, fields.get("weekly") == "yes")
    except ValueError:
        return await _shown(request, fields.get("day", ""), 422, why="bad_shift", typed=fields)
    return web.Response(status=303, headers={"Location": f"/duty?week={begins.date()}&done=shift_planned"})


@needs("lead_shift")
async def take_out(request: web.Request) -> web.Response:
    """Remove a shift, in every week."""
    shift = request.match_info["shift"]
    duty = await _duty(request)
    found = next((each for each in await duty.shifts() if each.id == shift), None)
    if found is None:
        raise web.HTTPNotFound
    await services(request).accounts.audit.note(session(request).account.id, "shift_taken_out", found.account)
    await duty.remove(shift)
    return see_other("/duty", "shift_taken_out")


async def _duty(request: web.Request) -> Duty:
    given = services(request)
    return await by_the_clocks(given.store, given.clock, given.settings)


async def _shown(request: web.Request, asked: str, status: int = 200, **more: Any) -> web.Response:
    duty, given = await _duty(request), services(request)
    now = datetime.fromtimestamp(given.clock(), duty.zone)
    first = monday(_date(asked) or now.date())
    turns = await duty.between(*span(first, duty.zone))
    people = await given.accounts.people.all()
    waiting, leads = await given.handoffs.waiting(given.clock()), may(session(request).account.roles, "lead_shift")
    frame = {
        "figures": await figures_of(given.store, len(waiting), given.clock(), str(duty.zone), exact=leads),
        "may_see_small": leads,
        "week": week(first, turns, duty.zone),
        "turns": [(turn, _local(turn.begins, duty), _local(turn.ends, duty)) for turn in turns],
        "names": {account.id: account.name for account in people},
        "operators": [account for account in people if _answers(account)],
        "planned": await _planned(request, duty),
        "today": now.date(),
        "zone": str(duty.zone),
        "may_plan": may(session(request).account.roles, "lead_shift"),
        "typed": {},
    }
    return page(request, "duty/page.html", status, **{**frame, **more})


async def _planned(request: web.Request, duty: Duty) -> list[tuple[str, on_duty.DutyState]]:
    """Return who should be on duty now, and whether they are."""
    store, now = services(request).store, services(request).clock()
    return [(id_, await on_duty.standing(store, id_, now)) for id_ in await duty.on_duty_now(now)]


async def _who(request: web.Request, id_: str) -> Account:
    account = await services(request).accounts.people.get(id_)
    if account is None or not _answers(account):
        raise ValueError("Only who answers persons is on duty.")
    return account


def _answers(account: Account) -> bool:
    return account.state != "disabled" and answers_people(account.roles)


def _times(fields: Mapping[str, str]) -> tuple[datetime, int]:
    """Parse when a shift begins and how long it lasts; an end before the beginning is on the next day."""
    begins, ends = (datetime.fromisoformat(f"{fields.get('day')}T{fields.get(name)}") for name in ("from", "until"))
    if ends <= begins:
        ends += timedelta(days=1)
    return begins, int((ends - begins).total_seconds()) // 60


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _local(moment: float, duty: Duty) -> datetime:
    return datetime.fromtimestamp(moment, duty.zone)
