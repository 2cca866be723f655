"""The waiting line: who waits for a person, in which order and for how long, as the desk shows it, from one snapshot.

The order is that of docs/rules.md, Safety 12: the priority, then the longest wait. Nobody starves: at twice its
target a P2 or P3 rises by one. Nothing rises into P0, so no long wait goes before a life in danger.

An operator can leave languages to colleagues who speak them: among equally urgent conversations these come last, and only
until they are late. A life in danger is left to nobody.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.handoff.case_card import Priority
from bot.handoff.pending_end import PendingEnd

# closed: the operator has ended the conversation. If the person writes again, the bot answers, and they can ask again.
HandoffState = Literal["bot", "waiting", "operator", "closed"]
TARGETS: Mapping[Priority, int] = {"P0": 60, "P1": 180, "P2": 600, "P3": 1800}  # seconds until a person should be there
_ORDER: tuple[Priority, ...] = ("P0", "P1", "P2", "P3")


@dataclass(frozen=True)
class Handoff:
    """A conversation that has asked for a person: no text and no address."""

    id: str
    alias: str  # "Blue Heron": drawn for this conversation; no two living conversations share it
    channel: str
    locale: str
    priority: Priority
    state: HandoffState
    since: float  # when it came into this state, seconds since 1970
    operator: str  # who has it, a random id; empty while nobody has
    offered: str  # the operator it is offered to
    answered: float | None = None  # the `since` of the state in which an operator last wrote; None if none has
    joined: str = ""  # the supervisor who has joined the operator
    ending: PendingEnd | None = None  # it ends in some seconds, unless that is undone
    unread_end: str = ""  # what stands in the place of an end and cannot be read
    returned: str = ""  # who had it last and wrote nothing, so that it waits again; empty once somebody takes it
    attended: float = 0.0  # when its operator did something in it last, or took it, seconds since 1970

    def waited(self, now: float) -> float:
        """Return the seconds in this state, never below zero: gateways' clocks differ a little."""
        return max(now - self.since, 0.0)

    @property
    def unanswered(self) -> bool:
        """Whether an operator has it and has written nothing since they took it."""
        return self.state == "operator" and self.answered != self.since

    def late(self, now: float) -> int:
        """Return how late it is: 0 in time, 1 past its target, 2 past twice the target, the next step of Safety 12."""
        return min(int(self.waited(now) // TARGETS[self.priority]), 2)

    def left(self, languages: Collection[str], now: float) -> bool:
        """Whether an operator who leaves these languages to colleagues leaves it to them now."""
        return self.locale in languages and self.priority != "P0" and not self.late(now)


@dataclass(frozen=True)
class Operator:
    """Somebody on duty. Why they pause is nobody's business."""

    id: str
    paused: bool
    load: int  # conversations they have, a P0 counted as two
    rests: bool = False  # on the break that follows a life in danger

    def free(self, most: int) -> bool:
        """Whether they could take one more conversation."""
        return not self.paused and not self.rests and self.load < most


@dataclass(frozen=True)
class WaitingLine:
    """A snapshot of all handoffs and of who is on duty."""

    handoffs: tuple[Handoff, ...]
    operators: tuple[Operator, ...]

    def waiting(self, now: float, leaves: Collection[str] = ()) -> list[Handoff]:
        """Return the conversations that wait, the next first, for an operator who leaves these languages to colleagues."""
        return in_order((handoff for handoff in self.handoffs if handoff.state == "waiting"), now, leaves)

    def unanswered(self) -> list[Handoff]:
        """Return the conversations whose operator has not written yet."""
        return [handoff for handoff in self.handoffs if handoff.unanswered]

    def place(self, conversation: str, now: float) -> int | None:
        """Return the place in the queue, 1 for the next; None if the conversation does not wait."""
        ids = [handoff.id for handoff in self.waiting(now)]
        return ids.index(conversation) + 1 if conversation in ids else None


def in_order(handoffs: Iterable[Handoff], now: float, leaves: Collection[str] = ()) -> list[Handoff]:
    """Sort by priority, as raised by the wait, then by time; the id breaks ties, the same everywhere."""

    def place(each: Handoff) -> tuple[int, bool, float, str]:
        return rank(each.priority, each.waited(now)), each.left(leaves, now), each.since, each.id

    return sorted(handoffs, key=place)


def rank(priority: Priority, waited: float) -> int:
    """Return the priority as a number, as raised by a long wait."""
    place, left = _ORDER.index(priority), waited
    while place > 1 and left >= (rise := 2 * TARGETS[_ORDER[place]]):
        place, left = place - 1, left - rise
    return place
