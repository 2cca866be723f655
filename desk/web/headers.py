"""The headers of every response of the desk: nothing loaded from elsewhere, cached, told to other sites or framed."""

from aiohttp import web

_ALWAYS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


async def put(request: web.Request, response: web.StreamResponse) -> None:
    """Set them on a response just before it goes out."""
    response.headers.update(_ALWAYS)
    response.headers.pop("Server", None)
    if request.path.startswith("/static/"):
        # Style sheets and scripts are the same for everybody: the browser keeps them, and asks whether they are still current.
        response.headers["Cache-Control"] = "no-cache"
