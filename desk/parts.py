"""Where the parts of the desk's accounts are put together: a store goes in, what a page or a command needs comes out."""

import time
from dataclasses import dataclass

from bot.store import Store
from desk.audit import CONSOLE, Audit
from desk.invitations import Invitations
from desk.passwords import Passwords
from desk.people import Account, Clock, People
from desk.refused import Refused
from desk.sessions import Sessions
from desk.sign_in import SignIn
from desk.throttle import Throttle


@dataclass(frozen=True)
class Desk:
    """Who works at the desk, and how they come in."""

    people: People
    audit: Audit
    invitations: Invitations
    sessions: Sessions
    sign_in: SignIn

    @classmethod
    def build(cls, store: Store, clock: Clock = time.time, passwords: Passwords | None = None) -> "Desk":
        """Put the parts together; nothing is read yet."""
        people, audit, passwords = People(store, clock), Audit(store, clock), passwords or Passwords()
        sessions = Sessions(store, people)
        invitations = Invitations(store, people, audit, passwords)
        return cls(
            people, audit, invitations, sessions, SignIn(store, people, sessions, Throttle(store), audit, passwords)
        )

    async def disable(self, name: str, by: str = CONSOLE) -> Account:
        """Shut somebody out at once; raises Refused."""
        account = await self.people.named(name)
        if account is None:
            raise Refused("unknown")
        await self.audit.note(by, "disabled", account.id)
        return await self.people.disable(account.id)
