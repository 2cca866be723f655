"""The desk's account services, built from one store: everything a page or a command needs to work with accounts."""

import time
from dataclasses import dataclass

from bot.handoff import on_duty
from bot.storage.store import Store
from desk.admin.audit_log import CONSOLE, Audit
from desk.admin.role_grants import RoleGrants
from desk.auth.invitations import Invitations
from desk.auth.passwords import Passwords
from desk.auth.people import Account, Clock, People
from desk.auth.roles import Role, answers_people
from desk.auth.sessions import Sessions
from desk.auth.sign_in import SignIn
from desk.auth.throttle import Throttle
from desk.duty import duty_calendar
from desk.notifications.push_subscriptions import remove_all
from desk.web.refusals import Refused


@dataclass(frozen=True)
class Accounts:
    """The people of the desk, and how they get in."""

    store: Store
    people: People
    audit: Audit
    grants: RoleGrants
    invitations: Invitations
    sessions: Sessions
    sign_in: SignIn

    @classmethod
    def build(cls, store: Store, clock: Clock = time.time, passwords: Passwords | None = None) -> "Accounts":
        """Build the services; nothing is read yet."""
        people, audit, passwords = People(store, clock), Audit(store, clock), passwords or Passwords()
        sessions = Sessions(store, people)
        grants = RoleGrants(store, people, audit)
        invitations = Invitations(store, people, audit, grants, passwords)
        return cls(
            store,
            people,
            audit,
            grants,
            invitations,
            sessions,
            SignIn(store, people, sessions, Throttle(store), audit, passwords),
        )

    async def disable(self, name: str, by: str = CONSOLE) -> Account:
        """Lock somebody out at once, and free their conversations for others; raises Refused."""
        account = await self.people.named(name)
        if account is None:
            raise Refused("unknown")
        if account.id == by:
            raise Refused("yourself")
        await self.audit.note(by, "disabled", account.id)
        disabled = await self.people.disable(account.id)
        await self._off_duty(account)
        return disabled

    async def give_roles(self, account: Account, roles: tuple[Role, ...], by: str) -> Account:
        """Change somebody's roles, effective from their next click; raises Refused."""
        changed = await self.grants.give(account, roles, by)
        if not answers_people(changed.roles):
            await self._off_duty(account)
        return changed

    async def say_languages(self, account: str, languages: tuple[str, ...], by: str) -> Account:
        """Save the languages somebody works in; empty: not stated."""
        await self.audit.note(by, "languages_changed", account)
        return await self.people.change(account, lambda before: before.with_(languages=languages))

    async def _off_duty(self, account: Account) -> None:
        await on_duty.off(self.store, account.id, self.people.clock())
        await remove_all(self.store, account.id)
        await duty_calendar.take_out(self.store, account.id)  # or people would be told of hours that nobody covers
