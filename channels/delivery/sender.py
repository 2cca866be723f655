"""Sends what waits in the outboxes to the platforms: in order for each person, with retries while a platform is busy."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping

from bot import logs
from bot.crypto.vault import SealBroken
from bot.messaging import farewell, outbox, unreachable
from bot.messaging.farewell import Farewell
from bot.messaging.outbox import Outgoing
from bot.messaging.provider_copies import Copy
from bot.phrases.phrases import Phrasebook
from bot.storage.signals import Signals
from bot.storage.store import OUTBOX, Claim, Store, StoreAway
from channels import metrics
from channels.contract import DeliveryError, HeldBack, Sends
from channels.delivery.work_pool import Work, WorkPool

SIDE_BY_SIDE = 32  # messages to different people in flight at once
_MOST_TRIES = 36  # about half an hour: by then, someone else may be reading the phone
_FIRST_DELAY, _LONGEST_DELAY = 1_000, 60_000  # milliseconds; doubled on each retry


class Sender:
    """The loop that sends outbox messages and the farewells of erased conversations."""

    def __init__(
        self,
        store: Store,
        book: Phrasebook,
        adapters: Mapping[str, Sends],
        signals: Signals,
        first_delay: int = _FIRST_DELAY,
    ) -> None:
        self._store, self._book, self._adapters, self._signals = store, book, adapters, signals
        self._first_delay = first_delay
        self.pool = WorkPool(self._next, signals.outgoing, SIDE_BY_SIDE, "sending_failed")

    async def run(self) -> None:
        """Run until cancelled, then finish what is in flight."""
        await self.pool.run()

    async def _next(self, only_first: bool) -> Work | None:
        # A farewell does not wait for what is sent to others.
        if not only_first and (claim := await self._store.claim(secrets.token_hex(8), OUTBOX)):
            return self._send(claim)
        taken = await farewell.claim(self._store)
        return self._say_farewell(*taken) if taken else None

    async def _send(self, claim: Claim) -> None:
        async with self._store.kept(claim, OUTBOX):
            channel = claim.fields["channel"].decode()
            try:
                door, left = await self._deliver(claim, channel)
            except HeldBack as held:
                await self._held_back(claim, held)
            except DeliveryError as error:
                await self._failed(claim, error)
            except (SealBroken, StoreAway):
                raise
            except Exception:
                logs.failure("adapter_failed")
                await self._failed(claim, DeliveryError("fault", permanent=False))
            else:
                # The platform has it. Losing this record in a Redis outage would send it twice and leave a copy undeleted.
                await _insist(lambda: outbox.mark_sent(self._store, claim, left, door.abilities.pause))
                metrics.deliveries.labels(channel, "sent").inc()

    async def _deliver(self, claim: Claim, channel: str) -> tuple[Sends, list[Copy]]:
        door = self._adapters.get(channel)
        if door is None:
            raise DeliveryError("no_door", permanent=False)
        seal = self._store.vault.unwrap(claim.conversation, claim.fields["key"])
        address = seal.open(claim.fields["address"], "address").decode()
        return door, await door.send(address, Outgoing.head(claim, seal))

    async def _held_back(self, claim: Claim, held: HeldBack) -> None:
        channel = claim.fields["channel"].decode()
        metrics.deliveries.labels(channel, held.reason).inc()
        logs.event("text_held_back", 30, channel=channel, reason=held.reason)
        await _insist(lambda: outbox.give_up(self._store, claim, held.instead))

    async def _failed(self, claim: Claim, error: DeliveryError) -> None:
        tries = int(claim.fields.get("deliveries", b"0")) + 1
        channel = claim.fields["channel"].decode()
        metrics.deliveries.labels(channel, error.reason).inc()
        if error.permanent:
            # An operator who opens this conversation at the desk must see that nothing arrives any more.
            await unreachable.mark(self._store, claim.conversation, error.reason)
        if error.permanent or tries >= _MOST_TRIES:
            logs.event("delivery_given_up", 30, channel=channel, tries=tries, reason=error.reason)
            await outbox.give_up(self._store, claim)
            return
        delay = min(self._first_delay * 2 ** (tries - 1), _LONGEST_DELAY)
        await outbox.postpone(self._store, claim, max(delay, int(error.after * 1000)))

    async def _say_farewell(self, id_: str, last_line: Farewell | None) -> None:
        # One try: the conversation is gone, and a late "bye" would only draw attention to the phone.
        left: list[Copy] = []
        try:
            if last_line is not None:
                text = self._book.render(last_line.say, {}, last_line.locale, last_line.channel)
                left = await self._adapters[last_line.channel].send(last_line.address, Outgoing(text, last_line.say))
        except DeliveryError as error:
            left = list(error.instead) if isinstance(error, HeldBack) else []
            logs.event("farewell_given_up", 30)
        finally:
            await _insist(lambda: farewell.end(self._store, id_, left))


async def _insist(call: Callable[[], Awaitable[None]]) -> None:
    """Retry a write for a minute until Redis takes it: a sent message cannot be unsent."""
    for wait in (*[0.2] * 10, *[1.0] * 58):
        try:
            return await call()
        except StoreAway:
            await asyncio.sleep(wait)
    return await call()
