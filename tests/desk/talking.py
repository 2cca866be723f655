"""People who write and wait for a person, and what stands in the store of it: for tests of the desk's talks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation.record import Record
from bot.crypto import identity
from bot.handoff import on_duty
from bot.handoff.case_card import Priority
from bot.handoff.handoff import Handoffs
from bot.handoff.waiting_line import Handoff
from bot.messaging.intake import Intake
from bot.messaging.message import Message
from bot.messaging.transcript import Line
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.storage.signals import Signals
from bot.storage.store import Store, key
from channels.delivery.notifier import Notifier
from channels.delivery.rendering import Renderer
from desk.alarms.alarms import Alarms
from desk.alarms.wait_watcher import WatchedDesk
from desk.auth.people import Account
from desk.auth.roles import Role
from desk.console.conversation_access import Conversations, queue
from desk.console.notes import Notes
from desk.duty.duty_calendar import Duty
from tests.desk.colleagues import Clock
from tests.hotline import ABILITIES, numbers


def account(id_: str, *roles: Role, alias: str = "Sam") -> Account:
    """Somebody of the desk."""
    return Account(id=id_ * 32, name=f"Desk {id_}", roles=roles or ("operator",), state="active", alias=alias)


@dataclass
class Lines:
    """Talks in the store, and the desk that looks at them."""

    store: Store
    settings: Settings
    clock: Clock
    handoffs: Handoffs = field(init=False)
    conversations: Conversations = field(init=False)
    notes: Notes = field(init=False)

    def __post_init__(self) -> None:
        self.handoffs = Handoffs(self.store)
        self.conversations = Conversations(self.store, self.handoffs, self.clock)
        self.notes = Notes(self.store)

    async def works(self, *accounts: Account) -> None:
        """These are on duty."""
        for each in accounts:
            await on_duty.here(self.store, each.id, self.clock())

    async def writes(self, person: str, *lines: Line, by: str = "sms", **record: Any) -> str:
        """Somebody has written, and was answered; give the id of the conversation."""
        await Intake(self.store, self.settings).accept(Message(by, person, identity.new_id(), "hello"))
        found = await self.store.find(identity.address_key(by, person, self.store.vault.pepper))
        assert found
        for line in lines:
            await self.adds(found, line)
        await self.remembers(found, **record)
        return found

    async def adds(self, conversation: str, line: Line) -> None:
        """One more line in the transcript."""
        seal = await self.store.seal_of(conversation)
        assert seal
        await self.store.call("XADD", key("transcript", conversation), "*", "line", line.sealed(seal))
        await self.store.call("EXPIRE", key("transcript", conversation), 86_400)

    async def remembers(self, conversation: str, **record: Any) -> None:
        """What the bot has noted of it."""
        seal = await self.store.seal_of(conversation)
        assert seal
        sealed = seal.shared.seal(Record(**record).dump(), "record")
        await self.store.call("SET", key("record", conversation), sealed, "EX", 86_400)

    async def waits(
        self, person: str, *lines: Line, by: str = "sms", locale: str = "es", priority: Priority = "P2", **record: Any
    ) -> str:
        """Somebody has written, and waits for a person."""
        conversation = await self.writes(person, *lines, by=by, **record)
        assert (await self.handoffs.ask(conversation, priority, locale, by, self.clock())).done
        return conversation

    async def line_of(self, who: Account) -> list[Handoff]:
        """The line as an operator sees it."""
        desk, skills = await self.conversations.desk(), await self.conversations.skills()
        return queue(who, desk, skills, self.clock())

    async def has(self, who: Account, person: str, *lines: Line, **more: Any) -> str:
        """Somebody is answered by this operator."""
        conversation = await self.waits(person, *lines, **more)
        assert (await self.handoffs.claim(conversation, who.id, self.clock())).done
        return conversation


def watched(lines: Lines, book: Phrasebook, names: Mapping[str, str]) -> WatchedDesk:
    """What the watch looks at, where it speaks to persons for real; `names`: the aliases of accounts, by their ids."""

    async def alias(of: str) -> str:
        return names[of]

    notifier = Notifier(lines.store, Renderer(book, ABILITIES), Signals())
    alarms, duty = Alarms(lines.store, lines.clock), Duty(lines.store, lines.clock)
    return WatchedDesk(lines.store, lines.handoffs, notifier, book, alarms, duty.publish, numbers, alias, lines.clock)
