"""The people of the desk: an account is a random id, a name chosen for the desk, and roles; no real name, no address.

All of it is sealed with the master key and expires 400 days after it was last used. A change is written only over the
version it was read from, so two at once never undo each other: a disabled account stays disabled.
"""

import itertools
import time
import unicodedata
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.crypto.identity import new_id
from bot.crypto.vault import SealBroken, Vault
from bot.handoff import aliases
from bot.storage.store import Store, key
from desk.auth.roles import Role, may, separate
from desk.localization.desk_languages import DeskLanguage
from desk.web.refusals import Refused

KEPT = 400 * 86_400  # seconds; as long as the audit log, whose ids it puts names to
_SHORTEST, _LONGEST = 2, 40
AccountState = Literal["invited", "active", "disabled"]
Appearance = Literal["system", "light", "dark"]
QueueView = Literal["all", "languages", "urgent"]
Clock = Callable[[], float]


class Preferences(BaseModel):
    """How somebody wants the pages of the desk to look and sound."""

    model_config = ConfigDict(frozen=True)

    language: DeskLanguage | Literal[""] = ""  # of the pages themselves; empty: what the browser asks for
    look: Appearance = "system"
    sound: bool = True  # when somebody starts to wait, or writes
    flash: bool = True  # the same in the page title
    blur: bool = False  # blur the text of a severe case until a click


class Account(BaseModel):
    """One person of the desk. Credentials are left out of its repr, which could end up in a log."""

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    alias: str = ""  # what people who write are told instead of the name: drawn at random, unique to the account
    roles: tuple[Role, ...]
    asked: tuple[Role, ...] = ()  # what an administrator wants to give, until a second one has confirmed it
    asked_by: str = ""
    parted: bool = False  # once read and administered: may make one more account, to administer with
    state: AccountState
    languages: tuple[str, ...] = ()  # locales they work in; empty: not stated
    wishes: Preferences = Preferences()
    view: QueueView = "all"  # whom of the queue they see; nobody urgent, late or offered to them is ever left out
    seen: str = ""  # the day of the last sign-in, without the time
    generation: int = 0  # sessions of an earlier generation are over
    invitation: str = Field(default="", repr=False)  # keyed hash of the valid link
    password: str = Field(default="", repr=False)  # argon2id
    secret: str = Field(default="", repr=False)  # of the second factor
    last_step: int = Field(default=0, repr=False)  # time step of the last code used
    recovery: tuple[str, ...] = Field(default=(), repr=False)  # keyed hashes of the unused codes

    def with_(self, **changes: Any) -> "Account":
        """Return a changed copy."""
        return Account.model_validate(self.model_dump() | changes)


class _AliasTaken(Exception):
    pass


class People:
    """The accounts in the store."""

    def __init__(self, store: Store, clock: Clock = time.time) -> None:
        self._store = store
        self._vault = store.vault
        self.clock = clock

    async def get(self, account: str) -> Account | None:
        """Return an account, or None if there is none. Raises SealBroken if it was sealed with another master key."""
        sealed = await self._store.call("GET", key("account", account))
        return self._opened(account, sealed) if sealed else None

    async def named(self, name: str) -> Account | None:
        """Return the account with this name, however it is typed."""
        found = await self._store.call("GET", self._name_key(name))
        return await self.get(found.decode()) if found else None

    async def all(self) -> list[Account]:
        """Return all accounts sorted by name, without those sealed with another master key."""
        return await self.some([account async for account in self._store.ids("account")])

    async def some(self, ids: Iterable[str]) -> list[Account]:
        """Return accounts sorted by name, without those that are gone or sealed with another master key."""
        found: list[Account | None] = []
        for account in ids:
            with suppress(SealBroken):
                found.append(await self.get(account))
        return sorted((account for account in found if account), key=lambda account: folded(account.name))

    async def add(self, name: str, roles: tuple[Role, ...], id_: str = "") -> Account:
        """Create an account that nobody can use yet; raises Refused."""
        account = Account(id=id_ or new_id(), name=cleaned(name), roles=roles, state="invited")

        async def written(alias: str) -> Account:
            named = account.with_(alias=alias)
            await self._written(named, b"", named)
            return named

        return await self._with_free_alias(written)

    async def draw_alias(self, account: str) -> Account:
        """Draw another alias for an account."""
        return await self._with_free_alias(lambda alias: self.change(account, lambda before: before.with_(alias=alias)))

    async def _with_free_alias(self, write: Callable[[str], Awaitable[Account]]) -> Account:
        while True:
            with suppress(_AliasTaken):  # somebody else just drew it
                return await write(await self._free_alias())

    async def _free_alias(self) -> str:
        """Return an alias nobody has. The words are enough for any desk; if they run out, a number is added."""
        taken = {account.alias for account in await self.all()}
        drawn = aliases.people()
        numbered = (f"{alias} {number}" for number in itertools.count(2) for alias in drawn)
        return next(alias for alias in itertools.chain(drawn, numbered) if alias not in taken)

    async def change(self, account: str, alter: Callable[[Account], Account]) -> Account:
        """Change an account; `alter` can raise Refused, and is called again when somebody else was faster."""
        while True:
            sealed = await self._store.call("GET", key("account", account))
            if not sealed:
                raise Refused("unknown")
            before = self._opened(account, sealed)
            after = alter(before)
            if await self._written(after, sealed, before):
                return after

    async def reseal(self, account: str, before: Vault) -> None:
        """Seal an account anew that was sealed with the master key of before, with its name and alias."""
        sealed = await self._store.call("GET", key("account", account))
        with suppress(SealBroken, Refused, _AliasTaken):  # of a key that is older still, or changed in this moment
            if sealed and self._vault.is_of_before(sealed, f"account {account}"):
                found = self._opened(account, sealed)
                former = People(Store(self._store.redis, before), self.clock)
                await self._written(found, sealed, found, former)

    async def disable(self, account: str) -> Account:
        """Disable an account and erase its credentials. Its sessions end at once."""
        nothing = {"password": "", "secret": "", "recovery": (), "invitation": ""}
        return await self.change(account, lambda before: before.with_(state="disabled", **nothing))

    async def _written(self, account: Account, was: bytes, before: Account, known: "People | None" = None) -> bool:
        """`known`: the accounts under the master key of before, where name and alias have to move from there."""
        former = known or self
        sealed = self._vault.desk.seal(account.model_dump_json().encode(), f"account {account.id}")
        names = [self._name_key(account.name), former._name_key(before.name)]
        known_as = [self._alias_key(account), former._alias_key(before)]
        keys = [key("account", account.id), *names, *known_as]
        done = await self._store.run("save_account", keys, before=was, after=sealed, id=account.id, seconds=KEPT)
        if done == -1:
            raise Refused("name_taken")
        if done == -2:
            raise _AliasTaken
        return bool(done)

    def _opened(self, account: str, sealed: bytes) -> Account:
        return _parted(Account.model_validate_json(self._vault.desk.open(sealed, f"account {account}")))

    def _name_key(self, name: str) -> str:
        return f"account_name:{self._vault.keyed('account name', folded(name))}"

    def _alias_key(self, account: Account) -> str:
        return f"account_alias:{self._vault.keyed('account alias', account.alias or account.id)}"


def _parted(account: Account) -> Account:
    """Take administration from an account that also reads, as was allowed once: those who write must not lose who answers."""
    if separate(account.roles):
        return account
    left = tuple(role for role in account.roles if not may([role], "invite"))
    return account.with_(roles=left, parted=True)


def folded(name: str) -> str:
    """Fold a name into the form that is compared."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def cleaned(name: str) -> str:
    """Return a name as it is stored; raises Refused. It holds no @ and no characters that change the text direction."""
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if not _SHORTEST <= len(name) <= _LONGEST or not all(_belongs(letter) for letter in name):
        raise Refused("bad_name")
    return name


def _belongs(letter: str) -> bool:
    return letter in " -'’" or unicodedata.category(letter)[0] in "LMN"
