"""Short tokens that change when something on the desk's page has changed, so a page fetches only what is new to it.

They are made for one account, and reveal nothing about a conversation that it may not see.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.handoff.handoff import Handoffs
from bot.handoff.waiting_line import Handoff, WaitingLine
from bot.messaging.typing_state import PAGE_SILENT
from bot.storage.store import Store
from desk.auth.people import Account, Clock, People
from desk.auth.roles import may_with
from desk.console import readers
from desk.console.conversation_access import gap, queue, standing
from desk.duty.skills import Skills


@dataclass(frozen=True)
class ChangeTokens:
    """What can change on the page of one conversation."""

    lines: str = ""
    card: str = ""
    typing: bool = False
    unseen: int = 0
    page_seen: float = 0  # when the person's page last asked for news
    page_closed: bool = False


@dataclass(frozen=True)
class DeskSnapshot:
    """All handoffs at one moment, with the marks of each."""

    at: float
    desk: WaitingLine
    marks: dict[str, ChangeTokens]
    skills: Skills
    readers: Mapping[str, frozenset[str]] = field(default_factory=dict)  # accounts that read along, by conversation


async def look(store: Store, handoffs: Handoffs, clock: Clock) -> DeskSnapshot:
    """Take one snapshot for all pages."""
    now = clock()
    desk = await handoffs.look(now)
    ids = [each.id for each in desk.handoffs]
    found = await store.run("change_tokens", ids=ids) if ids else []
    rows = (
        (row[0].decode(), row[1].decode(), bool(row[2]), row[3], int(row[4] or 0) / 1000, bool(row[5])) for row in found
    )
    skills = await Skills.of(People(store, clock), desk.operators, (await handoffs.limits())[0])
    marks = {id_: ChangeTokens(*row) for id_, row in zip(ids, rows, strict=True)}
    return DeskSnapshot(now, desk, marks, skills, await readers.of_all(store, now))


def for_account(seen: DeskSnapshot, account: Account) -> dict[str, Any]:
    """Return the tokens that a page of this account compares with its own."""
    own = [each for each in seen.desk.handoffs if each.operator == account.id]
    line = queue(account, seen.desk, seen.skills, seen.at)
    readable = [each for each in seen.desk.handoffs if may_with(account.roles, "read", standing(each, account.id))]
    others = [each for each in readable if standing(each, account.id) in ("joined", "others")]
    return {
        "queue": _short([*_me(seen, account), *(_row(each, seen, account) for each in [*line, *own, *others])]),
        "waiting": len(line),
        "urgent": sum(each.priority == "P0" for each in line if each.state == "waiting"),
        "offered": sum(each.offered == account.id for each in line),
        "unseen": sum(_marks(seen, each).unseen for each in own),
        "talks": {each.id: _talk(seen, each) for each in readable},
    }


def for_page(before: DeskSnapshot, after: DeskSnapshot, account: Account, talk: str) -> dict[str, Any]:
    """Return the tokens of a page whose conversation was read between two snapshots; the rest is from the second.

    What changed in between has an empty token: which of the two the page shows is unknown, so it asks again.
    """
    found = for_account(after, account)
    earlier, now = (marks["talks"].get(talk, {}) for marks in (for_account(before, account), found))
    same = {"state": "", **{name: mark if earlier.get(name) == mark else "" for name, mark in now.items()}}
    return {**found, "talks": {talk: same} if talk else {}}


def _talk(seen: DeskSnapshot, handoff: Handoff) -> dict[str, str]:
    marks = _marks(seen, handoff)
    return {
        "lines": _short([marks.lines, marks.typing]),
        "card": _short([marks.card, marks.lines, handoff.priority]),
        "language": _short([(each.id in seen.skills.free, each.name, each.languages) for each in seen.skills.there]),
        "company": _short([_open(seen, marks), marks.page_closed, seen.readers.get(handoff.id)]),
        "state": _short([handoff.state, handoff.operator, handoff.offered, handoff.joined, handoff.ending]),
    }


def _me(seen: DeskSnapshot, account: Account) -> Iterable[Any]:
    """Return what decides whether an account can take somebody."""
    return [each for each in seen.desk.operators if each.id == account.id]


def _row(handoff: Handoff, seen: DeskSnapshot, account: Account) -> Iterable[Any]:
    unseen = _marks(seen, handoff).unseen if handoff.operator == account.id else 0
    return [asdict(handoff), handoff.late(seen.at), unseen, gap(account, handoff, seen.skills, seen.at)]


def _open(seen: DeskSnapshot, marks: ChangeTokens) -> bool | None:
    return seen.at - marks.page_seen < PAGE_SILENT if marks.page_seen else None


def _marks(seen: DeskSnapshot, handoff: Handoff) -> ChangeTokens:
    return seen.marks.get(handoff.id, ChangeTokens())


def _short(words: Any) -> str:
    return hashlib.sha256(repr(words).encode()).hexdigest()[:12]
