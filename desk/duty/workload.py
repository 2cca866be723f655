"""The workload a supervisor sees: who waits and how long, who answers whom and how they are, and what needs somebody now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.handoff.case_card import Priority
from bot.handoff.waiting_line import TARGETS, Handoff, WaitingLine
from desk.alarms.alarms import Alarm, Alarms
from desk.auth.people import Account
from desk.duty.skills import Skills
from desk.duty.wellbeing import OperatorWellbeing
from desk.web.services import Services


@dataclass(frozen=True)
class WorkloadLevel:
    """One priority: how many wait, how many of them too long, and the longest wait beside what it should be."""

    priority: Priority
    waiting: int
    late: int
    longest: float  # seconds, of those who wait now
    target: int
    usual: float | None  # seconds, of the last ones; None while there are too few
    answered: int  # conversations with an operator


@dataclass(frozen=True)
class OperatorLoad:
    """Somebody on duty, with their conversations."""

    account: Account
    paused: bool
    load: int
    talks: Sequence[Handoff]
    wellness: OperatorWellbeing


@dataclass(frozen=True)
class Workload:
    """The workload at one moment."""

    now: float
    levels: Sequence[WorkloadLevel]
    waiting: Sequence[Handoff]
    missing: Sequence[str]  # languages of those who wait that nobody on duty has
    operators: Sequence[OperatorLoad]
    alarms: Sequence[Alarm]
    names: Mapping[str, str]  # of accounts, by id
    aliases: Mapping[str, str]  # of conversations, by id

    @property
    def calling(self) -> int:
        """How many alarms nobody has taken on."""
        return sum(not alarm.seen_by for alarm in self.alarms)


async def look(services: Services) -> Workload:
    """Take a snapshot of everything."""
    now = services.clock()
    seen = await services.handoffs.look(now)
    alarms = await Alarms(services.store, services.clock).open()
    accounts = {account.id: account for account in await services.accounts.people.all()}
    waiting = seen.waiting(now)
    skills = await Skills.of(services.accounts.people, seen.operators, (await services.handoffs.limits())[0])
    levels = [await _level(services, seen, priority, now) for priority in TARGETS]
    return Workload(
        now,
        levels,
        waiting,
        skills.missing(each.locale for each in waiting),
        await _operator_loads(services, seen, accounts),
        alarms,
        {id_: account.name for id_, account in accounts.items()},
        {each.id: each.alias for each in seen.handoffs},
    )


async def _level(services: Services, seen: WaitingLine, priority: Priority, now: float) -> WorkloadLevel:
    own = [each for each in seen.handoffs if each.priority == priority]
    waits = [each for each in own if each.state == "waiting"]
    longest = max((each.waited(now) for each in waits), default=0.0)
    late = sum(each.late(now) > 0 for each in waits)
    usual = await services.handoffs.usual_wait(priority)
    return WorkloadLevel(priority, len(waits), late, longest, TARGETS[priority], usual, len(own) - len(waits))


async def _operator_loads(services: Services, seen: WaitingLine, accounts: Mapping[str, Account]) -> list[OperatorLoad]:
    looks_after, found = services.wellbeing, []
    for each in seen.operators:
        if each.id in accounts:
            own = (handoff for handoff in seen.handoffs if handoff.operator == each.id)
            talks = sorted(own, key=lambda handoff: (handoff.priority, handoff.since))
            wellness = await looks_after.of(each.id)
            found.append(OperatorLoad(accounts[each.id], each.paused, each.load, talks, wellness))
    return sorted(found, key=lambda one: (one.paused, one.account.name.casefold()))
