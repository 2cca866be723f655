"""What somebody at the desk does with a conversation: check permission, note it, do it, tell the person, always in this order.

The line in the audit log comes before the act, so nothing is done without it. The person is told after the act, so they
hear of nothing that did not happen; where somebody else may hold their phone, they are told nothing.
"""

from dataclasses import dataclass

from bot.conversation.recall import correct, recall
from bot.conversation.record import Record
from bot.handoff.case_card import Priority
from bot.handoff.handoff import HandoffOutcome, Handoffs
from bot.handoff.pending_end import NOT_STATED, UNDO, PendingEnd
from bot.handoff.retention_hold import HoldReason, hold
from bot.handoff.waiting_line import Handoff
from bot.messaging.outbox import OperatorMessage, Written
from bot.phrases.phrases import Phrasebook
from bot.reporting import helped_counts
from bot.storage.store import Store, key
from desk.admin.audit_log import Audit
from desk.auth.people import Account, Clock
from desk.auth.roles import ConversationAction
from desk.console.conversation_access import Conversations, NotAllowed, standing
from desk.console.notes import LONGEST, Note, Notes
from desk.web.services import Notifies

JOINED = "utter_person_joined"
ABUSE = "utter_canned_abusive_end"
_ASKS_NOTHING = frozenset({"emergency", "left", "abuse"})  # outcomes after which nobody is asked whether it helped


@dataclass(frozen=True)
class TalkActions:
    """The actions on a conversation; all raise NotAllowed."""

    store: Store
    handoffs: Handoffs
    conversations: Conversations
    audit: Audit
    notifier: Notifies
    book: Phrasebook
    clock: Clock

    async def claim(self, who: Account, conversation: str) -> HandoffOutcome:
        """Claim what waits or is offered. If two claim at once, the second learns who was first, which is no error."""
        if taken := await self._taken(who, conversation):
            return taken
        try:
            before = await self._noted(who, "claim", conversation)
        except NotAllowed:
            # Somebody may have claimed it between the two readings.
            if taken := await self._taken(who, conversation):
                return taken
            raise
        done = await self.handoffs.claim(conversation, who.id, self.clock())
        return (
            done
            if before.state != "operator"
            else await self._told(done, who, conversation, "utter_person_transferred")
        )

    async def take_over(self, who: Account, conversation: str) -> HandoffOutcome:
        """Take a conversation over from its operator."""
        await self._noted(who, "take_over", conversation)
        done = await self.handoffs.claim(conversation, who.id, self.clock(), supervisor=True)
        return await self._told(done, who, conversation, "utter_person_transferred")

    async def join(self, who: Account, conversation: str) -> HandoffOutcome:
        """Join a conversation beside its operator, who keeps it; the person is told who has joined."""
        await self._noted(who, "join", conversation)
        done = await self.handoffs.join(conversation, who.id, self.clock())
        # A person who must not be written to now is told by the wait watcher later; until then nothing can be written.
        if done.done and not await self.conversations.quiet(conversation):
            reply = self.book.reply(JOINED, alias=who.alias)
            await self.notifier.say(conversation, [reply], by=who.alias, once=f"joined {done.since}")
            await self.handoffs.told(conversation, done.since, joined=True)
        return done

    async def leave(self, who: Account, conversation: str) -> HandoffOutcome:
        """Leave a conversation joined earlier. Its operator stays the same, so the person is told nothing."""
        await self._noted(who, "leave", conversation)
        return await self.handoffs.depart(conversation, who.id, self.clock())

    async def write(self, who: Account, conversation: str, text: str, once: str, original: str = "") -> Written:
        """Send an operator's own words to the person; the same `once` goes out only once, however often it is sent.

        original: what they wrote, where the text is a machine's translation of it.
        """
        await self._noted(who, "write", conversation)
        return await self.notifier.write(conversation, OperatorMessage(who.id, who.alias, text, once, original))

    async def safe_again(self, who: Account, conversation: str) -> bool:
        """Note that the person wrote that nobody else holds the phone now; False if they wrote something at this moment."""
        await self._noted(who, "safe_again", conversation)
        return await correct(self.store, conversation, Record.heard_safe)

    async def release(self, who: Account, conversation: str) -> HandoffOutcome:
        """Hand a conversation back to the bot; the person has agreed."""
        before = await self._noted(who, "release", conversation)
        done = await self.handoffs.release(conversation, before.operator, self.clock())
        if before.operator != who.id:
            return done  # the wait watcher says in a moment who has left: it knows the alias that the person knows
        return await self._told(done, who, conversation, "utter_person_left")

    async def close(
        self, who: Account, conversation: str, outcome: str = NOT_STATED, tags: tuple[str, ...] = ()
    ) -> HandoffOutcome:
        """End a conversation, in some seconds: until then it can be undone. Raises BadOutcome."""
        return await self._end_later(who, "close", conversation, PendingEnd(self._due(), who.id, False, outcome, tags))

    async def keep_open(self, who: Account, conversation: str) -> HandoffOutcome:
        """Undo an end, while it is not carried out."""
        before = await self._noted(who, "keep_open", conversation)
        return await self.handoffs.end_later(conversation, before.operator, self.clock(), None)

    async def finish(self, who: Account, conversation: str, end: PendingEnd) -> HandoffOutcome:
        """Carry out an end that `who` asked for: the audit log has had its line since then."""
        done = await self.handoffs.end(conversation, self.clock(), end)
        say = ABUSE if end.blocks else "utter_person_closed"
        return await self._told(done, who, conversation, say, *await self._questions(conversation, end, done))

    async def _questions(self, conversation: str, end: PendingEnd, done: HandoffOutcome) -> list[str]:
        """Return "did this help?" where it may be asked behind the end of a conversation."""
        channel = await self.store.call("HGET", key("conversation", conversation), "channel")
        if not done.done or end.blocks or end.outcome in _ASKS_NOTHING or not channel:
            return []
        calm = helped_counts.may_be_asked(await recall(self.store, conversation), channel.decode())
        # What a turn has just heard goes first: then it is not asked.
        return ["utter_helped"] if calm and await correct(self.store, conversation, helped_counts.note_asked) else []

    async def offer(self, who: Account, conversation: str, to: str) -> HandoffOutcome:
        """Offer a conversation to a colleague, who claims it with a click; to its own operator: withdraw the offer."""
        before = await self._noted(who, "transfer", conversation)
        return await self.handoffs.transfer(conversation, before.operator, self.clock(), to)

    async def queue_again(self, who: Account, conversation: str) -> HandoffOutcome:
        """Put a conversation back into the queue, for whoever is free next."""
        before = await self._noted(who, "transfer", conversation)
        done = await self.handoffs.transfer(conversation, before.operator, self.clock())
        return await self._told(done, who, conversation, "utter_person_back_in_queue")

    async def rank(self, who: Account, conversation: str, priority: Priority) -> HandoffOutcome:
        """Change the priority of a conversation, as a supervisor judges it."""
        await self._noted(who, "rank", conversation)
        return await self.handoffs.rank(conversation, priority, self.clock())

    async def note(self, who: Account, conversation: str, text: str) -> bool:
        """Add a note; False if it is empty, or the conversation is gone."""
        text = text.strip()[:LONGEST]
        if not text:
            return False
        await self._noted(who, "note", conversation)
        return await Notes(self.store).add(conversation, Note(who.name, text, self.clock()))

    async def hold(self, who: Account, conversation: str, why: HoldReason) -> bool:
        """Keep a conversation for 72 hours, as the person asked; False if it is gone."""
        await self._noted(who, "hold", conversation)
        return await hold(self.store, conversation, why)

    async def block(self, who: Account, conversation: str) -> HandoffOutcome:
        """End an abusive conversation with a reviewed sentence, and for seven days answer that address only in a crisis.

        Like any end it is carried out after some seconds.
        """
        return await self._end_later(who, "block", conversation, PendingEnd(self._due(), who.id, True, "abuse"))

    async def _taken(self, who: Account, conversation: str) -> HandoffOutcome | None:
        """Return what a claim comes to if somebody has the conversation already, and has not offered it to this operator."""
        found = next((each for each in (await self.conversations.desk()).handoffs if each.id == conversation), None)
        if not found or found.offered == who.id or standing(found, who.id) not in ("own", "joined", "others"):
            return None
        return HandoffOutcome(None if found.operator == who.id else "taken", found.state, found.operator)

    def _due(self) -> int:
        return int((self.clock() + UNDO) * 1000)

    async def _end_later(
        self, who: Account, action: ConversationAction, conversation: str, end: PendingEnd
    ) -> HandoffOutcome:
        before = await self._noted(who, action, conversation)
        return await self.handoffs.end_later(conversation, before.operator, self.clock(), end)

    async def _noted(self, who: Account, action: ConversationAction, conversation: str) -> Handoff:
        found = await self.conversations.allowed(who, action, conversation)
        await self.audit.note(who.id, action, conversation)
        return found

    async def _told(
        self, done: HandoffOutcome, who: Account, conversation: str, say: str, *more: str
    ) -> HandoffOutcome:
        if done.done:
            if not await self.conversations.quiet(conversation):
                # If we die here, the wait watcher says it under the same mark.
                replies = [self.book.reply(say, alias=who.alias), *map(self.book.reply, more)]
                await self.notifier.say(conversation, replies, once=f"moved {done.since}")
            await self.handoffs.told(conversation, done.since)
        return done
