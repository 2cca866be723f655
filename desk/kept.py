"""What somebody had typed when their session was over or Redis away: it goes into the answer, and is stored nowhere."""

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from desk import cookie
from desk.site import PARTS

_SECRET = ("password", "code", "form_token", "kept")  # parts of names of fields that are typed again
# Browsers drop blanks and read a backslash as a slash: what begins with two of those in any dress names another host.
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]*")
_LONGEST = 64 * 1024  # letters


@dataclass(frozen=True)
class Kept:
    """A form that was not taken yet."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def plain(self) -> str:
        """Give it as it travels in a field of the sign-in form."""
        return json.dumps([self.path, self.fields])


async def of(request: web.Request) -> Kept | None:
    """Give the form of a request, if it has come from a page of ours, which may belong to a session that is over."""
    if request.method != "POST":
        return None
    fields = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    if not _ours(request, fields.get("form_token", "")):
        return None
    rest = ((name, value) for name, value in fields.items() if not any(word in name for word in _SECRET))
    return Kept(request.path, tuple(rest))


def read(fields: Mapping[str, str]) -> Kept | None:
    """Read what the sign-in form has carried; None where there was nothing, or something odd."""
    text = fields.get("kept", "")
    try:
        path, pairs = json.loads(text[:_LONGEST]) if text else ("", [])
        pairs = tuple((str(name), str(value)) for name, value in pairs)
    except (ValueError, TypeError):
        return None
    return Kept(path, pairs) if local(path) == path and path else None


def local(path: object) -> str:
    """Give a path of this site, or its front door: a form must never lead to another one."""
    return path if isinstance(path, str) and _LOCAL.fullmatch(path) else "/"


def form_token(request: web.Request) -> str:
    """Give what a form of this browser's session brings back, also when the session is over or can not be looked up."""
    return request.app[PARTS].store.vault.keyed("form", cookie.token(request))


def _ours(request: web.Request, given: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), form_token(request).encode())
