"""Shows in a messenger that an operator is writing, where the messenger has a sign for that."""

import asyncio
from typing import Protocol

from bot import logs
from bot.crypto.vault import SealBroken
from bot.storage.signals import ending
from bot.storage.store import Store, StoreAway

_TICK = 1.5  # seconds; a sign at Telegram stays for five, and the desk sends one each three


class ShowsTyping(Protocol):
    """A door that can show it."""

    name: str

    def typing(self, address: str) -> None:
        """Show a sign, beside everything else; whether it arrives does not matter."""


class TypingSigns:
    """One loop for each gateway and door."""

    def __init__(self, store: Store, door: ShowsTyping) -> None:
        self._store, self._door = store, door

    async def run(self) -> None:
        """Work until cancelled."""
        while not ending():
            try:
                await self.look()
            except StoreAway:
                pass  # no sign is shown for a moment
            except Exception:
                logs.failure("typing_failed")
            await asyncio.sleep(_TICK)

    async def look(self) -> None:
        """Show what there is to show now."""
        for id_, wrapped, address in await self._store.run("typing_due", [], [self._door.name]):
            try:
                seal = self._store.vault.unwrap(id_.decode(), wrapped)
                self._door.typing(seal.open(address, "address").decode())
            except SealBroken:
                continue  # erased in this moment
