"""Restricts status and metrics to this machine; if strangers can reach us through it, metrics also need the master key.

On a quiet hotline, a count tells a watcher the very second in which someone writes.
"""

import hmac
import re

from aiohttp import web

from bot.crypto.vault import Vault
from bot.settings import Settings

_HERE = ("127.0.0.1", "::1")
_NAMES_OF_HERE = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?")
_FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")


def demand_local(request: web.Request) -> None:
    """Raise HTTPNotFound unless the request comes from this machine, as far as we can tell: a proxy and Tor run here too."""
    forwarded = any(name in request.headers for name in _FORWARDED)
    # Not request.host: without the header, that is this machine's own name.
    named = _NAMES_OF_HERE.fullmatch(request.headers.get("Host", "").lower())
    if forwarded or request.remote not in _HERE or not named:
        raise web.HTTPNotFound


def demand_token(request: web.Request, settings: Settings, vault: Vault) -> None:
    """Raise HTTPNotFound without proof of the master key, if strangers can reach us through this machine.

    Tor passes requests on byte for byte: a stranger can write any Host, and no forwarding header gives them away.
    """
    if not needs_token(settings):
        return
    given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
    if not hmac.compare_digest(given, bearer(vault).encode()):
        raise web.HTTPNotFound


def needs_token(settings: Settings) -> bool:
    """Whether strangers can reach us through this machine. On a developer's machine they cannot."""
    # A front may name us by our own address and add no header: that is what nginx does if it is told nothing else.
    return bool(settings.production or settings.onion_location or settings.public_url)


def bearer(vault: Vault) -> str:
    """Return the header with which `quietline metrics` proves that it knows the master key."""
    return f"Bearer {vault.token('metrics')}"
