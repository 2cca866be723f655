"""Who waits for a person, in which order, and for how long already: what the desk shows, worked out from one look.

The order is that of safety.md, section 12: the priority, then who has waited longest. Nobody starves: at twice its
target a P2 or P3 rises by one. Nothing rises into P0, so that no long wait goes before a life in danger.

An operator may leave languages to colleagues who have them: among those who are as urgent these stand last, and only
until they are late. A life in danger is left to nobody.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.handoff.case_card import Priority

# closed: the operator has ended the talk. The bot answers who writes then, and they may ask again.
HandoffState = Literal["bot", "waiting", "operator", "closed"]
TARGETS: Mapping[Priority, int] = {"P0": 60, "P1": 180, "P2": 600, "P3": 1800}  # seconds until a person should be there
_ORDER: tuple[Priority, ...] = ("P0", "P1", "P2", "P3")


@dataclass(frozen=True)
class Handoff:
    """A conversation that has asked for a person: no text and no address."""

    id: str
    alias: str  # "Blue Heron": drawn for this conversation, no two that live are alike
    channel: str
    locale: str
    priority: Priority
    state: HandoffState
    since: float  # when it came into this state, seconds since 1970
    operator: str  # who has it, a random id; empty while nobody has
    offered: str  # the operator to whom the one who has it would give it
    answered: float | None = None  # the `since` in which an operator last wrote; None while none has written
    joined: str = ""  # the supervisor who is in it beside the operator

    def waited(self, now: float) -> float:
        """Give the seconds in this state. Gateways' clocks differ a little, and nobody waits less than nothing."""
        return max(now - self.since, 0.0)

    @property
    def unanswered(self) -> bool:
        """Tell whether an operator has it and has written nothing since they took it."""
        return self.state == "operator" and self.answered != self.since

    def late(self, now: float) -> int:
        """Tell how late it is: 0 in time, 1 past its target, 2 past twice the target, the next step of safety.md."""
        return min(int(self.waited(now) // TARGETS[self.priority]), 2)

    def left(self, languages: Collection[str], now: float) -> bool:
        """Tell whether an operator who leaves these languages to colleagues leaves it to them now."""
        return self.locale in languages and self.priority != "P0" and not self.late(now)


@dataclass(frozen=True)
class Operator:
    """Somebody on duty. Why they pause is nobody's business."""

    id: str
    paused: bool
    load: int  # talks they have, a P0 counted as two
    rests: bool = False  # has the break after a life in danger

    def free(self, most: int) -> bool:
        """Tell whether they could take one more talk."""
        return not self.paused and not self.rests and self.load < most


@dataclass(frozen=True)
class WaitingLine:
    """One look at all hand-overs and at who is on duty."""

    handoffs: tuple[Handoff, ...]
    operators: tuple[Operator, ...]

    def waiting(self, now: float, leaves: Collection[str] = ()) -> list[Handoff]:
        """Give those who wait, who is next first; for an operator who leaves these languages to colleagues."""
        return in_order((handoff for handoff in self.handoffs if handoff.state == "waiting"), now, leaves)

    def unanswered(self) -> list[Handoff]:
        """Give those who have an operator that has not written to them yet."""
        return [handoff for handoff in self.handoffs if handoff.unanswered]

    def place(self, conversation: str, now: float) -> int | None:
        """Give the place in the queue, 1 for who is next; None for who does not wait."""
        ids = [handoff.id for handoff in self.waiting(now)]
        return ids.index(conversation) + 1 if conversation in ids else None


def in_order(handoffs: Iterable[Handoff], now: float, leaves: Collection[str] = ()) -> list[Handoff]:
    """Sort by priority with the time waited, then by that time; the id decides between equals, the same everywhere."""

    def place(each: Handoff) -> tuple[int, bool, float, str]:
        return rank(each.priority, each.waited(now)), each.left(leaves, now), each.since, each.id

    return sorted(handoffs, key=place)


def rank(priority: Priority, waited: float) -> int:
    """Give the priority as a number, after what a long wait has lifted it."""
    place, left = _ORDER.index(priority), waited
    while place > 1 and left >= (rise := 2 * TARGETS[_ORDER[place]]):
        place, left = place - 1, left - rise
    return place
