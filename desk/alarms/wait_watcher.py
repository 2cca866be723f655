"""The watcher of waiting times: it tells those who wait how things really stand, and raises alarms (docs/rules.md, Safety 12).

It runs in every gateway, so nothing is lost when a gateway dies. Each thing is done once across all of them: a message
under its mark, an alarm under its id. Nothing is said where it must not be: somebody else may hold the phone.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from bot import logs
from bot.conversation.recall import recall
from bot.handoff import duty_hours
from bot.handoff.case_card import Priority
from bot.handoff.handoff import Handoffs, UnannouncedMove
from bot.handoff.waiting_line import Handoff, WaitingLine
from bot.phrases.phrases import Phrasebook
from bot.storage.periodic import Periodic
from bot.storage.store import Store, StoreAway
from desk.alarms.alarms import Alarm, AlarmKind, Alarms
from desk.auth.people import Clock
from desk.console.conversation_actions import JOINED
from desk.web.services import Notifies

_TICK = 3.0
_HOUR = 3600.0
_UNTOLD = 15  # seconds after which whoever made a step has died before telling the person
_PAUSE = 120  # seconds for which everybody on duty may pause while somebody waits
_PAUSING = "pausing "  # prefix of that alarm's id; its priority follows
_LATE_FOR_DUTY = 600  # seconds for which nobody is on duty while somebody should be
Numbers = Callable[[str | None], list[Any]]  # country -> nested phrases with numbers to call


@dataclass(frozen=True)
class WatchStep:
    """What is done once somebody has waited this many seconds."""

    after: int
    alarm: bool = False
    say: str = ""


STEPS: Mapping[Priority, Sequence[WatchStep]] = {
    "P0": (WatchStep(60, alarm=True), WatchStep(120, alarm=True, say="utter_person_slow_p0")),
    "P1": (WatchStep(360, alarm=True, say="utter_person_next_p1"),),
    "P2": (WatchStep(600, say="utter_person_still_waiting"), WatchStep(1200, alarm=True)),
    "P3": (WatchStep(1800, say="utter_person_still_waiting"),),
}


# Seconds after which an alarm expires, if nothing has ended it before.
_LONGEST: Mapping[AlarmKind, int] = {"nobody": 1800, "call": 7200, "granted": 86_400}


@dataclass(frozen=True)
class WatchedDesk:
    """What the watcher reads and acts on."""

    store: Store
    handoffs: Handoffs
    notifier: Notifies
    book: Phrasebook
    alarms: Alarms
    publish: Callable[[], Awaitable[None]]  # the hours that people are told, from the duty calendar
    numbers: Numbers
    alias: Callable[[str], Awaitable[str]]  # account -> the alias people know them by
    clock: Clock


class WaitWatcher:
    """The watching loop, one per gateway."""

    def __init__(self, watched: WatchedDesk) -> None:
        self._on = watched
        self._published = 0.0
        self._empty_since: float | None = None  # since when nobody has been on duty
        self._pausing_since: float | None = None  # since when everybody on duty has been paused
        self._done: set[str] = set()  # what this gateway need not try again; the store keeps what any gateway has done

    async def run(self) -> None:
        """Run until cancelled."""
        await Periodic(self.look, _TICK, "watch_failed").run()

    async def look(self) -> None:
        """Check everything once."""
        now = self._on.clock()
        await self._on.handoffs.lapse(now)
        desk = await self._on.handoffs.look(now)
        for moved in await self._on.handoffs.untold():
            await _apart(self._tell(moved, desk, now))
        late = [(handoff, step) for handoff in _alone(desk, now) for step in steps(handoff, now)]
        for handoff, step in late:
            await _apart(self._late(handoff, step))
        self._done &= {_mark(*each) for each in late}
        await self._there(desk, now)
        await self._over(desk, now)
        if now - self._published >= _HOUR:
            await self._on.publish()
            self._published = now

    async def _tell(self, moved: UnannouncedMove, desk: WaitingLine, now: float) -> None:
        """Say to a person who answers them now, unless whoever made the step has said it."""
        if moved.why in ("left", "joined") and now * 1000 - int(moved.since) < _UNTOLD * 1000:
            return
        since = int(moved.since) / 1000
        # No alarm that would be over in the same look: somebody who must not be written to stays untold for long.
        lasts = not _free(desk) and now - since < _LONGEST["nobody"]
        if moved.why == "lapsed" and moved.state == "bot" and lasts:
            name = f"nobody {moved.id} {moved.since}"
            await self._on.alarms.raise_(Alarm(name, "nobody", since, moved.priority, moved.id))
        who = moved.operator or moved.before  # empty for somebody who was still waiting
        alias = await self._on.alias(who) if who else ""
        if moved.why == "joined":
            if await self._say(moved.id, JOINED, f"joined {moved.since}", by=alias, alias=alias):
                await self._on.handoffs.told(moved.id, moved.since, joined=True)
            return
        # Somebody who must not be written to is not told late that an operator left: the bot answers them by then.
        if await self._say(moved.id, _moved(moved), f"moved {moved.at}", alias=alias) or moved.why == "left":
            await self._on.handoffs.told(moved.id, moved.since)

    async def _late(self, handoff: Handoff, step: WatchStep) -> None:
        mark = _mark(handoff, step)
        if mark in self._done:
            return
        if step.alarm and mark in _rings(handoff, self._on.clock()):
            await self._on.alarms.raise_(Alarm(mark, "late", handoff.since, handoff.priority, handoff.id))
        if not step.say or await self._say(handoff.id, step.say, mark):
            self._done.add(mark)

    async def _say(self, conversation: str, say: str, once: str, *, by: str = "", **more: str) -> bool:
        """Say a phrase, with numbers to call if it has any; False if nothing may be said now."""
        record = await recall(self._on.store, conversation)
        if record.hushed:
            return False
        reply = self._on.book.reply(say, numbers=self._on.numbers(record.country), **more)
        await self._on.notifier.say(conversation, [reply], by=by, once=once)
        return True

    async def _there(self, desk: WaitingLine, now: float) -> None:
        """Raise an alarm if somebody asked and nobody is there, or if nobody is on duty while somebody should be."""
        self._empty_since = None if desk.operators else self._empty_since or now
        expected = await duty_hours.should_be_there(self._on.store, now)
        if expected and self._empty_since is not None and now - self._empty_since >= _LATE_FOR_DUTY:
            await self._on.alarms.raise_(Alarm("unmanned", "unmanned", self._empty_since))
        await self._all_pause(desk, now, expected)
        for priority in () if _free(desk) else get_args(Priority):
            asked = await self._on.store.call("GET", f"nobody:{priority}")
            # At night a question can wait until morning; a life cannot.
            if asked and (expected or priority == "P0"):
                name = f"nobody {priority} {asked.decode()}"
                await self._on.alarms.raise_(Alarm(name, "nobody", int(asked) / 1000, priority))

    async def _all_pause(self, desk: WaitingLine, now: float, expected: bool) -> None:
        """Raise an alarm if people wait while all on duty pause. They count as there: the queue is kept for ten minutes."""
        pausing = bool(desk.operators) and not _free(desk)
        self._pausing_since = (self._pausing_since or now) if pausing else None
        if self._pausing_since is None or now - self._pausing_since < _PAUSE:
            return
        for priority in _waited(desk):
            if expected or priority != "P3":
                await self._on.alarms.raise_(Alarm(_PAUSING + priority, "nobody", now, priority))

    async def _over(self, desk: WaitingLine, now: float) -> None:
        alone = {handoff.id: handoff for handoff in _alone(desk, now)}
        open_ = await self._on.alarms.open()
        ended = [alarm.id for alarm in open_ if self._ended(alarm, desk, now, alone)]
        await self._on.alarms.over(*ended)

    def _ended(self, alarm: Alarm, desk: WaitingLine, now: float, alone: Mapping[str, Handoff]) -> bool:
        if alarm.kind in ("texts", "erasing"):
            return False  # text_budget_watcher.py and erasing_watcher.py end these
        if now - alarm.since >= _LONGEST.get(alarm.kind, now):
            return True
        if alarm.kind == "late":
            handoff = alone.get(alarm.conversation)
            # Of two steps the later raises the alarm: whoever took on the first must hear that nobody has come yet.
            return handoff is None or alarm.id not in _rings(handoff, now)
        if alarm.id.startswith(_PAUSING) and alarm.priority not in _waited(desk):
            return True
        return {"nobody": _free(desk), "unmanned": bool(desk.operators), "call": False, "granted": False}[alarm.kind]


def _moved(moved: UnannouncedMove) -> str:
    """Return the phrase that says what has become of a conversation."""
    if moved.state == "bot":
        return "utter_person_left" if moved.why == "left" else "utter_person_nobody_now"
    return {
        "waiting": "utter_person_back_in_queue",
        "operator": "utter_person_transferred",
        "closed": "utter_person_closed",
    }[moved.state]


async def _apart(work: Awaitable[None]) -> None:
    """Do something for one person in isolation, so its failure affects nobody else."""
    try:
        await work
    except StoreAway:
        raise
    except Exception:
        logs.failure("watch_failed")


def steps(handoff: Handoff, now: float) -> list[WatchStep]:
    """Return the steps that somebody's wait has reached; if they have an operator, only what is still true is said."""
    come = [step for step in STEPS[handoff.priority] if handoff.waited(now) >= step.after]
    if handoff.state == "waiting":
        return come
    alone_in_danger = handoff.priority == "P0" and handoff.answered is None
    return [step if alone_in_danger else replace(step, say="") for step in come if step.alarm]


def _alone(desk: WaitingLine, now: float) -> list[Handoff]:
    """Return those to whom nobody writes: they wait, or the operator who claimed them has written nothing."""
    return [*desk.waiting(now), *desk.unanswered()]


def _rings(handoff: Handoff, now: float) -> list[str]:
    """Return the alarms that may stand for somebody: the last reached, and the next, in case a clock is ahead of ours."""
    alarms = [step for step in STEPS[handoff.priority] if step.alarm]
    passed = sum(handoff.waited(now) >= step.after for step in alarms)
    return [_mark(handoff, step) for step in alarms[max(passed - 1, 0) :]]


def _mark(handoff: Handoff, step: WatchStep) -> str:
    return f"late {handoff.id} {round(handoff.since * 1000)} {handoff.priority} {step.after}"


def _free(desk: WaitingLine) -> bool:
    return any(not operator.paused for operator in desk.operators)


def _waited(desk: WaitingLine) -> set[Priority]:
    return {handoff.priority for handoff in desk.handoffs if handoff.state == "waiting"}
