"""How somebody signs in: the attempt is counted, then name, second factor and password are checked; which failed is never said.

The code is checked before the password. A wrong code costs nothing here, while each password costs a quarter
of a second and 64 MiB, which a flood of wrong sign-ins must not be able to spend.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from bot.storage.store import Store
from desk.admin.audit_log import Audit, AuditEvent
from desk.auth import second_factor
from desk.auth.passwords import Passwords
from desk.auth.people import Account, People
from desk.auth.sessions import Sessions
from desk.auth.throttle import Throttle
from desk.web.refusals import Refused


@dataclass(frozen=True)
class Attempt:
    """What somebody typed, and where it came from (an IP address, used only for counting, as a keyed hash)."""

    name: str
    password: str = field(repr=False)
    code: str = field(repr=False)  # from the app, or a recovery code
    source: str = field(repr=False)  # empty: unknown


@dataclass(frozen=True)
class SignIn:
    """Sign-in, and the changes that need the same proofs."""

    store: Store
    people: People
    sessions: Sessions
    throttle: Throttle
    audit: Audit
    passwords: Passwords

    async def begin(self, attempt: Attempt) -> str:
        """Return the token of a new session; raises Refused."""
        account, proof = await self._proved(attempt)
        today = datetime.fromtimestamp(self.people.clock(), UTC).date().isoformat()
        account = await self.people.change(
            account.id, lambda now: proof.spend(_unchanged(account, now)).with_(seen=today)
        )
        await self.throttle.passed(attempt.name, attempt.source)
        await self.audit.note(account.id, proof.event)
        return await self.sessions.begin(account)

    async def change_password(self, account: Account, old: str, new: str, source: str) -> str:
        """Set a new password and return the token of a new session: all others of the account are over."""
        await self._counted(account.name, source)
        if not await self.passwords.match(account.password, old):
            await self.audit.note(account.id, "sign_in_refused")
            raise Refused("wrong")
        hashed = await self.passwords.hashed(new, [account.name])
        await self.audit.note(account.id, "password_changed")

        def changed(now: Account) -> Account:
            return _unchanged(account, now).with_(password=hashed, generation=now.generation + 1)

        return await self.sessions.begin(await self.people.change(account.id, changed))

    async def new_recovery_codes(self, account: Account, password: str, code: str, source: str) -> list[str]:
        """Return ten new codes, shown this once; the old ones are void. Asks for everything that a sign-in asks for."""
        account, proof = await self._proved(Attempt(account.name, password, code, source))
        codes = second_factor.new_recovery_codes()
        marks = second_factor.marks(self.store.vault, account.id, codes)
        await self.audit.note(account.id, "recovery_codes_renewed")
        await self.people.change(account.id, lambda now: proof.spend(_unchanged(account, now)).with_(recovery=marks))
        await self.throttle.passed(account.name, source)
        return codes

    async def end(self, token: str) -> None:
        """Sign out."""
        session = await self.sessions.find(token, click=False)
        if session:
            await self.audit.note(session.account.id, "signed_out")
        await self.sessions.end(token)

    async def _proved(self, attempt: Attempt) -> tuple[Account, "_Proof"]:
        await self._counted(attempt.name, attempt.source)
        account = await self.people.named(attempt.name)
        # Faster than a wrong password, so it reveals whether a name is one of ours. Names are no secret: colleagues see them.
        if account is None or account.state != "active":
            raise Refused("wrong")
        proof = self._proof(account, attempt.code)
        if proof is None or not await self.passwords.match(account.password, attempt.password):
            await self.audit.note(account.id, "sign_in_refused")
            raise Refused("wrong")
        return account, proof

    async def _counted(self, name: str, source: str) -> None:
        wait = await self.throttle.wait(name, source)
        if wait:
            raise Refused("too_many", wait)

    def _proof(self, account: Account, code: str) -> "_Proof | None":
        step = second_factor.step_of(account.secret, code, self.people.clock())
        if step is not None:
            return _Proof("signed_in", partial(_spend_step, step)) if step > account.last_step else None
        mark = next(iter({*second_factor.all_marks(self.store.vault, account.id, code)} & {*account.recovery}), None)
        return _Proof("signed_in_by_recovery_code", partial(_spend_recovery, mark)) if mark else None


@dataclass(frozen=True)
class _Proof:
    """A valid second factor, and how the account looks once it is used up."""

    event: AuditEvent
    spend: Callable[[Account], Account]


def _unchanged(seen: Account, now: Account) -> Account:
    """Refuse an account that was disabled, or got another password, while the typed password was being checked."""
    if now.state != "active" or now.password != seen.password:
        raise Refused("wrong")
    return now


def _spend_step(step: int, now: Account) -> Account:
    # If two requests send one code at the same moment, only one gets in.
    if step <= now.last_step:
        raise Refused("wrong")
    return now.with_(last_step=step)


def _spend_recovery(mark: str, now: Account) -> Account:
    if mark not in now.recovery:
        raise Refused("wrong")
    return now.with_(recovery=tuple(kept for kept in now.recovery if kept != mark))
