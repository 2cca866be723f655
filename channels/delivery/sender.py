"""Takes what waits in the outboxes to the platforms: in order for each person, again when a platform was busy."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress

from bot import logs
from bot.crypto.vault import SealBroken
from bot.messaging import farewell, outbox, unreachable
from bot.messaging.farewell import Farewell
from bot.messaging.outbox import Outgoing
from bot.messaging.provider_copies import Copy
from bot.phrases.phrases import Phrasebook
from bot.storage.signals import Signals, ending
from bot.storage.store import Claim, Store, StoreAway
from channels import metrics
from channels.contract import DeliveryError, Sends

SIDE_BY_SIDE = 32  # messages to different people on their way at once
_TICK = 0.5  # seconds between looks for what other gateways left
_MOST_TRIES = 36  # half an hour: an answer that comes later may find another reader
_FIRST_DELAY, _LONGEST_DELAY = 1_000, 60_000  # milliseconds; doubled with each try


class Sender:
    """One loop for outboxes, and the farewells of erased conversations."""

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
        self._running: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Work until cancelled; then finish what is on its way."""
        try:
            while not ending():
                self._signals.outgoing.clear()
                if len(self._running) >= SIDE_BY_SIDE or not await self._start_one():
                    with suppress(TimeoutError):
                        async with asyncio.timeout(_TICK):
                            await self._signals.outgoing.wait()
        finally:
            if self._running:
                await asyncio.wait(self._running, timeout=10)

    async def _start_one(self) -> bool:
        work: Coroutine[None, None, None] | None = None
        try:
            if claim := await self._store.claim(secrets.token_hex(8), "postbox", "outbox"):
                work = self._send(claim)
            elif taken := await farewell.take(self._store):
                work = self._part(*taken)
        except StoreAway:
            return False
        if work is None:
            return False
        task = asyncio.create_task(self._guarded(work))
        self._running.add(task)
        task.add_done_callback(self._ended)
        return True

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        self._signals.outgoing.set()

    async def _guarded(self, work: "Coroutine[None, None, None]") -> None:
        try:
            await work
        except StoreAway:
            return  # the claim runs out by itself, and it is sent again
        except Exception:
            logs.failure("sending_failed")

    async def _send(self, claim: Claim) -> None:
        async with self._store.kept(claim, "postbox", "sender"):
            channel = claim.fields["channel"].decode()
            try:
                door, left = await self._deliver(claim, channel)
            except DeliveryError as error:
                await self._failed(claim, error)
            except (SealBroken, StoreAway):
                raise
            except Exception:
                logs.failure("adapter_failed")
                await self._failed(claim, DeliveryError("fault", permanent=False))
            else:
                # The platform has it: to forget that for a moment without Redis would say it twice, and keep its copy.
                await _insist(lambda: outbox.sent(self._store, claim, left, door.abilities.pause))
                metrics.deliveries.labels(channel, "sent").inc()

    async def _deliver(self, claim: Claim, channel: str) -> tuple[Sends, list[Copy]]:
        door = self._adapters.get(channel)
        if door is None:
            raise DeliveryError("no_door", permanent=False)
        seal = self._store.vault.unwrap(claim.conversation, claim.fields["key"])
        address = seal.open(claim.fields["address"], "address").decode()
        return door, await door.send(address, Outgoing.head(claim, seal))

    async def _failed(self, claim: Claim, error: DeliveryError) -> None:
        tries = int(claim.fields.get("deliveries", b"0")) + 1
        channel = claim.fields["channel"].decode()
        metrics.deliveries.labels(channel, error.reason).inc()
        if error.permanent:
            # Whoever looks at this talk at the desk must see that nothing arrives any more.
            await unreachable.note(self._store, claim.conversation, error.reason)
        if error.permanent or tries >= _MOST_TRIES:
            logs.event("delivery_given_up", 30, channel=channel, tries=tries, reason=error.reason)
            await outbox.given_up(self._store, claim)
            return
        delay = min(self._first_delay * 2 ** (tries - 1), _LONGEST_DELAY)
        await outbox.later(self._store, claim, max(delay, int(error.after * 1000)))

    async def _part(self, duty: str, parting: Farewell | None) -> None:
        # One try: the conversation is gone, and a late "bye" would only draw a look to the phone.
        left: list[Copy] = []
        try:
            if parting is not None:
                text = self._book.render(parting.say, {}, parting.locale, parting.channel)
                left = await self._adapters[parting.channel].send(parting.address, Outgoing(text, parting.say))
        except DeliveryError:
            logs.event("farewell_given_up", 30)
        finally:
            await _insist(lambda: farewell.done(self._store, duty, left))


async def _insist(call: Callable[[], Awaitable[None]]) -> None:
    """Do something until Redis takes it, for a minute: what is said cannot be unsaid."""
    for wait in (*[0.2] * 10, *[1.0] * 58):
        try:
            return await call()
        except StoreAway:
            await asyncio.sleep(wait)
    return await call()
