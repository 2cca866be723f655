"""People who write and wait for a person, operators on duty, and the steps between them: for tests of the hand-over."""

import asyncio
from dataclasses import dataclass, field

from bot.crypto import identity
from bot.handoff import on_duty
from bot.handoff.case_card import Priority
from bot.handoff.handoff import HandoffOutcome, Handoffs
from bot.handoff.waiting_line import Handoff
from bot.messaging.intake import Intake
from bot.messaging.message import Message
from bot.settings import Settings
from bot.storage.store import Store, key

NOW = 1_800_000_000.0


@dataclass
class Shift:
    """People who write, operators on duty, and the steps between them."""

    store: Store
    settings: Settings
    handoffs: Handoffs = field(init=False)

    def __post_init__(self) -> None:
        self.handoffs = Handoffs(self.store)

    async def writes(self, person: str) -> str:
        """Somebody writes; give the id of their conversation."""
        await Intake(self.store, self.settings).accept(Message("sms", person, identity.new_id(), "hello"))
        found = await self.store.find(identity.address_key("sms", person, self.store.vault.pepper))
        assert found
        return found

    async def waits(self, person: str, priority: Priority = "P2", now: float = NOW) -> str:
        """Somebody writes and asks for a person."""
        conversation = await self.writes(person)
        assert (await self.asks(conversation, priority, now)).done
        return conversation

    async def asks(self, conversation: str, priority: Priority = "P2", now: float = NOW) -> HandoffOutcome:
        return await self.handoffs.ask(conversation, priority, "es", "sms", now)

    async def held(self, person: str, operator: str, priority: Priority = "P2") -> str:
        """Somebody is answered by an operator."""
        conversation = await self.waits(person, priority)
        assert (await self.handoffs.claim(conversation, operator, NOW)).done
        return conversation

    async def works(self, *operators: str) -> None:
        await asyncio.gather(*(on_duty.here(self.store, operator, NOW) for operator in operators))

    async def seen(self, conversation: str, now: float = NOW) -> Handoff:
        """The hand-over as the desk shows it."""
        (found,) = [each for each in (await self.handoffs.look(now)).handoffs if each.id == conversation]
        return found

    async def loads(self, now: float = NOW) -> dict[str, int]:
        return {operator.id: operator.load for operator in (await self.handoffs.look(now)).operators}

    async def who(self, conversation: str) -> str:
        """Who answers, as each turn reads it in the conversation."""
        found = await self.store.call("HGET", key("conversation", conversation), "who")
        return found.decode() if found else "bot"

    async def counted(self) -> dict[str, int]:
        flat = await self.store.call("HGETALL", "handoff_counts:2027-01")
        return {name.decode(): int(number) for name, number in flat.items()}
