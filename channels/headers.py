"""The headers of every answer: what a browser may load, keep, tell others, and who may put a frame around it (P05, P24)."""

from base64 import b64encode
from collections.abc import Awaitable, Callable
from hashlib import sha256

from aiohttp import web

from channels.web.page import style

# The page may load its own files and talk to its own server, nothing else. Of styles, only the sheet inside it counts.
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
    """Give the headers; only these sites may show the page in a frame."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    policy = _POLICY.format(style=digest, sites=" ".join(frame_hosts) or "'none'")
    # X-Frame-Options knows no list: beside a policy that allows sites it could only forbid them.
    alone = {} if frame_hosts else {"X-Frame-Options": "DENY"}
    return {**_ALWAYS, "Content-Security-Policy": policy, **alone}


def putting(frame_hosts: tuple[str, ...]) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Give the function that puts them on an answer just before it goes out."""
    headers = of(frame_hosts)

    async def put(_: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(headers)
        response.headers.pop("Server", None)

    return put
