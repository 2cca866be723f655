"""The headers of every answer of the desk: nothing from elsewhere, nothing kept, nothing told to others, no frame."""

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
    """Put them on an answer just before it goes out."""
    response.headers.update(_ALWAYS)
    response.headers.pop("Server", None)
    if request.path.startswith("/static/"):
        # Sheets and scripts are the same for everybody: the browser keeps them, and asks whether they still hold.
        response.headers["Cache-Control"] = "no-cache"
