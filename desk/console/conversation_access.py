"""What somebody at the desk may see of the conversations: their roles decide, and how each conversation relates to them.

Nothing is kept here. Everything is read when it is asked for, so a conversation that was just erased, ended or taken
over is shown to nobody who may no longer see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.conversation.recall import recall
from bot.conversation.record import Record
from bot.handoff.case_card import Case
from bot.handoff.handoff import Handoffs
from bot.handoff.waiting_line import Handoff, WaitingLine
from bot.messaging import transcript
from bot.messaging.transcript import Delivery, Line
from bot.messaging.typing_state import is_typing
from bot.storage.store import Store, key
from desk.admin.audit_log import Audit
from desk.auth.people import Account, Clock, People
from desk.auth.roles import ConversationAction, Standing, may_with
from desk.auth.sessions import LONGEST
from desk.console.notes import Note, Notes
from desk.duty.skills import Gap, Skills


class NotAllowed(Exception):
    """The account may not do this with the conversation, or no longer, or the conversation is gone: which is not said."""


@dataclass(frozen=True)
class Talk:
    """One conversation, open on the desk."""

    handoff: Handoff
    standing: Standing
    lines: Sequence[Line]
    case: Case
    record: Record
    notes: Sequence[Note]
    delivery: Delivery
    locale: str  # that the person reads
    draft: str
    typing: bool

    @property
    def quiet(self) -> bool:
        """Whether somebody else may hold the phone, so nothing goes out that was not confirmed twice."""
        return self.record.hushed


class Conversations:
    """Reads conversations as an account may see them."""

    def __init__(self, store: Store, handoffs: Handoffs, clock: Clock) -> None:
        self._store, self._handoffs, self._clock = store, handoffs, clock
        self._notes, self._people, self._audit = Notes(store), People(store, clock), Audit(store, clock)

    async def desk(self) -> WaitingLine:
        """Return all handoffs at one moment, without asking who may see them."""
        return await self._handoffs.look(self._clock())

    async def skills(self) -> Skills:
        """Return the languages of those on duty."""
        return await Skills.of(self._people, (await self.desk()).operators, (await self._handoffs.limits())[0])

    async def allowed(self, account: Account, action: ConversationAction, conversation: str) -> Handoff:
        """Return the handoff if this account may do this with it; raises NotAllowed."""
        found = next((each for each in (await self.desk()).handoffs if each.id == conversation), None)
        if found is None or not may_with(account.roles, action, standing(found, account.id)):
            raise NotAllowed
        return found

    async def open(self, account: Account, conversation: str, session: str = "") -> Talk:
        """Read a conversation; raises NotAllowed. Unless it is the account's own, the audit log says so.

        session: names a session, which is noted once for each conversation; empty: each time.
        """
        handoff = await self.allowed(account, "read", conversation)
        stands = standing(handoff, account.id)
        if stands != "own":
            await self._note_reading(account, conversation, session)
        lines = await transcript.read(self._store, conversation)
        record = await recall(self._store, conversation)
        draft = await self._notes.draft(conversation, stands) if stands in ("own", "joined") else ""
        notes = await self._notes.of(conversation)
        delivery = await transcript.delivered(self._store, conversation)
        locale = await self._store.call("HGET", key("conversation", conversation), "locale")
        case = _case(handoff, record, lines)
        settled = locale.decode() if locale else handoff.locale
        typing = await is_typing(self._store, conversation, "person")
        return Talk(handoff, stands, lines, case, record, notes, delivery, settled, draft, typing)

    async def _note_reading(self, account: Account, conversation: str, session: str) -> None:
        noted = f"read_noted:{self._store.vault.keyed('read noted', f'{session} {conversation}')}"
        if session and await self._store.call("EXISTS", noted):
            return
        # The line comes first: if Redis fails in between, there are two lines, and never none.
        await self._audit.note(account.id, "read", conversation)
        if session:
            await self._store.call("SET", noted, "1", "EX", LONGEST)

    async def seen(self, conversation: str, line: str) -> None:
        """Save the last line of a conversation that its operator has seen."""
        await self._store.run("mark_seen", [key("conversation", conversation)], line=line)

    async def quiet(self, conversation: str) -> bool:
        """Whether somebody else may hold the phone."""
        return (await recall(self._store, conversation)).hushed


def queue(account: Account, seen: WaitingLine, skills: Skills, now: float) -> list[Handoff]:
    """Return what is offered to an account, then those who wait: the same order for its pages and keyboard shortcuts."""
    offered = [each for each in seen.handoffs if each.offered == account.id]
    waiting = seen.waiting(now, skills.leaves(account)) if may_with(account.roles, "see_waiting", "waiting") else []
    return [*offered, *waiting]


def in_view(account: Account, handoff: Handoff, now: float) -> bool:
    """Whether somebody in the queue is in the view that an account has chosen. It hides no P0, no offer, nobody late."""
    if handoff.priority == "P0" or handoff.offered or handoff.late(now) or account.view == "all":
        return True
    return handoff.priority == "P1" if account.view == "urgent" else handoff.locale in account.languages


def gap(account: Account, handoff: Handoff, skills: Skills, now: float) -> Gap | None:
    """Return the gap if somebody writes in a language that an account does not have, or else None."""
    left = handoff.state == "waiting" and handoff.left(skills.leaves(account), now)
    return skills.gap(account, handoff.locale, left)


def hindrance(account: Account, handoff: Handoff, seen: WaitingLine, most: int, now: float) -> str:
    """Return why an account cannot claim what waits now, as the claim would; empty if it can, or if only the claim can tell."""
    me = next((each for each in seen.operators if each.id == account.id), None)
    if me is None or me.paused:
        return "paused" if me else "off_duty"
    if me.load + (2 if handoff.priority == "P0" else 1) > most:
        return "full"
    alone_in_danger = handoff.state == "waiting" and handoff.priority == "P0" and handoff.late(now)
    ends = any(each.operator == account.id and each.ending and each.priority == "P0" for each in seen.handoffs)
    return "break" if (me.rests or ends) and not alone_in_danger else ""


def standing(handoff: Handoff, account: str) -> Standing:
    """Return how a conversation relates to an account, which can claim what is offered to it like what waits."""
    if handoff.state == "waiting":
        return "waiting"
    if handoff.state != "operator":
        return handoff.state
    if account in (handoff.operator, handoff.joined):
        return "own" if handoff.operator == account else "joined"
    return "waiting" if handoff.offered == account else "others"


def when(line: Line) -> datetime:
    """Return the time of a line: its id begins with the milliseconds."""
    return datetime.fromtimestamp(int(line.id.partition("-")[0] or 0) / 1000, UTC)


def _case(handoff: Handoff, record: Record, lines: Sequence[Line]) -> Case:
    moments = [(when(line).isoformat(timespec="seconds"), line.who) for line in lines]
    started = moments[0][0] if moments else ""
    heard = next((moment for moment, who in reversed(moments) if who == "you"), "")
    kind = {"channel": handoff.channel, "locale": handoff.locale}
    return Case.of(record, id=handoff.id, started=started, last_heard=heard, **kind)
