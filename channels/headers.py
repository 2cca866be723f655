"""The headers of every response of the doors (bot/security_headers.py)."""

from base64 import b64encode
from collections.abc import Awaitable, Callable
from hashlib import sha256

from aiohttp import web

from bot.security_headers import security_headers
from channels.web.organisations.update_page import update_style
from channels.web.page import style


def response_headers(frame_hosts: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the headers; the only styles allowed are the inline sheets of our two pages."""
    digests = (b64encode(sha256(sheet.encode()).digest()).decode() for sheet in (style(), update_style()))
    return security_headers(" ".join(f"'sha256-{digest}'" for digest in digests), frame_hosts)


def header_setter(frame_hosts: tuple[str, ...]) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Return a signal handler that sets the headers on a response just before it is sent."""
    headers = response_headers(frame_hosts)

    async def put(_: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(headers)
        response.headers.pop("Server", None)

    return put
