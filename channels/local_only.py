"""Who may see how it stands with us: this machine, and of the counts, where others come in from it too, who knows the master key.

On a quiet hotline a count tells a watcher the second in which somebody writes.
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
    """Raise HTTPNotFound for whoever is not on this machine, as far as can be seen: a front and Tor are on it too."""
    forwarded = any(name in request.headers for name in _FORWARDED)
    if forwarded or request.remote not in _HERE or not _NAMES_OF_HERE.fullmatch(request.host.lower()):
        raise web.HTTPNotFound


def demand_token(request: web.Request, settings: Settings, vault: Vault) -> None:
    """Raise HTTPNotFound for whoever does not know the master key, where strangers may reach us by way of this machine.

    Tor hands over what somebody sends, letter by letter: a stranger writes the Host that they like, and nothing is forwarded.
    """
    if not needs_token(settings):
        return
    given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
    if not hmac.compare_digest(given, bearer(vault).encode()):
        raise web.HTTPNotFound


def needs_token(settings: Settings) -> bool:
    """Whether others come in by way of this machine. On a developer's nobody does."""
    return bool(settings.production or settings.onion_location)


def bearer(vault: Vault) -> str:
    """Return the header by which `quietline metrics` shows that it knows the master key."""
    return f"Bearer {vault.token('metrics')}"
