"""Where somebody says that this device is to notify them, or no longer."""

from aiohttp import web

from desk.notifications.push_subscriptions import NoSubscription, PushSubscription, PushSubscriptions, remove_all
from desk.web.handler_tools import form, needs, see_other, services, session


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [web.post("/push/subscribe", subscribe), web.post("/push/end", end)]


@needs("claim")
async def subscribe(request: web.Request) -> web.Response:
    """Save the subscription of a browser."""
    fields, given, who = await form(request), services(request), session(request).account
    keys = {name: fields.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    subscriptions = PushSubscriptions(given.store, given.settings.push_services)
    wanted = PushSubscription(**keys, generation=who.generation)
    try:
        subscriptions.check(wanted)
    except NoSubscription:
        return web.json_response({"error": "no_subscription"}, status=422)
    await given.accounts.audit.note(who.id, "push_begun")
    await subscriptions.add(who.id, wanted)
    return web.json_response({})


@needs("claim")
async def end(request: web.Request) -> web.Response:
    """Notify on no device any more."""
    given, who = services(request), session(request).account.id
    await given.accounts.audit.note(who, "push_ended")
    await remove_all(given.store, who)
    return see_other("/you", "saved")
