"""How somebody joins the desk: a link that works once, within a day, and leads to a password and a second factor."""

import secrets
from dataclasses import dataclass
from typing import Any

from bot.crypto.identity import new_id
from bot.storage.store import Store
from desk.admin.audit_log import CONSOLE, Audit
from desk.admin.role_grants import RoleGrants, checked, given
from desk.auth import second_factor
from desk.auth.passwords import Passwords
from desk.auth.people import Account, People, cleaned
from desk.auth.roles import Role
from desk.localization.desk_languages import DeskLanguage
from desk.web.refusals import Refused

DAY = 86_400


@dataclass(frozen=True)
class Acceptance:
    """The form behind an invitation link."""

    name: str
    password: str
    code: str  # from the app, which proves that it has the secret
    languages: tuple[str, ...] = ()  # that they work in
    desk_language: DeskLanguage | None = None  # picked on the page itself


class Invitations:
    """Creates invitation links and accepts them."""

    def __init__(self, store: Store, people: People, audit: Audit, grants: RoleGrants, passwords: Passwords) -> None:
        self._store = store
        self._people = people
        self._audit = audit
        self._grants = grants
        self._passwords = passwords

    async def invite(self, name: str, roles: tuple[Role, ...], by: str = CONSOLE) -> str:
        """Return the token of a new link, also for somebody who is disabled or lost theirs; raises Refused."""
        checked(roles)
        account = await self._people.named(cleaned(name))
        if account and account.state == "active":
            raise Refused("already_active")
        known, account = account, account or Account(id=new_id(), name=cleaned(name), roles=(), state="invited")
        waits = await self._grants.waits(account, roles, by)
        await self._audit.note(by, "invited", account.id)
        if waits:
            await self._audit.note(by, "roles_asked", account.id)
        account = known or await self._people.add(name, (), account.id)
        await self._grants.tell(account, roles, by, waits)
        token = secrets.token_urlsafe(32)
        mark = self._mark(token)

        def invited(before: Account) -> Account:
            if before.state == "active":
                raise Refused("already_active")
            # A new secret each time: whoever saw an older link knows the secret behind it.
            fresh = {"invitation": mark, "secret": second_factor.new_secret(), "parted": False}
            return given(before, roles, by, waits).with_(state="invited", **fresh)

        await self._people.change(account.id, invited)
        await self._store.call("SET", f"invitation:{mark}", account.id, "EX", DAY)
        return token

    async def look(self, token: str) -> Account:
        """Return the account behind a link that is still valid; raises Refused. Looking does not use up the link."""
        mark = self._mark(token)
        found = await self._store.call("GET", f"invitation:{mark}")
        account = await self._people.get(found.decode()) if found else None
        if account is None or not _invited_by(account, mark):
            raise Refused("link_dead")
        return account

    async def accept(self, token: str, given: Acceptance) -> list[str]:
        """Activate the account and return its recovery codes, which are shown this once; raises Refused."""
        account, mark = await self.look(token), self._mark(token)
        name = cleaned(given.name)
        step = second_factor.step_of(account.secret, given.code, self._people.clock())
        if step is None:
            raise Refused("wrong_code")
        password = await self._passwords.hashed(given.password, [name])
        codes = second_factor.new_recovery_codes()
        recovery = second_factor.marks(self._store.vault, account.id, codes)

        def accepted(before: Account) -> Account:
            # If two people accept the link at once, only the first gets in.
            if not _invited_by(before, mark):
                raise Refused("link_dead")
            proofs = {"password": password, "recovery": recovery, "last_step": step, "invitation": ""}
            chosen: dict[str, Any] = {"name": name, "languages": given.languages}
            if given.desk_language:
                chosen["wishes"] = before.wishes.model_copy(update={"language": given.desk_language})
            return before.with_(state="active", generation=before.generation + 1, **chosen, **proofs)

        await self._audit.note(account.id, "accepted")
        await self._people.change(account.id, accepted)
        await self._store.call("DEL", f"invitation:{mark}")
        return codes

    def _mark(self, token: str) -> str:
        return self._store.vault.keyed("invitation", token)


def _invited_by(account: Account, mark: str) -> bool:
    return account.state == "invited" and account.invitation == mark
