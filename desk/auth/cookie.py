"""The cookie of a session: out of reach for scripts and other sites, and gone with the browser."""

from aiohttp import web

from desk.web.services import PARTS


def token(request: web.Request) -> str:
    """Give the token of the session, empty when there is none."""
    return request.cookies.get(_name(request), "")


def give(request: web.Request, response: web.Response, new: str) -> None:
    """Let the browser have the token of a new session."""
    response.set_cookie(_name(request), new, path="/", httponly=True, samesite="Strict", secure=_secure(request))


def take(request: web.Request, response: web.Response) -> None:
    """Let the browser forget it."""
    response.del_cookie(_name(request), path="/", httponly=True, samesite="Strict", secure=_secure(request))


def _name(request: web.Request) -> str:
    # With this prefix no page of a neighbouring address can put a cookie of its own in place of ours.
    return "__Host-desk" if _secure(request) else "desk"


def _secure(request: web.Request) -> bool:
    return request.app[PARTS].settings.desk_url.startswith("https://")
