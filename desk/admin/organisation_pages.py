"""The organisation's settings on one page: administrators see what is in force and where it comes from, and change it.

Nothing is saved before somebody has looked at what people will read, and no number before somebody has called it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import available_timezones

from aiohttp import web

from bot import organisation
from bot.handoff.duty_hours import merged as joined
from bot.organisation import IN_ENVIRONMENT, NAMES, Organisation, OrganisationField, Saved, SettingChange
from bot.phrases.phrases import direction
from bot.phrases.review_states import review_states
from bot.reporting import complaints
from bot.settings import Settings
from desk.admin import organisation_form
from desk.admin.audit_log import OrganisationEvent
from desk.admin.organisation_form import ROWS, ParsedForm, merged, seen, setting_of, shown, stamp, typed
from desk.admin.organisation_preview import Preview
from desk.duty.duty_calendar import by_the_clocks
from desk.localization.desk_formats import language
from desk.web.handler_tools import form, needs, page, see_other, services, session
from resources_directory.model import own_line
from resources_directory.places.country_names import country_names

_EVENTS: Mapping[OrganisationField, OrganisationEvent] = {
    "name": "set_name",
    "home_country": "set_home_country",
    "own_numbers": "set_own_numbers",
    "privacy_contact": "set_privacy_contact",
    "text_contact": "set_text_contact",
    "time_zone": "set_time_zone",
    "most_talks": "set_most_talks",
    "most_severe": "set_most_severe",
}
_WEEK = 7 * 86_400
ValueSource = Literal["saved", "environment", "default", "nothing"]


@dataclass(frozen=True)
class SettingView:
    """The value of a setting that is in force, and where it comes from."""

    value: str
    source: ValueSource
    change: SettingChange | None  # if it was saved here


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [web.get("/organisation", show), web.post("/organisation", take)]


@needs("set_organisation")
async def show(request: web.Request) -> web.Response:
    """Show what is in force, as a form."""
    saved = await organisation.read(services(request).store)
    return await _shown(request, saved, shown(saved.organisation))


@needs("set_organisation")
async def take(request: web.Request) -> web.Response:
    """Accept the form: show what it changes, and save it at the second click."""
    return await _taken(request)


async def _taken(request: web.Request) -> web.Response:
    fields, given = await form(request), services(request)
    saved = await organisation.read(given.store)
    own, now = typed(fields), shown(saved.organisation)
    # A form cut off in transit would look as if somebody had emptied the rest of it.
    before = seen(fields.get("seen", "")) if "end" in fields else None
    if before != now:
        meanwhile = {setting_of(name) for name in now if before is None or before[name] != now[name]}
        return await _shown(request, saved, merged(own, before, now), 409, meanwhile=meanwhile, cut_off=before is None)
    read = organisation_form.read(own)
    if read.wrong or fields.get("step") == "back":
        return await _shown(request, saved, own, 422 if read.wrong else 200, read, rung_again="rung_again" in fields)
    changed = saved.organisation.differs(read.values)
    if "rung_again" in fields and read.values["own_numbers"]:
        changed |= {"own_numbers"}
    if not changed:
        return await _shown(request, saved, own, unchanged=True)
    change = SettingChange(by=session(request).account.id, when=given.clock())
    after = saved.organisation.changed(read.values, changed, change)
    not_rung = "own_numbers" in changed and bool(after.own_numbers) and "rung" not in fields
    if fields.get("step") != "save" or not_rung:
        return _preview(request, saved, after, changed, fields)
    if not await _save(request, saved, after, changed):
        return await _taken(request)  # somebody else was just faster, which the page then says
    return see_other("/organisation", "organisation_saved")


async def _save(request: web.Request, saved: Saved, after: Organisation, changed: frozenset[OrganisationField]) -> bool:
    given = services(request)
    for name in (name for name in NAMES if name in changed):
        await given.accounts.audit.note(session(request).account.id, _EVENTS[name])
    if not await organisation.save(given.store, saved, after):
        return False
    if "own_numbers" in changed:
        # Somebody has called them, so earlier complaints are answered.
        for id_ in after.own_ids():
            await complaints.clear(given.store, id_)
    await (await by_the_clocks(given.store, given.clock, given.settings)).publish()
    return True


def _preview(
    request: web.Request,
    saved: Saved,
    after: Organisation,
    changed: frozenset[OrganisationField],
    fields: Mapping[str, str],
) -> web.Response:
    """Show what changes, and what people will read."""
    given, own = services(request), typed(fields)
    preview = Preview(given.book, given.settings, given.clock())
    before, then = shown(saved.organisation), shown(after)
    rings_in = {one.number: own_line.country_of(one.number) for one in after.own_numbers}
    more = {
        "rows": [(name, before[name], then[name]) for name in then if before[name] != then[name]],
        "readings": list(preview.readings(after, changed)),
        "own": own,
        "seen": fields.get("seen", ""),
        "rung_again": "rung_again" in fields,
        "asks_rung": "own_numbers" in changed and bool(after.own_numbers),
        "not_rung": fields.get("step") == "save",
        "elsewhere": {number: country for number, country in rings_in.items() if country != after.home_country},
        "national": after.home_country if "home_country" in changed and not after.own_numbers else "",
    }
    return page(request, "organisation/preview.html", 422 if more["not_rung"] else 200, **more, **_words())


async def _shown(
    request: web.Request,
    saved: Saved,
    fields: Mapping[str, str],
    status: int = 200,
    read: ParsedForm | None = None,
    **more: Any,
) -> web.Response:
    """Show the form with its saved or typed values, beside what is in force."""
    given, read = services(request), read or ParsedForm()
    frame = {
        "fields": fields,
        "wrong": read.wrong,
        "seen": stamp(shown(saved.organisation)),
        "stands": {name: _stands(saved.organisation, name, given.settings) for name in NAMES},
        "numbers": saved.organisation.own_numbers,
        "complaints": await _complaints(request, saved.organisation),
        "readable": saved.readable,
        "names": {account.id: account.name for account in await given.accounts.people.all()},
        "zones": sorted(available_timezones()),
        "number_rows": ROWS,
        "languages": review_states(),
        "meanwhile": set(),
        "cut_off": False,
        "unchanged": False,
        "rung_again": False,
        **await _week(request),
        **_words(),
    }
    return page(request, "organisation/page.html", status, **frame | more)


def _words() -> dict[str, Any]:
    """Return what the templates format numbers, countries, languages and days with."""
    return {
        "countries": country_names(),
        "written": own_line.written,
        "language": language,
        "direction": direction,
        "variable": IN_ENVIRONMENT,
        "day": lambda moment: datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M UTC"),
    }


def _stands(saved: Organisation, name: OrganisationField, settings: Settings) -> SettingView:
    """Return what is in force, and where it comes from."""
    if getattr(saved, name):
        return SettingView("" if name == "own_numbers" else str(getattr(saved, name)), "saved", saved.changes.get(name))
    if name not in IN_ENVIRONMENT:
        return SettingView("", "nothing", saved.changes.get(name))
    value = getattr(settings, name)
    default = value == getattr(Settings.from_env({}), name)
    return SettingView(
        str(value), "nothing" if default and not value else "default" if default else "environment", None
    )


async def _complaints(request: web.Request, saved: Organisation) -> dict[str, int]:
    """Return how many people reported that an own number does not work, since somebody last called it."""
    found = await complaints.counts(services(request).store, services(request).clock())
    pairs = zip(saved.own_ids(), saved.own_numbers, strict=True)
    return {one.number: found[id_] for id_, one in pairs if id_ in found}


async def _week(request: web.Request) -> dict[str, Any]:
    """Return for how many hours of the coming week somebody is planned."""
    given = services(request)
    duty, now = await by_the_clocks(given.store, given.clock, given.settings), given.clock()
    turns = await duty.between(now, now + _WEEK)
    spans = joined((max(turn.begins, now), min(turn.ends, now + _WEEK)) for turn in turns)
    return {"planned_hours": round(sum(ends - begins for begins, ends in spans) / 3600), "week_hours": _WEEK // 3600}
