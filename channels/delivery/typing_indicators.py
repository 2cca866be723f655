"""Shows a typing indicator while an operator is writing, on messengers that have one."""

from typing import Protocol

from bot.crypto.vault import SealBroken
from bot.storage.periodic import Periodic
from bot.storage.store import Store

_TICK = 1.5  # seconds; Telegram's indicator lasts five, and the desk reports typing every three


class ShowsTyping(Protocol):
    """A channel that can show a typing indicator."""

    name: str

    def typing(self, address: str) -> None:
        """Show the indicator in the background; whether it arrives does not matter."""


class TypingIndicators:
    """The indicator loop; one per gateway and channel."""

    def __init__(self, store: Store, door: ShowsTyping) -> None:
        self._store, self._door = store, door

    async def run(self) -> None:
        """Run until cancelled."""
        await Periodic(self.look, _TICK, "typing_failed").run()

    async def look(self) -> None:
        """Show the indicators that are due now."""
        for id_, wrapped, address in await self._store.run("claim_typing", channel=self._door.name):
            try:
                seal = self._store.vault.unwrap(id_.decode(), wrapped)
                self._door.typing(seal.open(address, "address").decode())
            except SealBroken:
                continue  # the conversation was erased just now
