"""Deletes the copies that providers keep of messages: when they are due, with retries while the provider is busy."""

import asyncio
from collections.abc import Mapping

from bot import logs
from bot.messaging import provider_copies
from bot.messaging.provider_copies import DueCopy
from bot.storage.signals import ending
from bot.storage.store import Store, StoreAway
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
        while not ending():
            begun = await asyncio.gather(*(self._guarded() for _ in range(_SIDE_BY_SIDE)))
            if not any(begun):
                await asyncio.sleep(self._tick)

    async def _guarded(self) -> bool:
        try:
            return await self.delete_one()
        except StoreAway:
            return False  # the lease expires and the copy is deleted again; deleting what is gone is not an error
        except Exception:
            logs.failure("deleting_failed")
            return True

    async def delete_one(self) -> bool:
        """Delete the copy that is due first. Return False if none is due."""
        due = await provider_copies.take(self._store)
        if due is None:
            return False
        await self._delete(due)
        return True

    async def _delete(self, due: DueCopy) -> None:
        channel = due.key.partition(":")[0]
        door = self._adapters.get(channel)
        if due.copy is None:
            await self._end(due, channel, "given_up")  # its 48 hours are over; the log tells the administrator
            return
        if door is None:
            await provider_copies.later(self._store, due)  # another gateway may serve that channel
            return
        try:
            await door.delete(due.copy)
        except DeliveryError as error:
            if error.permanent:
                await self._end(due, channel, error.reason)
            else:
                await provider_copies.later(self._store, due, error.after)
        else:
            await self._end(due, channel, "deleted")

    async def _end(self, due: DueCopy, channel: str, outcome: str) -> None:
        await provider_copies.deleted(self._store, due)
        metrics.copies_deleted.labels(channel, outcome).inc()
        if outcome != "deleted":
            logs.event("copy_not_deleted", 40, channel=channel, reason=outcome)
