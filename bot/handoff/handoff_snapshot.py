"""A snapshot of one conversation's handoff, taken when a turn begins: what the person is told follows from it.

Nothing here is guessed: a wait is stated if enough waits have ended with a person; otherwise the person is told it is unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, get_args

from bot.handoff.case_card import Priority
from bot.handoff.duty_hours import hours_until
from bot.handoff.handoff import usual
from bot.handoff.waiting_line import Handoff, HandoffState, in_order
from bot.storage.store import Store

_PRIORITIES: tuple[Priority, ...] = get_args(Priority)


@dataclass(frozen=True)
class HandoffSnapshot:
    """The handoff of one conversation, and whether anybody is on duty."""

    state: HandoffState = "bot"
    priority: Priority | None = None  # of the handoff; None if there was none
    open: bool = False  # somebody on duty is not paused
    place: int | None = None  # in the queue, 1 for the next; None if it does not wait
    minutes: Mapping[Priority, int] = field(default_factory=dict)  # usual wait, rounded up, where it is known
    next_in_hours: int | None = None  # until somebody is on duty again, if that is known

    @property
    def may_ask(self) -> bool:
        """Whether a person can be asked for now: nobody is queued with nobody there, or twice."""
        return self.open and self.state in ("bot", "closed")

    @property
    def has_operator(self) -> bool:
        """Whether an operator answers the person, and not the bot."""
        return self.state == "operator"

    @property
    def waits(self) -> bool:
        """Whether the person is waiting for an operator."""
        return self.state == "waiting"


async def snapshot(store: Store, conversation: str, now: float) -> HandoffSnapshot:
    """Take a snapshot, in one round trip; raises StoreAway."""
    found = await store.run("handoff_snapshot", id=conversation, now=int(now * 1000), priorities=_PRIORITIES)
    state, priority, free, queue, waits, duty = found
    return HandoffSnapshot(
        state.decode(),
        priority.decode() or None,
        bool(free),
        _place(queue, conversation, now),
        dict(_minutes(waits)),
        hours_until(duty, now),
    )


def _place(queue: Sequence[bytes], conversation: str, now: float) -> int | None:
    rows = zip(queue[::3], queue[1::3], queue[2::3], strict=True)
    ids = [handoff.id for handoff in in_order(map(_waiting, rows), now)]
    return ids.index(conversation) + 1 if conversation in ids else None


def _waiting(row: tuple[bytes, bytes, bytes]) -> Handoff:
    id_, priority, since = (part.decode() for part in row)
    return Handoff(id_, "", "", "", priority, "waiting", int(since) / 1000, "", "")  # type: ignore[arg-type]  # one of ours, by the script


def _minutes(waits: Sequence[Sequence[Any]]) -> list[tuple[Priority, int]]:
    medians = zip(_PRIORITIES, (usual([int(wait) for wait in some]) for some in waits), strict=True)
    return [(priority, max(ceil(seconds / 60), 1)) for priority, seconds in medians if seconds is not None]
