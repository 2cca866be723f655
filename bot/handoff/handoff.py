"""From the bot to a person and back: bot -> waiting -> operator -> bot | closed, each step one atomic script.

What holds at every moment, whoever dies when: a conversation has one state and at most one operator, and the
turn reads in the conversation itself who answers. One that is erased or expired is in no queue and no one's load.
Every step gives an Outcome; a refused one has changed nothing. docs/handoff.md has the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Literal

from bot.handoff import aliases
from bot.handoff.case_card import Priority
from bot.handoff.waiting_line import Handoff, HandoffState, Operator, WaitingLine
from bot.months import month
from bot.organisation import Limits
from bot.storage.store import Store, key

USUAL, MOST = 2, 3  # talks of one operator at once, a P0 counted as two: what is good, and what is never passed
PAUSED = 600  # seconds that everybody on duty may pause until who waits is told that nobody comes
SEVERE = 6  # P0 and P1 talks of one operator in a shift of twelve hours
LEAST_WAITS = 10  # hand-overs from which a wait is told: of fewer it would be a guess
_FIELDS = ("alias", "channel", "locale", "priority", "state", "since", "operator", "offered", "answered", "joined")

Refusal = Literal[
    "gone",  # erased or expired
    "nobody",  # no operator is free to take anybody: nobody waits in vain
    "blocked",  # somebody blocked asks for a person in a crisis only
    "taken",  # an operator has it
    "nobody_has_it",  # a supervisor joins an operator, and none is there
    "joined",  # another supervisor has joined it
    "not_waiting",  # it has not asked for a person, or does not want one any more
    "not_yours",  # this operator does not have it
    "full",  # the operator has as much as one can carry
    "paused",
    "break",  # ten minutes after a P0; a supervisor may lift it
    "enough",  # the operator has had as many severe talks in this shift as one should
    "off_duty",
]


@dataclass(frozen=True)
class HandoffOutcome:
    """How it stands after a step, and why the step was refused if it was."""

    refused: Refusal | None
    state: HandoffState
    operator: str  # who has it now, empty while nobody has
    since: str = field(default="", compare=False)  # milliseconds: the name of this step of this conversation

    @property
    def done(self) -> bool:
        """Tell whether the step was taken, now or before."""
        return self.refused is None


@dataclass(frozen=True)
class Moved:
    """A conversation whose operator has left, or that a supervisor has joined, and whose person was not told of it yet."""

    id: str
    why: Literal["left", "lapsed", "joined"]  # a step at the desk; nobody there any more; a supervisor came
    state: HandoffState
    since: str  # milliseconds
    priority: Priority
    operator: str  # who has it now, or has joined it
    before: str  # who had it


async def usual_limits() -> tuple[int, int]:
    """Give the limits where nobody has set any."""
    return MOST, SEVERE


class Handoffs:
    """All steps of a hand-over. Times are seconds since 1970."""

    def __init__(self, store: Store, limits: Limits = usual_limits) -> None:
        self._store, self.limits = store, limits

    async def ask(self, conversation: str, priority: Priority, locale: str, channel: str, now: float) -> HandoffOutcome:
        """Let somebody wait for a person. Asked again the priority can only rise, and the place in time stays."""
        return await self._step("ask", conversation, now, month(now), priority, locale, channel, *aliases.draw())

    async def withdraw(self, conversation: str, now: float) -> HandoffOutcome:
        """Let somebody wait no longer."""
        return await self._leave(conversation, now, "waiting", "", "bot", "withdrawn")

    async def claim(self, conversation: str, operator: str, now: float, *, supervisor: bool = False) -> HandoffOutcome:
        """Give a conversation that waits, or is offered to them, to an operator; to a supervisor also another's."""
        limits = await self.limits()
        return await self._step("claim", conversation, now, month(now), operator, int(supervisor), *limits)

    async def release(self, conversation: str, operator: str, now: float) -> HandoffOutcome:
        """Give a conversation back to the bot."""
        return await self._leave(conversation, now, "operator", operator, "bot", "released")

    async def close(self, conversation: str, operator: str, now: float) -> HandoffOutcome:
        """End a talk. It is not erased by this; the bot answers who writes again."""
        return await self._leave(conversation, now, "operator", operator, "closed", "closed")

    async def transfer(self, conversation: str, operator: str, now: float, to: str = "") -> HandoffOutcome:
        """Offer a conversation to another operator, who has it from their claim on; to nobody: back to the queue."""
        if to:
            return await self._step("offer", conversation, now, operator, to, *await self.limits())
        return await self._leave(conversation, now, "operator", operator, "waiting", "queued_again")

    async def join(self, conversation: str, supervisor: str, now: float) -> HandoffOutcome:
        """Let a supervisor into a talk, beside the operator who has it and keeps it."""
        return await self._step("join", conversation, now, month(now), supervisor)

    async def depart(self, conversation: str, supervisor: str, now: float) -> HandoffOutcome:
        """Let a supervisor leave a talk that they have joined."""
        return await self._step("depart", conversation, now, month(now), supervisor)

    async def rank(self, conversation: str, priority: Priority, now: float) -> HandoffOutcome:
        """Give an open conversation another priority, up or down, as a supervisor judges it."""
        return await self._step("rank", conversation, now, month(now), priority)

    async def lapse(self, now: float) -> dict[str, HandoffState]:
        """Take conversations from operators who are not there any more, and from the line where nobody comes.

        Gives each one's new state.

        Each stands among the `untold` until the person was told.
        To be called every few seconds while the desk runs: until then such a person is answered by nobody.
        """
        flat = await self._store.run("handoff_lapse", [], [_milliseconds(now), month(now), PAUSED * 1000])
        moved = [part.decode() for part in flat]
        return dict(zip(moved[::2], moved[1::2], strict=True))

    async def untold(self) -> list[Moved]:
        """Give those whose operator has left, or who were joined, and who were not told yet."""
        found = await self._store.run("handoff_untold", [], [])
        return [_moved(*map(bytes.decode, row)) for row in found]

    async def told(self, conversation: str, since: str, *, joined: bool = False) -> None:
        """Note that a person was told how it stands since then, or who has joined."""
        await self._store.run("handoff_told", [key("handoff", conversation)], ["joined_" if joined else "", since])

    async def look(self, now: float) -> WaitingLine:
        """Look at the whole desk in one moment."""
        found, there = await self._store.run("handoff_look", [], [_milliseconds(now), *_FIELDS])
        return WaitingLine(
            tuple(_handoff(*((part or b"").decode() for part in row)) for row in found),
            tuple(Operator(id_.decode(), bool(paused), load, bool(rests)) for id_, paused, load, rests in there),
        )

    async def waiting(self, now: float) -> list[Handoff]:
        """Give those who wait, who is next first."""
        return (await self.look(now)).waiting(now)

    async def place(self, conversation: str, now: float) -> int | None:
        """Give the place in the queue, 1 for who is next; None for who does not wait."""
        return (await self.look(now)).place(conversation, now)

    async def usual_wait(self, priority: Priority) -> float | None:
        """Give the median seconds of the last waits that ended with a person; None while there are too few to say."""
        return usual([int(wait) for wait in await self._store.call("LRANGE", f"waits:{priority}", 0, -1)])

    async def _leave(
        self, conversation: str, now: float, come_from: HandoffState, operator: str, *to: str
    ) -> HandoffOutcome:
        return await self._step("leave", conversation, now, month(now), come_from, operator, *to)

    async def _step(self, step: str, conversation: str, now: float, *more: Any) -> HandoffOutcome:
        keys = [key("conversation", conversation), key("handoff", conversation)]
        found = await self._store.run(f"handoff_{step}", keys, [conversation, _milliseconds(now), *more])
        refused, state, operator, since = (part.decode() for part in found)
        return HandoffOutcome(refused or None, state, operator, since)


def usual(waits: Sequence[int]) -> float | None:
    """Give the wait that is told from the last ones, or None while there are too few to say."""
    return float(median(waits)) if len(waits) >= LEAST_WAITS else None


def _handoff(id_: str, alias: str, *fields: Any) -> Handoff:
    channel, locale, priority, state, since, operator, offered, answered, joined = fields
    seconds = int(answered) / 1000 if answered else None
    return Handoff(id_, alias, channel, locale, priority, state, int(since) / 1000, operator, offered, seconds, joined)


def _moved(id_: str, *fields: Any) -> Moved:
    return Moved(id_, *fields)


def _milliseconds(now: float) -> int:
    return int(now * 1000)
