"""The change of the master key: what the desk keeps is sealed anew, by gateways that have both keys, while people write.

Conversations need nothing here: their keys are wrapped anew by the janitor, and the look-up of whoever writes moves with them.
Sessions end, and invitations that nobody has accepted yet have to be sent again.
"""

import asyncio

from bot import organisation
from bot.crypto.vault import Vault
from bot.reporting import change_requests
from bot.storage.periodic import Periodic
from bot.storage.store import Store
from desk.accounts import Accounts
from desk.admin import former_keys
from desk.duty import duty_calendar, holidays
from desk.shifts import handover_notes, shift_swaps

_EVERY = 60.0  # seconds: a gateway that has only the key of before may still write with it


class KeyRotation:
    """One loop per gateway; two at once do no harm."""

    def __init__(self, store: Store, accounts: Accounts) -> None:
        self._store, self._accounts = store, accounts

    async def run(self) -> None:
        """Run until cancelled; without a master key of before there is nothing to do."""
        before = self._store.vault.before
        if before is None:
            await asyncio.Event().wait()
        else:
            await Periodic(lambda: self.once(before), _EVERY).run()

    async def once(self, before: Vault) -> None:
        """Seal anew whatever the key of before has sealed. Raises StoreAway."""
        await former_keys.keep(self._store, before, await self._accounts.audit.head())
        async for account in self._store.ids("account"):
            await self._accounts.people.reseal(account, before)
        await duty_calendar.reseal(self._store)
        await shift_swaps.reseal(self._store)
        await change_requests.reseal(self._store)
        await holidays.reseal(self._store)
        await handover_notes.reseal(self._store)
        saved = await organisation.read(self._store)
        if self._store.vault.is_of_before(saved.sealed, organisation.KEY):
            await organisation.save(self._store, saved, saved.organisation)


async def left(store: Store) -> int:
    """Return how many accounts, shifts, notes, settings and duties open with the master key of before alone. Raises StoreAway."""
    found = [
        (f"account {account}", await store.call("GET", f"account:{{{account}}}"))
        async for account in store.ids("account")
    ]
    found += [(f"shift {id_.decode()}", sealed) for id_, sealed in (await duty_calendar.sealed_shifts(store)).items()]
    found += [(f"shift swap {id_}", sealed) for id_, sealed in (await shift_swaps.sealed_swaps(store)).items()]
    found += [(f"holiday {day}", sealed) for day, sealed in (await holidays.sealed_holidays(store)).items()]
    found += [(f"handover {id_}", sealed) for id_, sealed in (await handover_notes.sealed_notes(store)).items()]
    for kind, purpose in (("copy", "copy"), ("farewell_due", "farewell")):
        async for name in store.redis.scan_iter(match=f"{kind}:*", count=500):
            read = ("HGET", name, "sealed") if kind == "copy" else ("GET", name)
            found.append((purpose, await store.call(*read)))
    found += await change_requests.sealed_requests(store)
    found.append((organisation.KEY, await store.call("GET", organisation.KEY)))
    return sum(store.vault.is_of_before(sealed, purpose) for purpose, sealed in found if sealed)
