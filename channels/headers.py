"""The headers of every response: what a browser may load, store and disclose, and who may frame the page (P05, P24)."""

from base64 import b64encode
from collections.abc import Awaitable, Callable
from hashlib import sha256

from aiohttp import web

from channels.web.page import style

# The page may load its own files and call its own server, nothing else. The only style allowed is its inline sheet.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'sha256-{style}'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {sites}"
)
_ALWAYS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000",
}


def of(frame_hosts: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the headers; only `frame_hosts` may show the page in a frame."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    policy = _POLICY.format(style=digest, sites=" ".join(frame_hosts) or "'none'")
    # X-Frame-Options takes no list of sites: next to a policy that allows some, it could only forbid them.
    alone = {} if frame_hosts else {"X-Frame-Options": "DENY"}
    return {**_ALWAYS, "Content-Security-Policy": policy, **alone}


def putting(frame_hosts: tuple[str, ...]) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Return a signal handler that sets the headers on a response just before it is sent."""
    headers = of(frame_hosts)

    async def put(_: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(headers)
        response.headers.pop("Server", None)

    return put
