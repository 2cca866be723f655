"""The renewal of keys: an epoch ends, what lives is wrapped with the next one, and what was erased stays behind for good.

In two steps, so that a gateway that has just wrapped a key with the epoch before has also stored it: one begins the next epoch,
a later one carries over what still has an older key, and drops the older ones. A process that dies between loses nothing: the
older epochs are there until nothing alive needs them.
"""

import logging
import time

from bot import logs
from bot.crypto.epochs import Epochs
from bot.crypto.vault import KeyLost, SealBroken
from bot.messaging.farewell import forget
from bot.storage.store import Store, key

_SETTLED = (
    10.0  # seconds after which whatever was wrapped with the epoch before is stored: no call on Redis takes as long
)
_AT_ONCE = 100  # conversations in one call: others wait for no more than that
_PLACE = "epochs"  # which folder of epochs the gateways of this Redis use, and when one of them last said so
_UNSEEN = 20_000  # milliseconds after which a folder that was made since then may take its place: the machine has started again
_GONE = 600_000  # milliseconds after which any other may


class KeyRenewal:
    """The epochs of one store; each gateway has one, and one of them works at a time."""

    def __init__(self, store: Store, epochs: Epochs) -> None:
        self._store, self._epochs = store, epochs
        self._cost = 0.0  # seconds that carrying over took last time
        self._finished = 0.0  # when that was

    @property
    def place(self) -> str:
        """Return what tells this folder of epochs from another one."""
        return self._epochs.place()[0]

    def begin(self) -> bool:
        """Begin the next epoch, after something was erased; False while the last one is still being left, or it costs too much."""
        with self._epochs.held() as ours:
            may = ours and not self._epochs.has_older() and time.monotonic() - self._finished >= 20 * self._cost
            if may:
                self._epochs.begin()
            return may

    async def finish(self) -> None:
        """Carry over what lives and drop the older epochs, if it is time. Raises StoreAway."""
        with self._epochs.held() as ours:
            if not ours or not await self._is_place_of_all():
                return
            if self._epochs.has_older() and self._epochs.age() >= _SETTLED:
                began = time.monotonic()
                await self._carry_over()
                self._epochs.drop_older()
                self._finished = time.monotonic()
                self._cost = self._finished - began

    async def carry_over_now(self) -> bool:
        """Wrap every key with the newest epoch, without beginning one; tell whether it was done. Raises StoreAway."""
        with self._epochs.held() as ours:
            done = ours and await self._is_place_of_all()
            if done:
                await self._carry_over()
            return done

    async def _carry_over(self) -> None:
        """Wrap the key of every living conversation with the newest epoch, and erase those whose key was lost: whoever writes
        again is answered then."""
        batch: list[str] = []
        async for conversation in self._store.conversations():
            batch.append(conversation)
            if len(batch) == _AT_ONCE:
                await self._carry(batch)
                batch = []
        if batch:
            await self._carry(batch)

    async def _carry(self, conversations: list[str]) -> None:
        names = [key("conversation", conversation) for conversation in conversations]
        changes = []
        for name, conversation, wrapped in zip(
            names, conversations, await self._store.run("wrapped_keys", names), strict=True
        ):
            try:
                after = self._store.vault.wrapped_anew(conversation, wrapped) if wrapped else None
            except KeyLost:
                await forget(self._store, conversation)
                logs.event("conversation_lost", logging.WARNING)
            except SealBroken:
                continue  # under another master key, or damaged: nobody can open it, and it expires
            else:
                if after:
                    changes.append({"name": name, "before": wrapped, "after": after})
        if changes:
            await self._store.run("replace_wrapped_keys", [change["name"] for change in changes], changes=changes)

    async def _is_place_of_all(self) -> bool:
        """Whether no gateway uses another folder: what is lost for us alone must not be erased for everybody."""
        place, since = self._epochs.place()
        ours = await self._store.run(
            "claim_place", [_PLACE], place=place, since=int(since * 1000), unseen=_UNSEEN, gone=_GONE
        )
        if not ours:
            logs.event("epochs_elsewhere", logging.CRITICAL)
        return bool(ours)
