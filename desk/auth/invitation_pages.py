"""The page behind an invitation link: a name, a password, an authenticator app; then the recovery codes, shown once."""

from aiohttp import web

from desk.auth import second_factor
from desk.auth.invitations import Acceptance
from desk.auth.people import Account
from desk.auth.roles import answers_people
from desk.localization.desk_languages import known
from desk.web.handler_tools import chosen_languages, form, form_page, page, services
from desk.web.refusals import Refused


def routes() -> list[web.RouteDef]:
    """Return the routes of this module."""
    return [web.get("/invitation/{token}", show), web.post("/invitation/{token}", accept)]


async def show(request: web.Request) -> web.Response:
    """Show the form. Looking does not use up the link."""
    try:
        account = await services(request).accounts.invitations.look(request.match_info["token"])
    except Refused as refused:
        return page(request, "sorry.html", 410, error=refused.why, pending=None)
    return _form(request, account)


async def accept(request: web.Request) -> web.Response:
    """Activate the account."""
    fields = await form(request)
    token, invitations = request.match_info["token"], services(request).accounts.invitations
    name, password, code = (fields.get(field, "") for field in ("name", "password", "code"))
    picked = known(request.query.get("lang", ""))
    try:
        account = await invitations.look(token)
        if answers_people(account.asked or account.roles):
            account = account.with_(languages=chosen_languages(fields))
        codes = await invitations.accept(token, Acceptance(name, password, code, account.languages, picked))
    except Refused as refused:
        if refused.why == "link_dead":
            return page(request, "sorry.html", 410, error=refused.why, pending=None)
        return _form(request, account.with_(name=name), refused)
    return page(request, "recovery_codes.html", codes=codes, onward=f"/sign-in?lang={picked}" if picked else "/sign-in")


def _form(request: web.Request, account: Account, refused: Refused | None = None) -> web.Response:
    more = {
        "name": account.name,
        "roles": account.asked or account.roles,
        # If they are back, the languages they stated before are shown.
        "chosen": account.languages if answers_people(account.asked or account.roles) else None,
        "picture": second_factor.picture(account.secret, account.name or "desk"),
        "secret": second_factor.spaced(account.secret),
    }
    return form_page(request, "invitation.html", refused, **more)
