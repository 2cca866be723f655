"""What a night at the desk is made of: who comes, what breaks, the engine's script, a gateway, and what must hold at each look."""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bot.engine.protocol import Decision, Question
from bot.handoff.case_card import Priority
from bot.handoff.handoff import Handoffs
from bot.handoff.waiting_line import WaitingLine
from bot.messaging.message import Reply
from bot.storage.store import StoreAway
from desk.alarms.unanswered_watcher import UnansweredWatcher
from desk.alarms.wait_watcher import WaitWatcher
from desk.console.pending_ends import EndWatcher
from tests.hotline import Hotline, ScriptedEngine, echo

BEGINS = 1_800_000_000.0
SPEED = 120.0  # seconds of the night in one of ours
BREAK = 600  # seconds of the night after a P0
PRIORITIES: tuple[Priority, ...] = ("P0", "P1", "P1", "P2", "P2", "P2", "P3")
# What tells a person truly that no operator has come, or comes.
TRUE_ENDS = frozenset({"utter_person_nobody_now", "utter_person_withdrawn"})
# What says who is there now: two voices in one talk must not follow each other without it.
WHO_IS_THERE = frozenset({"utter_person_joined", "utter_person_transferred"})


@dataclass(frozen=True)
class Plan:
    """How long a night it is, and who is there."""

    persons: int
    operators: int
    gateways: int
    seconds: float  # of ours in which persons arrive
    crashes: int
    cuts: int  # of all connections to Redis
    seed: int = 7


class NightEngine(ScriptedEngine):
    """Asks for a person as the engine does, in the turn itself."""

    def __init__(self, handoffs: Handoffs, clock: Callable[[], float]) -> None:
        super().__init__()
        self._desk, self._clock = handoffs, clock

    async def decide(self, question: Question) -> Decision:
        word, _, rest = question.text.partition(" ")
        if word == "person":
            return Decision((Reply(await self._ask(question, rest)),), intent="talk_to_human")
        if word == "enough":
            done = await self._desk.withdraw(question.conversation, self._clock())
            return Decision((Reply("utter_person_withdrawn") if done.done else echo("fine"),), intent="deny")
        if word == "clear":
            return Decision((Reply("utter_deleted"),), forget=True, intent="delete_data")
        return Decision((echo("heard"),), intent="greet")  # not said while an operator answers

    async def _ask(self, question: Question, priority: Any) -> str:
        told = (question.conversation, priority, question.locale, question.channel, self._clock())
        done = await self._desk.ask(*told)
        return "utter_person_asked_unknown" if done.done else "utter_person_nobody_now"


@dataclass
class Person:
    """Somebody who writes text messages."""

    address: str
    priority: Priority
    conversation: str = ""
    wrote: list[str] = field(default_factory=list)
    left: bool = False  # cleared everything


@dataclass
class Gate:
    """One gateway with all its loops."""

    hotline: Hotline
    watch: WaitWatcher
    ends: EndWatcher
    unanswered: UnansweredWatcher
    tasks: list["asyncio.Task[None]"] = field(default_factory=list)

    def starts(self) -> None:
        work = (self.hotline.dispatcher.run(), self.hotline.sender.run(), self._watches())
        self.tasks = [asyncio.create_task(each) for each in work]

    async def dies(self) -> None:
        """End everything in the middle of what it does, as a killed process would."""
        for task in self.tasks:
            task.cancel()
        await asyncio.sleep(0)  # nothing new is begun from here on, and what was has begun
        halves = (*self.hotline.dispatcher.pool.running, *self.hotline.sender.pool.running)
        for task in halves:
            task.cancel()
        await asyncio.gather(*halves, *self.tasks, return_exceptions=True)

    async def _watches(self) -> None:
        while True:
            with suppress(StoreAway):
                await self.watch.look()
                await self.ends.look()
                await self.unanswered.look()
            await asyncio.sleep(0.1)


@dataclass
class Looks:
    """What was seen of the desk, moment by moment."""

    looks: int = 0
    faults: list[str] = field(default_factory=list)
    _alone_since: float | None = None  # since when somebody waits, and nobody is there

    def check(self, desk: WaitingLine, now: float) -> None:
        """Note what must not be in one moment of the desk."""
        self.looks += 1
        weights: Counter[str] = Counter()
        for each in desk.handoffs:
            if (each.state == "operator") != bool(each.operator):
                self.faults.append(f"{each.state} with owner {each.operator!r}")
            weights[each.operator] += 2 if each.priority == "P0" else 1
        loads = {operator.id: operator.load for operator in desk.operators}
        wrong = {id for id, load in loads.items() if weights[id] != load}
        if wrong:
            self.faults.append(f"loads do not add up: {loads} and {dict(weights)}")
        waiting = any(each.state == "waiting" for each in desk.handoffs)
        alone = waiting and not desk.operators
        if self._alone_since is None or not alone:
            self._alone_since = now if alone else None
        elif now - self._alone_since > 5 * SPEED:
            self.faults.append("somebody waits and nobody is there")
