"""Whether a form was sent by our own page. A site of somebody else could send one too, with a token that it knows.

The page has no cookie that such a form could borrow. But the answer to it would be the genuine page, under the genuine
address, in a talk that the other side has chosen: it reads what is written there, and can answer.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from aiohttp import web

from bot.settings import Settings
from channels import metrics

# "none": no site has asked for it, but the person or the browser itself, as when it comes back after a crash.
_OURS = ("same-origin", "none")
# The page's own forms say "null", since it tells nobody where a request comes from; very old browsers say nothing.
_HIDDEN = ("", "null")


def demand(request: web.Request, addresses: Iterable[str]) -> None:
    """Raise HTTPForbidden for a form that another site has sent. `addresses`: our origins, beside the Host."""
    # The browser itself says it over TLS, to an onion and on this machine, and no site can make it say something else.
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        genuine = site in _OURS
    else:
        origin = request.headers.get("Origin", "").lower()
        genuine = origin in _HIDDEN or origin in addresses or _without_scheme(origin) == _host(request)
    if not genuine:
        metrics.refused.labels("origin").inc()
        raise web.HTTPForbidden


def addresses(settings: Settings) -> frozenset[str]:
    """Return the origins that the settings name: a front may pass another Host on than the one that people asked for."""
    named = (urlsplit(url) for url in (settings.public_url, settings.onion_location) if url)
    return frozenset(f"{url.scheme}://{url.netloc}".lower() for url in named)


def _host(request: web.Request) -> str:
    # A front may add the port that a browser leaves out. The scheme is the front's as well: we only hear plain HTTP.
    return request.host.lower().removesuffix(":443").removesuffix(":80")


def _without_scheme(origin: str) -> str:
    return origin.partition("://")[2]
