"""`quietline operators add`, `list`, `disable`, `audit`: manages the people at the desk. Each refusal is one sentence."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import get_args

from bot.crypto.vault import SealBroken
from bot.settings import Settings
from bot.storage.store import Store
from commands.runtime.composition import open_vault
from commands.runtime.redis_server import url_of
from desk.accounts import Accounts
from desk.auth.people import Account
from desk.auth.roles import ROLES, Role
from desk.web.refusals import RefusalReason, Refused

_SENTENCES: dict[RefusalReason, str] = {
    "bad_name": "A name for the desk has 2 to 40 letters, digits, spaces and hyphens, and is not an e-mail address.",
    "name_taken": "Somebody at the desk has this name already.",
    "already_active": "This account is in use: disable it first, then a new link can be made for it.",
    "both_powers": "Who gives roles reads no conversation: make one account with --role administrator, another to answer people.",
    "no_role": "Somebody without a role can do nothing: choose one with --role.",
    "unknown": "Nobody at the desk has this name: `quietline operators list` shows all.",
    "bad_end": "The end of the log is its number and sixteen letters, as `quietline operators audit` printed them.",
}
_CLOSED = "This account does not open: it was sealed with another master key (HOTLINE_KEY_FILE), or altered."


def add(settings: Settings, name: str, roles: tuple[str, ...]) -> int:
    """Invite a person and print the invitation link."""
    chosen: tuple[Role, ...] = tuple(role for role in ROLES if role in roles)
    unknown = sorted(set(roles) - set(get_args(Role)))
    if unknown:
        print(f"There is no role {', '.join(unknown)}: choose of {', '.join(ROLES)}.", file=sys.stderr)
        return 1

    async def invite(accounts: Accounts) -> int:
        token = await accounts.invitations.invite(name, chosen)
        home = settings.desk_url or f"http://127.0.0.1:{settings.desk_port}"
        print(f"{home}/invitation/{token}")
        print("Good once, for 24 hours. Give it to nobody else, by a way that nobody else reads.", file=sys.stderr)
        return 0

    return _settled(settings, invite)


def list_people(settings: Settings) -> int:
    """Print the accounts."""

    async def listed(accounts: Accounts) -> int:
        people = await accounts.people.all()
        width = max((len(account.name) for account in people), default=0)
        for account in people:
            print(_told(account, width))
        if not people:
            print("Nobody yet: `quietline operators add NAME --role administrator`.", file=sys.stderr)
        return 0

    return _settled(settings, listed)


def disable(settings: Settings, name: str) -> int:
    """Disable an account."""

    async def shut(accounts: Accounts) -> int:
        account = await accounts.disable(name)
        print(f"{account.name} is shut out, and signed out everywhere.")
        return 0

    return _settled(settings, shut)


def audit(settings: Settings, noted: str = "") -> int:
    """Print the audit log and whether it is intact. Return 1 if it is not."""

    async def shown(accounts: Accounts) -> int:
        verdict = await accounts.audit.verify(noted.strip())
        names = {account.id: account.name for account in await accounts.people.all()}
        async for line in accounts.audit.lines():
            who = names.get(line.who, line.who) or "?"
            which = names.get(line.which, line.which)
            print(f"{line.number:>6}  {line.when:%Y-%m-%d %Hh}  {who}  {line.what or '?'}  {which}".rstrip())
        if verdict.broken is not None:
            print(f"BROKEN: line {verdict.broken} is missing, or is not as it was written.", file=sys.stderr)
            return 1
        print(f"Whole. To note down elsewhere: {verdict.end or 'nothing yet'}", file=sys.stderr)
        return 0

    return _settled(settings, shown)


def _told(account: Account, width: int) -> str:
    seen = f"last signed in on {account.seen}" if account.seen else "never signed in"
    return f"{account.name:<{width}}  {account.state:<8}  {', '.join(account.roles)}  {seen}"


def _settled(settings: Settings, body: Callable[[Accounts], Awaitable[int]]) -> int:
    async def run() -> int:
        url = url_of(settings)
        store = Store.connect(url, open_vault(settings))
        try:
            return await body(Accounts.build(store))
        finally:
            await store.close()

    try:
        return asyncio.run(run())
    except Refused as refused:
        print(_SENTENCES.get(refused.why, refused.why), file=sys.stderr)
    except SealBroken:
        print(_CLOSED, file=sys.stderr)
    return 1
