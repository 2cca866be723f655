"""The feed of one's own shifts, which a calendar asks for without signing in, and the form that makes or ends its address."""

from aiohttp import web

from desk.auth.auth_routes import source
from desk.duty.duty_pages import duty_of, shown
from desk.localization.desk_languages import SOURCE, speak
from desk.shifts.calendar_feed import AHEAD, HOUR, PAST, CalendarFeeds, TooOften, written
from desk.web.handler_tools import form, home, needs, see_other, services, session


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [web.get("/calendar/{token}.ics", feed), web.post("/duty/calendar", change)]


async def feed(request: web.Request) -> web.Response:
    """Return the shifts of whoever made this address; anything else is not found, whatever was wrong with it."""
    given = services(request)
    try:
        owner = await _feeds(request).owner(request.match_info["token"], source(request))
    except TooOften:
        return web.Response(status=429, headers={"Retry-After": str(HOUR)})
    if owner is None:
        raise web.HTTPNotFound
    speak(owner.wishes.language or SOURCE)  # a calendar asks, whose language says nothing
    now = given.clock()
    turns = await (await duty_of(request)).between(now - PAST, now + AHEAD)
    own = [turn for turn in turns if turn.shift.account == owner.id]
    return web.Response(text=written(own, given.store.vault, now), content_type="text/calendar", charset="utf-8")


@needs("claim")
async def change(request: web.Request) -> web.Response:
    """Make the address, which is shown this once, or end it."""
    feeds, who, audit = _feeds(request), session(request).account.id, services(request).accounts.audit
    if (await form(request)).get("step") != "make":
        await audit.note(who, "feed_ended")
        await feeds.revoke(who)
        return see_other("/duty", "feed_ended")
    await audit.note(who, "feed_made")
    link = f"{home(request)}/calendar/{await feeds.make(who)}.ics"
    return await shown(request, "", feed_link=link)


def _feeds(request: web.Request) -> CalendarFeeds:
    return CalendarFeeds(services(request).store, services(request).accounts.people)
