"""The janitor: closes for good, within a minute, what was erased or has expired.

Redis removes an expired or erased key from memory at once, but its append-only file still holds the wrapped key until it is
rewritten, and the blocks of the old file stay on the disk. So the janitor does both: it has the file rewritten, and the keys of
all that lives wrapped anew (key_renewal.py), after which no older copy opens anything.
"""

import time

from bot import logs
from bot.storage.key_renewal import KeyRenewal
from bot.storage.periodic import Periodic
from bot.storage.store import Store, StoreAway

_LOOK = 5.0
_LEAST = 25.0  # seconds between two rewrites
_LATE = 300.0  # seconds after which what was erased should long be closed; a large store takes its time
_BEHIND, _TOLD = "not_closed", 120  # seconds for which the desk hears of it (desk/alarms/erasing_watcher.py)


class Janitor:
    """One loop per gateway; Redis itself refuses a second rewrite while one is running."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._renewal = KeyRenewal(store, store.vault.epochs) if store.vault.epochs else None
        self._carried_over = ""  # the folder of epochs in which everything that lives has a key
        self._due = False  # something was erased or has expired, and the next epoch has not begun yet
        self._due_since = time.monotonic()
        self._cleaned = -_LEAST
        self._died = (0, 0)  # expired keys and erased conversations up to the last rewrite
        self.failures = 0

    async def run(self) -> None:
        """Run until cancelled."""
        await Periodic(self._step, _LOOK).run()

    async def _step(self) -> None:
        if self._renewal:
            try:
                await self._renew(self._renewal)
            except StoreAway:
                # Whatever keeps the keys from being renewed, the file is rewritten all the same.
                logs.event("keys_not_renewed", 30)
        if time.monotonic() - self._cleaned >= _LEAST and await self.clean():
            self._cleaned = time.monotonic()

    async def _renew(self, renewal: KeyRenewal) -> None:
        # What was wrapped before an update, and what was lost when the machine started again, or somebody emptied the folder.
        if self._carried_over != renewal.place and await renewal.carry_over_now():
            self._carried_over = renewal.place
        await renewal.finish()
        # What was erased while the last epoch was being left is closed with the next one.
        self._due = self._due and not renewal.begin()
        if self._due and time.monotonic() - self._due_since > _LATE:
            await self._tell()

    async def clean(self) -> bool:
        """Rewrite the append-only file if something was erased or expired since the last rewrite; return whether it was tried."""
        persistence = await self._store.call("INFO", "persistence")
        # A rewrite that another gateway started may have missed the last erasure: look again when it is done.
        if _field(persistence, "aof_enabled") == "0" or _field(persistence, "aof_rewrite_in_progress") == "1":
            return False
        stats = await self._store.call("INFO", "stats")
        died = (int(_field(stats, "expired_keys")), int(await self._store.call("GET", "erased") or 0))
        failed = _field(persistence, "aof_last_bgrewrite_status") not in ("ok", "0")
        if died == self._died and not failed:
            return False
        try:
            await self._store.call("BGREWRITEAOF")
        except StoreAway:
            failed = True
        else:
            self._died = died
        if not self._due:
            self._due, self._due_since = True, time.monotonic()
        if failed:
            # A managed Redis may forbid it, or a disk may be full. The deployer has to know: the promise is not kept.
            self.failures += 1
            logs.event("append_only_file_not_rewritten", 40, count=self.failures)
            await self._tell()
        return True

    async def _tell(self) -> None:
        await self._store.run("note_not_closed", [_BEHIND], seconds=_TOLD)


async def is_behind(store: Store) -> bool:
    """Whether a janitor could not close what was erased, a moment ago. Raises StoreAway."""
    return bool(await store.call("EXISTS", _BEHIND))


def _field(info: object, name: str) -> str:
    # redis-py parses INFO into a dict only for its own methods.
    if isinstance(info, dict):
        return str(info.get(name, "0"))
    text = info.decode() if isinstance(info, bytes) else str(info)
    found = [line.partition(":")[2] for line in text.splitlines() if line.startswith(f"{name}:")]
    return found[0].strip() if found else "0"
