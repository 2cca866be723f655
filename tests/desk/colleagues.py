"""A person who comes to the desk with an app for codes, and a clock that a test moves."""

from dataclasses import dataclass, field

import pyotp

from bot.storage.store import Store
from commands.runtime.time_travel import let_time_pass
from desk.accounts import Accounts
from desk.auth.invitations import Acceptance
from desk.auth.people import Account
from desk.auth.roles import Role
from desk.auth.sign_in import Attempt

PASSWORD = "seven quiet lamps"
HOME = "192.0.2.7"


@dataclass
class Clock:
    """Time that passes when a test says so, here and in Redis."""

    store: Store
    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    async def passes(self, seconds: int) -> None:
        self.now += seconds
        await let_time_pass(self.store, seconds)


@dataclass
class Colleague:
    """Somebody who works at the desk."""

    desk: Accounts
    clock: Clock
    name: str
    recovery: list[str] = field(default_factory=list)
    secret: str = ""

    async def comes(self, *roles: Role) -> "Colleague":
        """Is invited, and accepts."""
        token = await self.desk.invitations.invite(self.name, roles or ("operator",))
        return await self.accepts(token)

    async def accepts(self, token: str, password: str = PASSWORD) -> "Colleague":
        self.secret = (await self.desk.invitations.look(token)).secret
        given = Acceptance(self.name, password, self.code())
        self.recovery = await self.desk.invitations.accept(token, given)
        self.clock.now += 30  # the next code
        return self

    def code(self) -> str:
        return pyotp.TOTP(self.secret).at(int(self.clock.now))

    async def signs_in(self, password: str = PASSWORD, code: str = "", source: str = HOME) -> str:
        """Gives the token of the session."""
        return await self.desk.sign_in.begin(Attempt(self.name, password, code or self.code(), source))

    async def account(self) -> Account:
        account = await self.desk.people.named(self.name)
        assert account
        return account
