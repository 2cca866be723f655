"""The handoff from the bot to a person and back: bot -> waiting -> operator -> bot | closed, each step one atomic script.

At every moment, whichever process dies when, a conversation has one state and at most one operator, and the turn
reads in the conversation itself who answers. An erased or expired conversation is in no queue and nobody's load.
Every step returns a HandoffOutcome; a refused step has changed nothing. docs/handoff.md has the table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Literal

from bot.crypto.identity import new_id
from bot.handoff import aliases
from bot.handoff.case_card import Priority
from bot.handoff.pending_end import BLOCKED, PendingEnd
from bot.handoff.waiting_line import Handoff, HandoffState, Operator, WaitingLine
from bot.months import month
from bot.organisation import Limits
from bot.storage.store import Store, key

USUAL, MOST = 2, 3  # conversations of one operator at once, a P0 counted as two: the recommended number, and the limit
PAUSED = 600  # seconds that everybody on duty can pause before those who wait are told that nobody is coming
SEVERE = 6  # P0 and P1 conversations of one operator in a twelve-hour shift
LEAST_WAITS = 10  # handoffs it takes to state a usual wait: from fewer it would be a guess
_FIELDS = (
    "alias",
    "channel",
    "locale",
    "priority",
    "state",
    "since",
    "operator",
    "offered",
    "answered",
    "joined",
    "ending",
    "returned",
    "attended",
)

Refusal = Literal[
    "gone",  # erased or expired
    "nobody",  # no operator is available: nobody is left to wait in vain
    "blocked",  # somebody who is blocked can ask for a person only in a crisis
    "taken",  # an operator has it
    "nobody_has_it",  # a supervisor can only join an operator, and it has none
    "joined",  # another supervisor has joined it
    "not_waiting",  # nobody in it has asked for a person, or they no longer want one
    "not_yours",  # this operator does not have it
    "full",  # the operator's load is at its limit
    "paused",
    "break",  # ten minutes after a P0; a supervisor can lift it
    "enough",  # the operator has had as many severe conversations in this shift as anybody should
    "off_duty",
    "in_time",  # its operator has written, or still has time to
]


@dataclass(frozen=True)
class HandoffOutcome:
    """The state after a step, and why the step was refused if it was."""

    refused: Refusal | None
    state: HandoffState
    operator: str  # who has it now, empty while nobody has
    since: str = field(default="", compare=False)  # milliseconds: identifies this step of this conversation

    @property
    def done(self) -> bool:
        """Whether the step was taken, now or before."""
        return self.refused is None


@dataclass(frozen=True)
class UnannouncedMove:
    """A conversation whose operator has left, or that a supervisor has joined, and whose person has not been told yet."""

    id: str
    why: Literal["left", "lapsed", "joined"]  # a step at the desk; the operator is no longer there; a supervisor came
    state: HandoffState
    since: str  # milliseconds
    priority: Priority
    operator: str  # who has it now, or has joined it
    before: str  # who had it
    at: str  # milliseconds: when that was; `since` is earlier for who keeps their place in the queue


async def usual_limits() -> tuple[int, int]:
    """Return the limits if nobody has set any."""
    return MOST, SEVERE


class Handoffs:
    """All steps of a handoff. Times are seconds since 1970."""

    def __init__(self, store: Store, limits: Limits = usual_limits) -> None:
        self._store, self.limits = store, limits

    async def ask(self, conversation: str, priority: Priority, locale: str, channel: str, now: float) -> HandoffOutcome:
        """Put a conversation in the queue. If asked again, its priority can only rise, and its place in time stays."""
        drawn = {"priority": priority, "locale": locale, "channel": channel, "aliases": aliases.draw()}
        return await self._step("ask", conversation, now, **drawn)

    async def withdraw(self, conversation: str, now: float) -> HandoffOutcome:
        """Take a conversation out of the queue."""
        return await self._leave(conversation, now, "waiting", "", "bot", "withdrawn")

    async def claim(self, conversation: str, operator: str, now: float, *, supervisor: bool = False) -> HandoffOutcome:
        """Assign a conversation that waits, or is offered to them, to an operator; to a supervisor also another operator's."""
        by = {"operator": operator, "supervisor": supervisor}
        return await self._step("claim", conversation, now, **by, **await self._limits())

    async def release(self, conversation: str, operator: str, now: float) -> HandoffOutcome:
        """Hand a conversation back to the bot."""
        return await self._leave(conversation, now, "operator", operator, "bot", "released")

    async def close(self, conversation: str, operator: str, now: float) -> HandoffOutcome:
        """Close a conversation. This does not erase it; if the person writes again, the bot answers."""
        return await self._leave(conversation, now, "operator", operator, "closed", "closed")

    async def end_later(self, conversation: str, operator: str, now: float, end: PendingEnd | None) -> HandoffOutcome:
        """Note that a conversation ends in some seconds; without an end, that it goes on after all."""
        noted = {"operator": operator, "ending": end.stored() if end else ""}
        return await self._step("end_later", conversation, now, **noted)

    async def end(self, conversation: str, now: float, end: PendingEnd) -> HandoffOutcome:
        """Carry out an end noted earlier, with its block; refused if it was undone, or if something was written since."""
        block = {"seconds": BLOCKED, "id": new_id(), "by": end.by} if end.blocks else None
        noted = {"ending": end.stored(), "block": block, "counts": end.counts()}
        return await self._step("end", conversation, now, **noted)

    async def drop_end(self, conversation: str, now: float, unread: str) -> HandoffOutcome:
        """Clear what stands in the place of an end and cannot be read: the conversation goes on."""
        return await self._step("drop_end", conversation, now, ending=unread)

    async def transfer(self, conversation: str, operator: str, now: float, to: str = "") -> HandoffOutcome:
        """Offer a conversation to another operator, who has it once they claim it; without one, put it back in the queue."""
        if to:
            by = {"operator": operator, "other": to}
            return await self._step("offer", conversation, now, **by, **await self._limits())
        return await self._leave(conversation, now, "operator", operator, "waiting", "queued_again")

    async def return_unanswered(self, taken: Handoff, seconds: int, now: float) -> HandoffOutcome:
        """Put a conversation back in the queue whose operator has neither written nor done anything in it for so long."""
        by = {"operator": taken.operator, "since": str(round(taken.since * 1000)), "limit": seconds * 1000}
        return await self._step("return", taken.id, now, **by)

    async def attend(self, conversation: str, operator: str, now: float) -> HandoffOutcome:
        """Note that an operator is at a conversation they have: the time until it returns to the queue runs anew."""
        return await self._step("attend", conversation, now, operator=operator)

    async def join(self, conversation: str, supervisor: str, now: float) -> HandoffOutcome:
        """Add a supervisor to a conversation, beside the operator, who keeps it."""
        return await self._step("join", conversation, now, supervisor=supervisor)

    async def depart(self, conversation: str, supervisor: str, now: float) -> HandoffOutcome:
        """Remove a supervisor from a conversation that they have joined."""
        return await self._step("depart", conversation, now, supervisor=supervisor)

    async def rank(self, conversation: str, priority: Priority, now: float) -> HandoffOutcome:
        """Change the priority of an open conversation, up or down, as a supervisor judges it."""
        return await self._step("rank", conversation, now, priority=priority)

    async def lapse(self, now: float) -> dict[str, HandoffState]:
        """Take conversations from operators who are no longer there, and out of the queue if nobody is coming.

        Returns the new state of each, by id. Each is among the `untold` until the person has been told.
        To be called every few seconds while the desk runs: until then nobody answers such a person.
        """
        moved = await self._store.run_named(
            "handoff_lapse", now=_milliseconds(now), month=month(now), longest_pause=PAUSED * 1000
        )
        return _text(moved) if moved else {}

    async def untold(self) -> list[UnannouncedMove]:
        """Return the conversations whose operator has left, or that were joined, and whose person has not been told yet."""
        return [UnannouncedMove(**_text(row)) for row in await self._store.run_named("handoff_unannounced")]

    async def told(self, conversation: str, since: str, *, joined: bool = False) -> None:
        """Record that a person was told of the state since then, or of who has joined."""
        await self._store.run("handoff_announced", [key("handoff", conversation)], joined=joined, since=since)

    async def look(self, now: float) -> WaitingLine:
        """Return a snapshot of the whole desk."""
        found = await self._store.run_named("handoff_list", now=_milliseconds(now), fields=_FIELDS)
        return WaitingLine(
            tuple(_handoff(**_text(row)) for row in found["handoffs"]),
            tuple(Operator(**row | {"id": row["id"].decode()}) for row in found["operators"]),
        )

    async def waiting(self, now: float) -> list[Handoff]:
        """Return the conversations that wait, the next first."""
        return (await self.look(now)).waiting(now)

    async def place(self, conversation: str, now: float) -> int | None:
        """Return the place in the queue, 1 for the next; None if the conversation does not wait."""
        return (await self.look(now)).place(conversation, now)

    async def usual_wait(self, priority: Priority) -> float | None:
        """Return the median of the last waits that ended with a person, in seconds; None while there are too few."""
        return usual([int(wait) for wait in await self._store.call("LRANGE", f"waits:{priority}", 0, -1)])

    async def _leave(
        self, conversation: str, now: float, come_from: HandoffState, operator: str, to: HandoffState, count_as: str
    ) -> HandoffOutcome:
        move = {"come_from": come_from, "operator": operator, "to": to, "count_as": count_as}
        return await self._step("leave", conversation, now, **move)

    async def _limits(self) -> dict[str, int]:
        most_load, most_severe = await self.limits()
        return {"most_load": most_load, "most_severe": most_severe}

    async def _step(self, step: str, conversation: str, now: float, **given: Any) -> HandoffOutcome:
        keys = [key("conversation", conversation), key("handoff", conversation)]
        at = {"id": conversation, "now": _milliseconds(now), "month": month(now)}
        found = _text(await self._store.run_named(f"handoff_{step}", keys, **at, **given))
        return HandoffOutcome(**found | {"refused": found["refused"] or None})


def usual(waits: Sequence[int]) -> float | None:
    """Return the usual wait from the last waits, in seconds; None while there are too few."""
    return float(median(waits)) if len(waits) >= LEAST_WAITS else None


def _handoff(since: str, answered: str, ending: str, attended: str, **fields: Any) -> Handoff:
    wrote, end = int(answered) / 1000 if answered else None, PendingEnd.read(ending)
    began, unread = int(since) / 1000, "" if end else ending
    at_it = max(began, int(attended or 0) / 1000)
    return Handoff(since=began, answered=wrote, ending=end, unread_end=unread, attended=at_it, **fields)


def _text(fields: Mapping[str, bytes]) -> dict[str, Any]:
    return {name: value.decode() for name, value in fields.items()}


def _milliseconds(now: float) -> int:
    return int(now * 1000)
