"""How somebody gets roles: what reads conversations or gives roles takes two administrators, where there are two.

Where there is one, that one decides alone, and everybody at the desk is told (THREAT_MODEL.md). So does the command line, which
has the master key and could read without an account.
"""

from dataclasses import dataclass

from bot.storage.store import Store
from desk.admin.audit_log import CONSOLE, Audit
from desk.alarms.alarms import Alarm, Alarms
from desk.auth.people import Account, People
from desk.auth.roles import Role, guarded, may, separate
from desk.web.refusals import Refused


@dataclass(frozen=True)
class RoleGrants:
    """Gives roles, or has them wait for a second administrator."""

    store: Store
    people: People
    audit: Audit

    async def give(self, account: Account, roles: tuple[Role, ...], by: str) -> Account:
        """Change somebody's roles. What is taken away is gone at once; what is added may have to wait. Raises Refused."""
        checked(roles)
        if account.id == by:
            raise Refused("yourself")
        waits = await self.waits(account, roles, by)
        await self.audit.note(by, "roles_asked" if waits else "roles_changed", account.id)
        await self.tell(account, roles, by, waits)
        return await self.people.change(account.id, lambda now: given(now, roles, by, waits))

    async def confirm(self, account: Account, seen: tuple[Role, ...], by: str) -> Account:
        """Give the roles that another administrator asked for; `seen`: those that were confirmed. Raises Refused."""

        def confirmed(now: Account) -> Account:
            if now.asked != seen or not seen:
                raise Refused("asked_otherwise")
            if by in (now.asked_by, now.id):
                raise Refused("second_person")
            # An invited account is nobody yet: whoever made its link could still be the one who follows it.
            if now.state != "active":
                raise Refused("not_in_yet")
            return now.with_(roles=now.asked, asked=(), asked_by="")

        confirmed(account)
        await self.audit.note(by, "roles_confirmed", account.id)
        return await self.people.change(account.id, confirmed)

    async def waits(self, before: Account, roles: tuple[Role, ...], by: str) -> bool:
        """Whether a second administrator has to confirm these roles."""
        if by == CONSOLE or not _added(before, roles):
            return False
        everybody = await self.people.all()
        return any(_administers(each) and each.id not in (by, before.id) for each in everybody)

    async def tell(self, before: Account, roles: tuple[Role, ...], by: str, waits: bool) -> None:
        """Tell everybody if an administrator has given such a role alone."""
        if by != CONSOLE and not waits and _added(before, roles):
            clock = self.people.clock
            await Alarms(self.store, clock).raise_(Alarm(f"granted {before.id}", "granted", clock(), account=before.id))

    async def alone(self) -> list[str]:
        """Return the names of those who were given such a role by one administrator alone, for a day."""
        told = [
            alarm.account for alarm in await Alarms(self.store, self.people.clock).open() if alarm.kind == "granted"
        ]
        return [account.name for account in await self.people.some(told)]


def checked(roles: tuple[Role, ...]) -> None:
    """Raise Refused for roles that nobody can have."""
    if not roles:
        raise Refused("no_role")
    if not separate(roles):
        raise Refused("both_powers")


def given(now: Account, roles: tuple[Role, ...], by: str, waits: bool) -> Account:
    """Return an account with these roles, or with those that need not wait."""
    if not waits:
        return now.with_(roles=roles, asked=(), asked_by="")
    left = tuple(role for role in roles if role not in _added(now, roles))
    return now.with_(roles=left, asked=roles, asked_by=by)


def _added(before: Account, roles: tuple[Role, ...]) -> list[Role]:
    """Return the roles that are new and can do harm."""
    # Behind a new link may be somebody else: whatever the account had, it gets anew.
    had = before.roles if before.state == "active" else ()
    return [role for role in roles if guarded(role) and role not in had]


def _administers(account: Account) -> bool:
    return account.state == "active" and may(account.roles, "invite")
