"""An operator for tests of the page: takes the one conversation that there is, writes in it, leaves."""

import time
from typing import Any

from bot.conversation.record import Record
from bot.handoff import on_duty
from bot.handoff.handoff import Handoffs
from bot.messaging.message import Reply
from bot.messaging.outbox import OperatorMessage
from bot.storage.store import Store, key
from channels.delivery.notifier import Notifier
from tests.hotline import Hotline

SAM = "a1"


class Operator:
    """Sam, and the one conversation that there is."""

    def __init__(self, hotline: Hotline) -> None:
        self.store: Store = hotline.store
        self.handoffs = Handoffs(self.store)
        self.notifier = Notifier(self.store, hotline.dispatcher._renderer, hotline.dispatcher.signals)

    async def id(self) -> str:
        return await anext(aiter(self.store.conversations()))

    async def is_asked(self) -> None:
        await on_duty.here(self.store, SAM, time.time())
        await self.handoffs.ask(await self.id(), "P2", "en", "web", time.time())

    async def takes(self) -> None:
        await self.is_asked()
        assert (await self.handoffs.claim(await self.id(), SAM, time.time())).done

    async def person_noted(self, **record: Any) -> None:
        """The engine has noted this of the person."""
        seal = await self.store.seal_of(await self.id())
        assert seal
        sealed = seal.shared.seal(Record(**record).dump(), "record")
        await self.store.call("SET", key("record", await self.id()), sealed, "EX", 900)

    async def writes(self, text: str) -> None:
        assert await self.notifier.write(await self.id(), OperatorMessage(SAM, "Sam", text)) == "said"

    async def is_gone(self) -> None:
        """They took it and wrote nothing: it waits again."""
        now = time.time() + 600
        (taken,) = (await self.handoffs.look(now)).unanswered()
        assert (await self.handoffs.return_unanswered(taken, 300, now)).done

    async def leaves(self) -> None:
        await self.handoffs.release(await self.id(), SAM, time.time())
        await self.notifier.say(await self.id(), [Reply("utter_person_left", {"alias": "Sam"})])
