"""A snapshot of one conversation's handoff, taken when a turn begins: what the person is told follows from it.

Nothing here is guessed: a wait is stated if enough waits have ended with a person; otherwise the person is told it is unknown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import get_args

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
    found = await store.run_named("handoff_snapshot", id=conversation, now=int(now * 1000), priorities=_PRIORITIES)
    return HandoffSnapshot(
        found["state"].decode(),
        found["priority"].decode() or None,
        found["free"],
        _place(found["queue"], conversation, now),
        dict(_minutes(found["waits"])),
        hours_until(found["duty_hours"], now),
    )


def _place(queue: Sequence[Mapping[str, bytes]], conversation: str, now: float) -> int | None:
    ids = [handoff.id for handoff in in_order(map(_waiting, queue), now)]
    return ids.index(conversation) + 1 if conversation in ids else None


def _waiting(row: Mapping[str, bytes]) -> Handoff:
    id_, priority, since = row["id"].decode(), row["priority"].decode(), int(row["since"]) / 1000
    return Handoff(id_, "", "", "", priority, "waiting", since, "", "")  # type: ignore[arg-type]  # one of ours, by the script


def _minutes(waits: Mapping[str, Sequence[bytes]]) -> Iterator[tuple[Priority, int]]:
    for priority in _PRIORITIES:
        seconds = usual([int(wait) for wait in waits[priority]])
        if seconds is not None:
            yield priority, max(ceil(seconds / 60), 1)
