"""Where a practice conversation is kept: for one session of one operator, sealed, and for two hours at most."""

from bot.crypto.vault import SealBroken
from bot.storage.store import Store
from desk.practice.play import Play

KEPT = 2 * 3_600  # seconds


class Rooms:
    """The practice conversations in the store. Each session has one, so two operators never meet in one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def find(self, session: str) -> Play | None:
        """Return the practice conversation of a session."""
        name = self._key(session)
        sealed = await self._store.call("GET", name)
        try:
            return Play.load(self._store.vault.desk.open(sealed, name)) if sealed else None
        except (SealBroken, TypeError, ValueError):  # of another version, or from before the key was changed
            return None

    async def keep(self, session: str, play: Play) -> None:
        """Save it."""
        name = self._key(session)
        await self._store.call("SET", name, self._store.vault.desk.seal(play.dump(), name), "EX", KEPT)

    async def drop(self, session: str) -> None:
        """Delete it."""
        await self._store.call("DEL", self._key(session))

    def _key(self, session: str) -> str:
        return f"practice:{self._store.vault.keyed('practice', session)}"
