"""A form typed before the session ended or Redis went away: it is returned with the answer, and stored nowhere.

Across a sign-in it travels sealed for the account that typed it. Anybody else who signs in there does not see it, and
finds nothing of it in the page.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.crypto.vault import SealBroken, Vault
from desk.auth import cookie
from desk.auth.sessions import form_owner
from desk.web.services import SERVICES

_SECRET = ("password", "code", "form_token", "kept")  # parts of the names of fields that have to be typed again
# Browsers drop blanks and read a backslash as a slash: a path that begins with two slashes in any disguise names another host.
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]*")


@dataclass(frozen=True)
class PendingForm:
    """A form that was not accepted yet."""

    path: str
    fields: tuple[tuple[str, str], ...]
    form_token: str = ""  # the token it came with, valid as long as the session
    account: str = ""  # who typed it

    def sealed(self, vault: Vault) -> str:
        """Return it sealed, as it travels in a field of the sign-in form."""
        plain = json.dumps([self.path, self.fields]).encode()
        return base64.b64encode(vault.desk.seal(plain, _purpose(self.account))).decode()


async def of(request: web.Request) -> PendingForm | None:
    """Return the form of a request if it came from a page of ours, even if the session of that page is over."""
    if request.method != "POST":
        return None
    fields = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    given = fields.get("form_token", "")
    account = form_owner(request.app[SERVICES].store.vault, cookie.token(request), given)
    if account is None:
        return None
    rest = ((name, value) for name, value in fields.items() if not any(word in name for word in _SECRET))
    return PendingForm(request.path, tuple(rest), given, account)


def opened(fields: Mapping[str, str], vault: Vault, account: str) -> PendingForm | None:
    """Read the form that the sign-in form carried for the account that has signed in; None if there is none of theirs."""
    try:
        plain = vault.desk.open(base64.b64decode(fields.get("kept", "")), _purpose(account))
    except (ValueError, SealBroken):
        return None
    path, pairs = json.loads(plain)
    return PendingForm(path, tuple((name, value) for name, value in pairs)) if local(path) == path else None


def local(path: object) -> str:
    """Return the path if it is one of this site, or else the front page: a form must never lead to another site."""
    return path if isinstance(path, str) and _LOCAL.fullmatch(path) else "/"


def _purpose(account: str) -> str:
    return f"kept {account}"
