"""What is shown on top of every page of the desk, whatever somebody is looking at: calls for a supervisor, and what became of
one's own; conversations that are about to return to the queue, and those that have.

One snapshot serves all open pages. It holds no word of a person.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.handoff.waiting_line import Handoff, WaitingLine
from desk.alarms.alarms import Alarm, Alarms, EndedCall
from desk.alarms.unanswered_watcher import by_priority, unanswered
from desk.auth.people import Account
from desk.auth.roles import may
from desk.web.services import Services

_WARNED = 0.5  # from this part of the time on, an operator is warned


@dataclass(frozen=True)
class ReturningTalk:
    """A conversation that returns to the queue at a moment, unless its operator does something in it before."""

    handoff: Handoff
    at: float  # seconds since 1970


@dataclass(frozen=True)
class Notices:
    """What one account is shown."""

    own_calls: Sequence[Alarm]  # that this account has made
    ended: EndedCall | None  # its last call, if that was looked into a moment ago
    calls: Sequence[Alarm]  # of colleagues, which nobody or this account has taken on; for supervisors
    more: int  # other alarms that nobody has taken on; for supervisors
    supervised: bool  # a supervisor is on duty, beside this account
    returning: Sequence[ReturningTalk]
    returned: Sequence[Handoff]  # that this account had taken, and did not answer

    @property
    def marks(self) -> dict[str, Any]:
        """Return what a page compares with its own: a change token, and the numbers that ring."""
        calling = sum(not call.seen_by for call in self.calls)
        token = hashlib.sha256(repr(self).encode()).hexdigest()[:12]
        return {"notices": token, "calls": calling, "alarms": self.more, "returning": len(self.returning)}


@dataclass(frozen=True)
class DeskNotices:
    """The notices of everybody at one moment."""

    now: float
    desk: WaitingLine
    alarms: Sequence[Alarm]
    ended: Mapping[str, EndedCall]
    supervisors: frozenset[str]  # accounts on duty who are called
    within: Sequence[int]  # seconds until the first line, by priority

    def of(self, account: Account) -> Notices:
        """Return the notices of one account."""
        leads = may(account.roles, "lead_shift")
        others = [alarm for alarm in self.alarms if alarm.account != account.id or alarm.kind != "call"]
        calls = [alarm for alarm in others if alarm.kind == "call" and alarm.seen_by in ("", account.id)]
        more = sum(alarm.kind != "call" and not alarm.seen_by for alarm in others)
        return Notices(
            [alarm for alarm in self.alarms if alarm.kind == "call" and alarm.account == account.id],
            self.ended.get(account.id),
            calls if leads else [],
            more if leads else 0,
            bool(self.supervisors - {account.id}),
            self._returning(account.id),
            [each for each in self.desk.handoffs if each.state == "waiting" and each.returned == account.id],
        )

    @property
    def back(self) -> int:
        """How many wait again because nobody wrote to them."""
        return sum(each.state == "waiting" and bool(each.returned) for each in self.desk.handoffs)

    def _returning(self, account: str) -> list[ReturningTalk]:
        within = by_priority(self.within)
        own = [each for each in unanswered(self.desk, within) if each.operator == account]
        late = [each for each in own if self.now - each.attended >= _WARNED * within[each.priority]]
        return [ReturningTalk(each, each.attended + within[each.priority]) for each in late]


async def look(services: Services, desk: WaitingLine) -> DeskNotices:
    """Take one snapshot for all pages."""
    alarms = Alarms(services.store, services.clock)
    there = await services.accounts.people.some(each.id for each in desk.operators)
    called = frozenset(account.id for account in there if may(account.roles, "lead_shift"))
    within = services.settings.answer_within
    return DeskNotices(services.clock(), desk, await alarms.open(), await alarms.ended_calls(), called, within)


async def named(services: Services, notices: Notices) -> dict[str, str]:
    """Return the names of the accounts in notices, by id."""
    ids = {id_ for alarm in (*notices.own_calls, *notices.calls) for id_ in (alarm.account, alarm.seen_by) if id_}
    ids |= {notices.ended.by} if notices.ended else set()
    return {account.id: account.name for account in await services.accounts.people.some(ids)}
