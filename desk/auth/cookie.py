"""The session cookie: out of reach of scripts and other sites, and gone when the browser closes."""

from aiohttp import web

from desk.web.services import SERVICES


def token(request: web.Request) -> str:
    """Return the session token; empty if there is none."""
    return request.cookies.get(_name(request), "")


def give(request: web.Request, response: web.Response, new: str) -> None:
    """Set the cookie of a new session."""
    response.set_cookie(_name(request), new, path="/", httponly=True, samesite="Strict", secure=_secure(request))


def take(request: web.Request, response: web.Response) -> None:
    """Delete the cookie."""
    response.del_cookie(_name(request), path="/", httponly=True, samesite="Strict", secure=_secure(request))


def _name(request: web.Request) -> str:
    # With this prefix no page on a neighboring subdomain can replace our cookie with its own.
    return "__Host-desk" if _secure(request) else "desk"


def _secure(request: web.Request) -> bool:
    return request.app[SERVICES].settings.desk_url.startswith("https://")
