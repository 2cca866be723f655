"""Short words that change when something on the desk's page has changed, so that a page fetches only what is new to it.

They are made for one account: nothing in them tells of a conversation that it may not see.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from bot.handoff import Handoffs
from bot.store import Store
from bot.waiting import Desk, Handoff
from desk.conversations import standing
from desk.people import Account, Clock
from desk.roles import may_with


@dataclass(frozen=True)
class Marks:
    """Of one conversation."""

    lines: str = ""
    card: str = ""
    typing: bool = False
    unseen: int = 0


@dataclass(frozen=True)
class Look:
    """All hand-overs in one moment, and the marks of those that somebody reads."""

    at: float
    desk: Desk
    marks: dict[str, Marks]


async def look(store: Store, handoffs: Handoffs, clock: Clock) -> Look:
    """Look once, for all pages."""
    now = clock()
    desk = await handoffs.look(now)
    ids = [each.id for each in desk.handoffs]
    found = await store.run("desk_marks", [], ids) if ids else []
    rows = ((lines.decode(), card.decode(), bool(typing), unseen) for lines, card, typing, unseen in found)
    return Look(now, desk, {id_: Marks(*row) for id_, row in zip(ids, rows, strict=True)})


def for_account(seen: Look, account: Account) -> dict[str, Any]:
    """Give what a page of this account compares with what it shows."""
    own = [each for each in seen.desk.handoffs if each.operator == account.id]
    waiting = [each for each in seen.desk.waiting(seen.at) if may_with(account.roles, "see_waiting", "waiting")]
    offered = [each for each in seen.desk.handoffs if each.offered == account.id]
    readable = [each for each in seen.desk.handoffs if may_with(account.roles, "read", standing(each, account.id))]
    return {
        "queue": _short([_row(each, seen) for each in [*offered, *waiting, *own]]),
        "waiting": len(waiting) + len(offered),
        "urgent": sum(each.priority == "P0" for each in waiting),
        "offered": len(offered),
        "unseen": sum(_marks(seen, each).unseen for each in own),
        "talks": {each.id: _talk(seen, each) for each in readable},
    }


def _talk(seen: Look, handoff: Handoff) -> dict[str, str]:
    marks = _marks(seen, handoff)
    return {
        "lines": _short([marks.lines, marks.typing]),
        "card": _short([marks.card, handoff.priority]),
        "state": _short([handoff.state, handoff.operator, handoff.offered]),
    }


def _row(handoff: Handoff, seen: Look) -> Iterable[Any]:
    return [asdict(handoff), handoff.late(seen.at), _marks(seen, handoff).unseen if handoff.operator else 0]


def _marks(seen: Look, handoff: Handoff) -> Marks:
    return seen.marks.get(handoff.id, Marks())


def _short(words: Any) -> str:
    return hashlib.sha256(repr(words).encode()).hexdigest()[:12]
