"""The loader of scripts: Redis forgets them when it starts again, and an engine may run what is there and bring nothing.

Whoever has broken into an engine could otherwise bring a script that never ends, and nobody would be answered any more.
"""

from bot.storage.periodic import Periodic
from bot.storage.store import Store

_EVERY = 5.0  # seconds that an engine may have to wait after a start of Redis


class ScriptLoader:
    """One loop per gateway."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run(self) -> None:
        """Run until cancelled."""
        await Periodic(self._store.load_scripts, _EVERY).run()
