"""Calls to somebody who has no page of the desk open, by webhook or e-mail: what there is to look at, and no content.

Each target is called by one gateway at a time, until it has accepted the call, with pauses in between; `Alarms` says when.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol

from bot import logs
from bot.storage.periodic import Periodic
from bot.storage.store import Store
from desk.alarms.alarms import CALLS, Alarm, Alarms
from desk.web.page_templates import rendering

_TICK = 1.0  # seconds between polls for a call that is due
_LEASE = 60_000  # milliseconds for which one gateway has a call
# Milliseconds: after a call, failed or not; until alarms that nobody has taken on are repeated.
_QUIET, _AGAIN = 30_000, 300_000
_LONGEST = 30.0  # seconds a target may take
_Outcome = Literal["told", "failed", "nothing"]


class NotHeard(Exception):
    """A target did not accept a call; the text is a fixed word."""


@dataclass(frozen=True)
class AlarmGroup:
    """Alarms of one kind and priority."""

    kind: str
    priority: str
    count: int
    since: str  # of the oldest alarm, to the minute


@dataclass(frozen=True)
class Call:
    """The message to a target."""

    subject: str
    text: str
    groups: Sequence[AlarmGroup]


class Target(Protocol):
    """Somebody, or a service, that can be called."""

    async def tell(self, call: Call) -> None:
        """Deliver a call; raises NotHeard."""


class AlarmCalls:
    """The loop that makes the calls, one per gateway. `url`: of the desk, for whoever is called."""

    def __init__(self, store: Store, alarms: Alarms, targets: Mapping[str, Target], url: str = "") -> None:
        self._store, self._alarms, self._targets, self._url = store, alarms, targets, url
        self._text = rendering().get_template("alarm.txt")

    async def run(self) -> None:
        """Run until cancelled."""
        await Periodic(self._step, _TICK).run()

    async def _step(self) -> float | None:
        return 0 if await self.one() else None

    async def one(self) -> bool:
        """Make the call that is due first; False if none is due."""
        found = await self._store.run("alarm_claim_call", [CALLS], lease=_LEASE)
        if not found:
            return False
        target, raised = (part.decode() for part in found)
        outcome = await self._call(target)
        await self._store.run(
            "alarm_end_call",
            [CALLS],
            target=target,
            outcome=outcome,
            raised_before=raised,
            pause=_QUIET,
            again=_AGAIN,
        )
        return True

    async def _call(self, target: str) -> _Outcome:
        waiting = await self._alarms.to_call()
        if not waiting or target not in self._targets:
            return "nothing"
        try:
            async with asyncio.timeout(_LONGEST):
                await self._targets[target].tell(self.worded(waiting))
        except (NotHeard, TimeoutError) as error:
            logs.event("alarm_not_delivered", 40, reason=str(error) or "slow", count=len(waiting))
            return "failed"
        except Exception:
            logs.failure("alarm_failed")
            return "failed"
        return "told"

    def worded(self, alarms: Sequence[Alarm]) -> Call:
        """Render alarms in the words that leave the house."""
        groups = grouped(alarms)
        lines = self._text.render(count=len(alarms), groups=[asdict(group) for group in groups], url=self._url)
        return Call(lines.splitlines()[0], lines.strip(), groups)


def grouped(alarms: Sequence[Alarm]) -> list[AlarmGroup]:
    """Add alarms up, so nothing that leaves the house points to a single conversation."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for alarm in alarms:
        found[alarm.kind, alarm.priority].append(alarm.since)
    return [AlarmGroup(*what, len(times), _minute(min(times))) for what, times in found.items()]


def _minute(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%MZ")
