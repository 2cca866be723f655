"""Who is signed in: a session ends after 15 minutes without a click, 12 hours in all, a new password or a disabled account.

The browser has a random token, the store has its keyed hash: a copy of Redis lets nobody in.
"""

import hmac
import json
import secrets
from dataclasses import dataclass

from bot.crypto.vault import Vault
from bot.storage.store import Store
from desk.auth.people import Account, People

IDLE, LONGEST = 15 * 60, 12 * 3600  # seconds (P26)
_ACCOUNT = 32  # letters of an account id


@dataclass(frozen=True)
class Session:
    """Somebody who is signed in."""

    id: str  # keyed hash of the token
    account: Account
    form_token: str  # every form that changes something sends it back; another site does not know it

    def sent_by(self, form_token: str) -> bool:
        """Whether a form comes from a page of this session."""
        return hmac.compare_digest(self.form_token.encode(), form_token.encode("utf-8", "replace"))


def form_token(vault: Vault, token: str, account: str) -> str:
    """Return the token each form of a session sends back. It names the account, still known when the session is over."""
    return vault.keyed("form", f"{token} {account}") + account


def form_owner(vault: Vault, token: str, given: str) -> str | None:
    """Return the account whose page a form comes from, even if its session is over; None: the form is from elsewhere."""
    account = given[-_ACCOUNT:]
    right = form_token(vault, token, account)
    return account if hmac.compare_digest(given.encode("utf-8", "replace"), right.encode("utf-8", "replace")) else None


class Sessions:
    """The sessions in the store."""

    def __init__(self, store: Store, people: People) -> None:
        self._store = store
        self._people = people

    async def begin(self, account: Account) -> str:
        """Begin a session and return its token."""
        token = secrets.token_urlsafe(32)
        name = self._key(token)
        facts = {"account": account.id, "generation": account.generation, "ends": self._people.clock() + LONGEST}
        sealed = self._store.vault.desk.seal(json.dumps(facts).encode(), name)
        await self._store.call("SET", name, sealed, "EX", IDLE)
        return token

    async def find(self, token: str, click: bool = True) -> Session | None:
        """Return the session of a token while it lasts. A request a page makes on its own is no click: it extends nothing."""
        name = self._key(token)
        sealed = await self._store.call("GET", name)
        if not sealed:
            return None
        facts = json.loads(self._store.vault.desk.open(sealed, name))
        left = int(facts["ends"] - self._people.clock())
        # Read every time: a role that was taken away is gone with the next click.
        account = await self._people.get(facts["account"])
        if not account or account.state != "active" or account.generation != facts["generation"] or left <= 0:
            await self._store.call("DEL", name)
            return None
        if click:
            await self._store.call("EXPIRE", name, min(IDLE, left))
        return Session(name, account, form_token(self._store.vault, token, account.id))

    async def left(self, token: str) -> int:
        """Return the seconds until a session ends if nobody clicks."""
        return max(int(await self._store.call("TTL", self._key(token))), 0)

    async def end(self, token: str) -> None:
        """End a session."""
        await self._store.call("DEL", self._key(token))

    def _key(self, token: str) -> str:
        return f"session:{self._store.vault.keyed('session', token)}"
