"""The duty calendar: operators and supervisors see the week, a supervisor plans it, and the hours people are told follow."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from aiohttp import web

from bot.handoff import on_duty
from desk.auth.people import Account
from desk.auth.roles import answers_people, may
from desk.duty.duty_calendar import Duty, ShiftOccurrence, by_the_clocks
from desk.duty.holidays import Holidays
from desk.duty.todays_figures import today as figures_of
from desk.duty.week_view import monday, span, week
from desk.shifts.calendar_feed import CalendarFeeds
from desk.shifts.shift_places import ShiftPlaces
from desk.shifts.shift_swaps import AHEAD, OpenSwap, ShiftSwaps
from desk.web.handler_tools import form, needs, page, see_other, services, session

OPEN = "open"  # in the form, in place of an account: an open place


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
    return await shown(request, request.query.get("week", ""))


@needs("lead_shift")
async def plan(request: web.Request) -> web.Response:
    """Add a shift, or open places in one."""
    fields, given = await form(request), services(request)
    try:
        begins, minutes = _times(fields)
        if fields.get("account") == OPEN:
            return await _open(request, fields, begins, minutes)
        account = await _who(request, fields.get("account", ""))
        await given.accounts.audit.note(session(request).account.id, "shift_planned", account.id)
        await (await duty_of(request)).add(account.id, begins, minutes, fields.get("weekly") == "yes")
    except ValueError:
        return await shown(request, fields.get("day", ""), 422, why="bad_shift", typed=fields)
    return _planned_page(begins, "shift_planned")


async def _open(request: web.Request, fields: Mapping[str, str], begins: datetime, minutes: int) -> web.Response:
    """Open places that operators sign up for."""
    places = int(fields.get("places") or 1)
    await services(request).accounts.audit.note(session(request).account.id, "places_opened")
    given = ShiftPlaces(await duty_of(request), services(request).settings.confirm_shifts)
    await given.open(begins, minutes, fields.get("weekly") == "yes", places)
    return _planned_page(begins, "places_opened")


def _planned_page(begins: datetime, done: str) -> web.Response:
    return web.Response(status=303, headers={"Location": f"/duty?week={begins.date()}&done={done}"})


@needs("lead_shift")
async def take_out(request: web.Request) -> web.Response:
    """Remove a shift, in every week."""
    shift = request.match_info["shift"]
    duty = await duty_of(request)
    found = next((each for each in await duty.shifts() if each.id == shift), None)
    if found is None:
        raise web.HTTPNotFound
    await services(request).accounts.audit.note(session(request).account.id, "shift_taken_out", found.account)
    await duty.remove(shift)
    return see_other("/duty", "shift_taken_out")


async def duty_of(request: web.Request) -> Duty:
    """Return the calendar."""
    given = services(request)
    return await by_the_clocks(given.store, given.clock, given.settings)


async def shown(request: web.Request, asked: str, status: int = 200, **more: Any) -> web.Response:
    """Render the week of a day; of this one if there is none."""
    duty, given = await duty_of(request), services(request)
    now = datetime.fromtimestamp(given.clock(), duty.zone)
    first = monday(_date(asked) or now.date())
    turns = await duty.between(*span(first, duty.zone))
    people = await given.accounts.people.all()
    waiting, leads = await given.handoffs.waiting(given.clock()), may(session(request).account.roles, "lead_shift")
    frame = {
        **await _swapping(request, duty, leads),
        "figures": await figures_of(given.store, len(waiting), given.clock(), str(duty.zone), exact=leads),
        "may_see_small": leads,
        "week": week(first, turns, duty.zone),
        "turns": [(turn, _local(turn.begins, duty), _local(turn.ends, duty)) for turn in turns],
        "names": {account.id: account.name for account in people},
        "operators": [account for account in people if _answers(account)],
        "planned": await _planned(request, duty),
        "today": now.date(),
        "now": given.clock(),
        "free": [
            (turn, _local(turn.begins, duty), _local(turn.ends, duty)) for turn in await _free(duty, given.clock())
        ],
        "holidays": await Holidays(given.store).all(),
        "confirms": given.settings.confirm_shifts,
        "asks": [shift for shift in await duty.shifts() if shift.asked],
        "feed": await CalendarFeeds(given.store, given.accounts.people).ends(session(request).account.id),
        "feed_link": "",
        "zone": str(duty.zone),
        "may_plan": may(session(request).account.roles, "lead_shift"),
        "typed": {},
    }
    return page(request, "duty/page.html", status, **{**frame, **more})


async def _swapping(request: web.Request, duty: Duty, leads: bool) -> dict[str, Any]:
    """Return what is to be answered of swaps, one's own shifts, and for which of colleagues they can be given."""
    given, me = services(request), session(request).account.id
    now = given.clock()
    swaps = await ShiftSwaps(given.store, duty, given.settings.confirm_shifts).open(now)
    turns = [turn for turn in await duty.between(now, now + AHEAD) if turn.begins > now and not turn.shift.asked]
    return {
        "swaps": [each for each in swaps if _concerns(each, me, leads)],
        "asked_to_swap": sum(each.waits_for(me) for each in swaps),
        "own_turns": [turn for turn in turns if turn.shift.account == me],
        "others_turns": [turn for turn in turns if turn.shift.account not in ("", me)],
        "local": lambda moment: _local(moment, duty),
    }


def _concerns(swap: OpenSwap, account: str, leads: bool) -> bool:
    return account in (swap.proposal.by, swap.proposal.of) or (leads and swap.proposal.agreed)


async def _free(duty: Duty, now: float) -> list[ShiftOccurrence]:
    """Return what looks for somebody in the next weeks: open places and shifts that are offered, a weekly one once."""
    found: dict[str, ShiftOccurrence] = {}
    for turn in await duty.between(now, now + AHEAD):
        if turn.shift.offered or not turn.shift.account:
            found.setdefault(turn.shift.id, turn)
    return list(found.values())


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
