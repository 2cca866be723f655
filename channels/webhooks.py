"""The webhooks: each request from a platform is verified, parsed and stored before it is answered.

The same `take` serves a platform that we poll (channels/telegram/polling.py).
"""

from collections import deque
from collections.abc import Iterable, Sequence

from aiohttp import web
from aiohttp.typedefs import Handler

from bot import logs
from bot.crypto import identity
from bot.messaging import farewell, provider_copies
from bot.messaging.intake import Accepted, Intake
from bot.messaging.message import Message
from bot.messaging.provider_copies import Copy
from bot.settings import Settings
from bot.storage.signals import Signals
from bot.storage.store import Store, StoreAway
from channels import metrics
from channels.contract import Adapter, Event, IntakeOutcome, NotTaken, Payload, PersonGone, Receipt, WebhookAnswer

_BODY_CAP = 1024 * 1024  # bytes; generous, since a platform is no stranger and repeats a refused request all day
_LATE = 1_000  # copies remembered while Redis is down


class Webhooks:
    """The webhook routes of the gateway, and the intake of their events."""

    def __init__(
        self, adapters: Iterable[Adapter], store: Store, intake: Intake, signals: Signals, settings: Settings
    ) -> None:
        self._adapters = tuple(adapters)
        self._store, self._intake, self._signals = store, intake, signals
        self._public_url, self._keep_seen = settings.public_url, settings.keep_seen
        self._late: deque[Copy] = deque(maxlen=_LATE)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to mount."""
        return [web.post(path, self._handler(adapter)) for adapter in self._adapters for path in adapter.paths]

    def _handler(self, adapter: Adapter) -> Handler:
        async def receive(request: web.Request) -> web.Response:
            payload = await self._payload(request.clone(client_max_size=_BODY_CAP))
            adapter.verify(payload)
            outcome = await self.take(adapter, adapter.parse(payload))
            return _response(adapter.answer(outcome, payload))

        return receive

    async def take(self, adapter: Adapter, events: Sequence[Event]) -> IntakeOutcome:
        """Store these events. Idempotent: an event stored before is recognized when it comes again."""
        outcome: IntakeOutcome = "kept"
        try:
            await self._note_late()
            for event in events:
                if await self._take(adapter, event) is Accepted.FULL:
                    outcome = "full"
        except StoreAway:
            # Even if the platform does not retry, it still holds its copies.
            self._late += [copy for event in events if isinstance(event, Message | NotTaken) for copy in event.copies]
            return "away"
        self._signals.due.set()
        return outcome

    async def _note_late(self) -> None:
        """Note the copies of messages that came while Redis was down."""
        while self._late:
            await provider_copies.schedule(self._store, [self._late[0]])
            self._late.popleft()

    async def _take(self, adapter: Adapter, event: Event) -> Accepted | None:
        if isinstance(event, NotTaken) and event.message and await self._has_conversation(event.message):
            event = event.message
        if isinstance(event, Message):
            accepted = await self._intake.accept(event)
            metrics.accepted.labels(adapter.name).inc(accepted is Accepted.ACCEPTED)
            return accepted
        if isinstance(event, Receipt):
            await self._receipt(adapter, event)
        elif isinstance(event, PersonGone):
            await self._forget(adapter, event)
        else:
            await provider_copies.schedule(self._store, event.copies)
            metrics.refused.labels(event.reason).inc()
            logs.event("not_taken", channel=adapter.name, reason=event.reason)
        return None

    async def _has_conversation(self, message: Message) -> bool:
        pointer = await self._store.pointer(message.channel, message.address)
        return await self._store.find(pointer) is not None

    async def _receipt(self, adapter: Adapter, receipt: Receipt) -> None:
        if receipt.failed:
            metrics.deliveries.labels(adapter.name, receipt.failed).inc()
            logs.event("not_delivered", 30, channel=adapter.name, reason=receipt.failed)
        # This also covers a message we sent but crashed before noting: its copy exists and must be deleted.
        await provider_copies.schedule(self._store, [Copy(adapter.name, receipt.copy, 0)])

    async def _forget(self, adapter: Adapter, gone: PersonGone) -> None:
        """Erase the conversation: whoever blocks us wants nothing left, and someone else may have done the blocking.

        A repeat of the same event is ignored: it means the old conversation, not one begun since.
        """
        seen = f"seen:{identity.message_key(adapter.name, gone.id, self._store.vault.pepper)}"
        if await self._store.call("EXISTS", seen):
            return
        conversation = await self._store.find(await self._store.pointer(adapter.name, gone.address))
        if conversation and await farewell.forget(self._store, conversation):
            logs.event("erased", channel=adapter.name, reason="gone")
        await self._store.call("SET", seen, "1", "EX", self._keep_seen)

    async def _payload(self, request: web.Request) -> Payload:
        headers = {name.lower(): value for name, value in request.headers.items()}
        # The raw path, byte for byte: the signature covers it.
        return Payload(request.path, f"{self._public_url}{request.raw_path}", headers, await request.read())


def _response(answer: WebhookAnswer) -> web.Response:
    return web.Response(status=answer.status, text=answer.body, content_type=answer.content_type, charset="utf-8")
