"""Checks that a form was sent by our own page, not by another site with a token that it knows.

The page has no cookie for such a form to abuse. But the response would be the genuine page, at the genuine URL, in a
conversation of the attacker's choosing: the attacker could read what the person writes there, and write too.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from aiohttp import web

from bot.security_headers import FROM_NO_OTHER_SITE
from bot.settings import Settings
from channels import metrics

# Our own page sends "null", because its referrer policy hides the origin; very old browsers send no header.
_HIDDEN = ("", "null")


def demand(request: web.Request, addresses: Iterable[str]) -> None:
    """Raise HTTPForbidden for a form sent by another site. `addresses`: our origins besides the Host."""
    # Browsers send this header over TLS, to onion services and to localhost, and no site can forge it.
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        genuine = site in FROM_NO_OTHER_SITE
    else:
        origin = request.headers.get("Origin", "").lower()
        genuine = origin in _HIDDEN or origin in addresses or _without_scheme(origin) == _host(request)
    if not genuine:
        metrics.refused.labels("origin").inc()
        raise web.HTTPForbidden


def addresses(settings: Settings) -> frozenset[str]:
    """Return the origins in the settings: a reverse proxy may forward a different Host than the one people asked for."""
    named = (urlsplit(url) for url in (settings.public_url, settings.onion_location) if url)
    return frozenset(f"{url.scheme}://{url.netloc}".lower() for url in named)


def _host(request: web.Request) -> str:
    # A reverse proxy may add the port that browsers omit. It also terminates TLS: we only see plain HTTP.
    return request.host.lower().removesuffix(":443").removesuffix(":80")


def _without_scheme(origin: str) -> str:
    return origin.partition("://")[2]
