"""Each page of the desk and each role: who gets it, and who is told that it is not for them.

A page that is new has to be written down here, or nobody has thought about whom it is for.
"""

import re
from collections.abc import Iterator

import pytest

from desk.auth.roles import ROLES, Role
from desk.web import app
from tests.desk.desk_page import DeskSite

EVERYBODY, ADMIN, SUPER, OPERATOR, STEWARD = ROLES, "administrator", "supervisor", "operator", "steward"
# Method, beginning of the path (the longest that fits counts), and the roles that reach it; with one conversation, an
# account or a service more is asked.
RULES: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/"): EVERYBODY,
    ("GET", "/session"): EVERYBODY,
    ("POST", "/still-here"): EVERYBODY,
    ("POST", "/on-duty"): (SUPER, OPERATOR),
    ("POST", "/sign-out"): EVERYBODY,
    ("GET", "/you"): EVERYBODY,
    ("POST", "/you"): EVERYBODY,
    ("POST", "/you/administration"): (),  # for accounts that held both powers before nobody could
    ("GET", "/desk"): (SUPER, OPERATOR),
    ("POST", "/desk"): (SUPER, OPERATOR),
    ("GET", "/handover"): (SUPER, OPERATOR),
    ("POST", "/handover"): (SUPER, OPERATOR),
    ("POST", "/push"): (SUPER, OPERATOR),
    ("GET", "/notices"): (SUPER, OPERATOR),
    ("POST", "/notices"): (SUPER, OPERATOR),
    ("GET", "/load"): (SUPER,),
    ("POST", "/load"): (SUPER,),
    ("GET", "/counts"): (SUPER,),
    ("GET", "/duty"): (SUPER, OPERATOR),
    ("POST", "/duty"): (SUPER,),
    ("POST", "/duty/calendar"): (SUPER, OPERATOR),
    ("POST", "/duty/{shift}/sign-up"): (SUPER, OPERATOR),
    ("POST", "/duty/{shift}/offer"): (SUPER, OPERATOR),
    ("POST", "/duty/{shift}/keep"): (SUPER, OPERATOR),
    ("POST", "/duty/{shift}/withdraw"): (SUPER, OPERATOR),
    ("POST", "/duty/swaps"): (SUPER, OPERATOR),
    ("POST", "/duty/swaps/{swap}/answer"): (SUPER,),
    ("GET", "/practice"): (SUPER, OPERATOR),
    ("POST", "/practice"): (SUPER, OPERATOR),
    ("GET", "/debrief"): (SUPER, OPERATOR),
    ("POST", "/debrief"): (SUPER, OPERATOR),
    ("GET", "/directory"): (SUPER, OPERATOR, STEWARD),
    ("POST", "/directory"): (STEWARD,),
    ("POST", "/directory/search"): (SUPER, OPERATOR, STEWARD),
    ("GET", "/directory/calls"): (STEWARD,),
    ("GET", "/directory/changes"): (SUPER, STEWARD),
    ("GET", "/directory/complaints"): (SUPER, STEWARD),
    ("GET", "/directory/duplicates"): (STEWARD,),
    ("GET", "/directory/imports"): (STEWARD,),
    ("GET", "/directory/merge"): (STEWARD,),
    ("GET", "/directory/requests"): (STEWARD,),
    ("GET", "/directory/emergency"): (STEWARD,),
    ("GET", "/directory/looks"): (STEWARD,),
    ("GET", "/directory/missing"): (SUPER, STEWARD),
    ("GET", "/directory/new"): (STEWARD,),
    ("GET", "/directory/entry/{id}/edit"): (STEWARD,),
    ("GET", "/people"): (ADMIN, SUPER),
    ("POST", "/people"): (ADMIN,),
    ("POST", "/blocks"): (ADMIN, SUPER),
    ("GET", "/log"): (ADMIN, SUPER),
    ("POST", "/log"): (ADMIN, SUPER),
    ("GET", "/organisation"): (ADMIN,),
    ("POST", "/organisation"): (ADMIN,),
}
# What stands for the parts of a path in braces: nobody and nothing that there is.
FILLED = {
    "shift": "0" * 32,
    "swap": "0" * 32,
    "note": "0" * 32,
    "block": "0" * 32,
    "account": "0" * 32,
    "id": "0" * 32,
    "keep": "0" * 32,
    "other": "0" * 32,
    "part": "queue",
    "month": "2020-01",
}
OPEN = ("/sign-in", "/invitation/", "/calendar/", "/static", "/healthz")


def routes(site: DeskSite) -> Iterator[tuple[str, str]]:
    """All routes of the desk but the open ones, the way out last."""
    every = {
        (route.method, str(route.resource and route.resource.canonical))
        for route in app.build(site.services).router.routes()
    }
    shut = {(method, path) for method, path in every if method != "HEAD" and not path.startswith(OPEN)}
    return iter(sorted(shut, key=lambda route: (route == ("POST", "/sign-out"), route)))


def rule(method: str, path: str) -> tuple[str, ...] | None:
    fitting = [begins for by, begins in RULES if by == method and (path == begins or path.startswith(f"{begins}/"))]
    return RULES[method, max(fitting, key=len)] if fitting else None


async def test_every_page_has_a_rule(desk_site: DeskSite) -> None:
    assert [route for route in routes(desk_site) if rule(*route) is None] == []


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
async def test_a_role_reaches_its_pages_and_no_other(desk_site: DeskSite, role: Role) -> None:
    who = await desk_site.hires("Blue Heron", role)
    expected, found = {}, {}
    async with desk_site.seat(who) as seat:
        for method, path in routes(desk_site):
            where = desk_site.url + re.sub(r"{(\w+)}", lambda part: FILLED[part[1]], path)
            data = {"form_token": seat.form_token} if method == "POST" else None
            async with seat.web.request(method, where, data=data, allow_redirects=False) as response:
                assert response.status not in (401, 405, 500), (method, path)
                found[method, path] = response.status != 403
            expected[method, path] = role in (rule(method, path) or ())
    assert found == expected


async def test_what_is_not_for_somebody_is_told_and_stands_in_no_navigation(desk_site: DeskSite) -> None:
    steward = await desk_site.hires("Blue Heron", "steward")
    async with desk_site.seat(steward) as seat:
        for path in ("/desk", "/people", "/log"):
            status, source = await seat.opens(path)
            assert (path, status, "Your roles do not allow this" in source) == (path, 403, True)
        _, source = await seat.opens("/you")
    assert re.findall(r'<a href="(/(?:desk|people|log|you))"', source) == ["/you", "/you"]
