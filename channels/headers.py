"""The headers of every answer: what a browser may load, keep, tell others, and who may put a frame around it (P05, P24)."""

from collections.abc import Awaitable, Callable

from aiohttp import web

# The page may load its own files and talk to its own server, nothing else.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors "
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
    if not frame_hosts:
        return {**_ALWAYS, "Content-Security-Policy": f"{_POLICY}'none'", "X-Frame-Options": "DENY"}
    # X-Frame-Options knows no list: beside the policy it could only forbid what the policy allows.
    return {**_ALWAYS, "Content-Security-Policy": _POLICY + " ".join(frame_hosts)}


def putting(frame_hosts: tuple[str, ...]) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Give the function that puts them on an answer just before it goes out."""
    headers = of(frame_hosts)

    async def put(_: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(headers)
        response.headers.pop("Server", None)

    return put
