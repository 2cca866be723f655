"""Alarms: what needs a supervisor now, raised once, shown to all supervisors, gone when it is over, with no word of a person."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from bot.handoff.case_card import Priority
from bot.storage.store import Store
from desk.auth.people import Clock

# late: somebody waits too long · nobody: somebody asked, and no operator is there · unmanned: somebody should be
# on duty and is not · call: somebody at the desk asks for a supervisor · texts: the budget of text messages is, or is
# nearly, used up · granted: an administrator gave roles alone · erasing: what was erased may still be read on the disk
AlarmKind = Literal["late", "nobody", "unmanned", "call", "texts", "granted", "erasing"]
CALLS = "alarm_calls"  # the targets outside the desk that are to be called, by due time
_NEWS = 900  # seconds
_ENDED, _ENDED_KEPT = "calls_ended", 600  # seconds for which a caller is told that their call was looked into
_OUTSIDE = ("webhook", "mail")  # the caller drops a target that is not configured (desk/alarms/alarm_dispatch.py)


@dataclass(frozen=True)
class Alarm:
    """One thing that needs a supervisor."""

    id: str  # says what it is about, so it is raised once: "late <conversation> <since> <priority> <seconds>"
    kind: AlarmKind
    since: float  # when it began, seconds since 1970
    priority: Priority | Literal[""] = ""
    conversation: str = ""
    account: str = ""  # the caller, or who was given roles
    seen_by: str = ""  # the account that has taken it on


@dataclass(frozen=True)
class EndedCall:
    """What became of somebody's call for a supervisor: who looked into it, and when it was done."""

    by: str  # an account
    when: float  # seconds since 1970


class Alarms:
    """The alarms in the store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    async def raise_(self, alarm: Alarm) -> bool:
        """Raise an alarm, and have the targets called; False if it has been raised already."""
        packed = json.dumps(asdict(alarm))
        added = await self._store.run("alarm_raise", ["alarms", CALLS], id=alarm.id, alarm=packed, targets=_OUTSIDE)
        return bool(added)

    async def call(self, account: str, conversation: str = "") -> Alarm:
        """Call a supervisor with one click; the same call again changes nothing until it is over."""
        alarm = Alarm(f"call {account} {conversation}", "call", self._clock(), "", conversation, account)
        await self.raise_(alarm)
        await self.dismiss(account)
        return alarm

    async def end_call(self, call: Alarm, by: str) -> None:
        """End a call, and keep for a while who did, for the caller."""
        ended = json.dumps(asdict(EndedCall(by, self._clock())))
        await self._store.call("HSET", _ENDED, call.account, ended)
        await self._store.call("EXPIRE", _ENDED, _ENDED_KEPT)
        await self.over(call.id)

    async def ended_calls(self) -> dict[str, EndedCall]:
        """Return the calls that have just ended, by the caller's account."""
        found = _plain(await self._store.call("HGETALL", _ENDED))
        ended = {account: EndedCall(**json.loads(plain)) for account, plain in found.items()}
        return {account: call for account, call in ended.items() if self._clock() - call.when < _ENDED_KEPT}

    async def dismiss(self, account: str) -> None:
        """Forget that a caller's last call has ended."""
        await self._store.call("HDEL", _ENDED, account)

    async def open(self) -> list[Alarm]:
        """Return all alarms: first those that nobody has taken on, then by priority and age."""
        found, seen = await self._both()
        alarms = [Alarm(**json.loads(plain) | {"seen_by": seen.get(id_, "")}) for id_, plain in found.items()]
        return sorted(alarms, key=lambda each: (bool(each.seen_by), each.priority or "P1", each.since, each.id))

    async def to_call(self) -> list[Alarm]:
        """Return what the targets outside the desk are called for: what nobody has taken on, and news only while it is new."""
        now = self._clock()
        waiting = [alarm for alarm in await self.open() if not alarm.seen_by]
        return [alarm for alarm in waiting if alarm.kind != "granted" or now - alarm.since < _NEWS]

    async def see(self, alarm: str, account: str) -> bool:
        """Take an alarm on; False if it is over, or somebody else has it."""
        return bool(await self._store.run("alarm_take_on", ["alarms", "alarms_seen"], id=alarm, account=account))

    async def over(self, *alarms: str) -> None:
        """End alarms."""
        if alarms:
            await self._store.call("HDEL", "alarms", *alarms)
            await self._store.call("HDEL", "alarms_seen", *alarms)

    async def _both(self) -> tuple[dict[str, str], dict[str, str]]:
        return _plain(await self._store.call("HGETALL", "alarms")), _plain(
            await self._store.call("HGETALL", "alarms_seen")
        )


def _plain(found: Any) -> dict[str, str]:
    # redis-py returns a dict or a flat list, depending on the protocol version.
    pairs = found.items() if isinstance(found, dict) else zip(found[::2], found[1::2], strict=True)
    return {name.decode(): value.decode() for name, value in pairs}
