"""What somebody had typed when their session was over or Redis away: it goes into the answer, and is stored nowhere.

Over a sign-in it travels sealed for the account that typed it. Whoever else signs in there does not see it, and finds
nothing of it in the page.
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
from desk.web.services import PARTS

_SECRET = ("password", "code", "form_token", "kept")  # parts of names of fields that are typed again
# Browsers drop blanks and read a backslash as a slash: what begins with two of those in any dress names another host.
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]*")


@dataclass(frozen=True)
class PendingForm:
    """A form that was not taken yet."""

    path: str
    fields: tuple[tuple[str, str], ...]
    form_token: str = ""  # that it came with: it is good for as long as the session is
    account: str = ""  # who typed it

    def sealed(self, vault: Vault) -> str:
        """Give it as it travels in a field of the sign-in form."""
        plain = json.dumps([self.path, self.fields]).encode()
        return base64.b64encode(vault.desk.seal(plain, _purpose(self.account))).decode()


async def of(request: web.Request) -> PendingForm | None:
    """Give the form of a request, if it has come from a page of ours, which may belong to a session that is over."""
    if request.method != "POST":
        return None
    fields = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    given = fields.get("form_token", "")
    account = form_owner(request.app[PARTS].store.vault, cookie.token(request), given)
    if account is None:
        return None
    rest = ((name, value) for name, value in fields.items() if not any(word in name for word in _SECRET))
    return PendingForm(request.path, tuple(rest), given, account)


def opened(fields: Mapping[str, str], vault: Vault, account: str) -> PendingForm | None:
    """Read what the sign-in form has carried, for who has signed in; None where there is nothing of theirs."""
    try:
        plain = vault.desk.open(base64.b64decode(fields.get("kept", "")), _purpose(account))
    except (ValueError, SealBroken):
        return None
    path, pairs = json.loads(plain)
    return PendingForm(path, tuple((name, value) for name, value in pairs)) if local(path) == path else None


def local(path: object) -> str:
    """Give a path of this site, or its front door: a form must never lead to another one."""
    return path if isinstance(path, str) and _LOCAL.fullmatch(path) else "/"


def _purpose(account: str) -> str:
    return f"kept {account}"
