"""Takes over keys that versions up to commit 47c7d24 wrote under other names, so that an update loses no message and no farewell.

Gateways of both versions may run side by side during an update: a message that the old one accepts is found here within
seconds. Accounts, STOP list, blocks, counts and audit log have kept their names.
"""

from bot.storage.periodic import Periodic
from bot.storage.store import Store

_EVERY = 5.0  # seconds


class Migration:
    """One loop per gateway; two at once do no harm."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run(self) -> None:
        """Run until cancelled."""
        await Periodic(self.rename, _EVERY).run()

    async def rename(self) -> None:
        """Rename what is there under old names."""
        await self._store.run("rename_keys")
