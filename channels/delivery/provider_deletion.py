"""Deletes the copies that providers keep of messages: when they are due, with retries while the provider is busy."""

import asyncio
from collections.abc import Mapping

from bot import logs
from bot.messaging import provider_copies
from bot.messaging.provider_copies import DueCopy
from bot.storage.periodic import Periodic
from bot.storage.store import Store
from channels import metrics
from channels.contract import DeliveryError, Sends

_TICK = 1.0  # seconds between polls when nothing was due
_SIDE_BY_SIDE = 4


class ProviderDeletion:
    """The deletion loop; one per gateway."""

    def __init__(self, store: Store, adapters: Mapping[str, Sends], tick: float = _TICK) -> None:
        self._store, self._adapters, self._tick = store, adapters, tick

    async def run(self) -> None:
        """Run until cancelled. Unfinished deletions are picked up by another gateway, or by us later."""
        deletion = Periodic(self._step, self._tick, "deleting_failed")
        await asyncio.gather(*(deletion.run() for _ in range(_SIDE_BY_SIDE)))

    async def _step(self) -> float | None:
        # Where it breaks, the lease expires and the copy is deleted again; deleting what is gone is not an error.
        return 0 if await self.delete_one() else None

    async def delete_one(self) -> bool:
        """Delete the copy that is due first. Return False if none is due."""
        due = await provider_copies.claim(self._store)
        if due is None:
            return False
        await self._delete(due)
        return True

    async def _delete(self, due: DueCopy) -> None:
        channel = due.key.partition(":")[0]
        door = self._adapters.get(channel)
        if due.copy is None and not due.closed:
            await self._end(due, channel, "given_up")  # its 48 hours are over; the log tells the administrator
            return
        if door is None or due.copy is None:
            await provider_copies.postpone(self._store, due)  # another gateway may serve that channel
            return
        try:
            await door.delete(due.copy)
        except DeliveryError as error:
            if error.permanent:
                await self._end(due, channel, error.reason)
            else:
                await provider_copies.postpone(self._store, due, error.after)
        else:
            await self._end(due, channel, "deleted")

    async def _end(self, due: DueCopy, channel: str, outcome: str) -> None:
        await provider_copies.cancel(self._store, due)
        metrics.copies_deleted.labels(channel, outcome).inc()
        if outcome != "deleted":
            logs.event("copy_not_deleted", 40, channel=channel, reason=outcome)
