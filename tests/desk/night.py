"""A night at the desk: persons who write and leave, operators who answer, pause and vanish, gateways that die.

Time runs faster than on a clock: who is said to have waited two minutes waited a second or two. All that happens
goes through what really runs: the doors' intake, dispatcher, sender and watch of several gateways, and the acts of the
desk's pages. Only the engine is a script, which asks for a person as the real one does.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import TypeVar

from bot.crypto import identity
from bot.crypto.vault import Vault
from bot.handoff import on_duty
from bot.handoff.handoff import Handoffs
from bot.messaging import transcript
from bot.messaging.message import Hints, Message
from bot.messaging.transcript import Line
from bot.months import month
from bot.settings import Settings
from bot.storage.store import Store, StoreAway
from channels.terminal import Terminal
from desk.admin.audit_log import Audit
from desk.alarms.alarms import Alarms
from desk.alarms.unanswered_watcher import UnansweredWatcher
from desk.alarms.wait_watcher import WaitWatcher, WatchedDesk
from desk.auth.people import Account, People
from desk.console.conversation_access import Conversations
from desk.console.conversation_actions import TalkActions
from desk.console.pending_ends import EndWatcher
from desk.duty.duty_calendar import Duty
from desk.duty.wellbeing import Wellbeing
from tests.desk.night_operators import Sitting
from tests.desk.night_parts import BEGINS, BREAK, PRIORITIES, SPEED, Gate, Looks, NightEngine, Person, Plan
from tests.desk.night_shifts import SwappedShifts
from tests.desk.talking import account
from tests.hotline import ABILITIES, MASTER, Hotline, eventually, numbers, phrasebook

_LONG = 90.0  # seconds in which all who came are served
Answer = TypeVar("Answer")


@dataclass
class Night:
    """All of it together."""

    settings: Settings
    plan: Plan
    dice: random.Random = field(init=False)
    store: Store = field(init=False)
    handoffs: Handoffs = field(init=False)
    engine: NightEngine = field(init=False)
    terminal: Terminal = field(init=False)
    actions: TalkActions = field(init=False)
    wellbeing: Wellbeing = field(init=False)
    gates: list[Gate] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    operators: list[Account] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    waits: dict[str, list[float]] = field(default_factory=dict)
    looks: Looks = field(default_factory=Looks)
    shifts: SwappedShifts = field(init=False)
    over: bool = False  # the shift has ended: nobody takes anybody any more
    _began: float = field(default_factory=time.monotonic)
    _stores: list[Store] = field(default_factory=list)  # of all gateways there were

    def __post_init__(self) -> None:
        self.dice = random.Random(self.plan.seed)
        self.store = Store.connect(self.settings.redis_url, Vault(MASTER))
        self.handoffs = Handoffs(self.store)
        self.engine = NightEngine(self.handoffs, self.clock)
        self.terminal = Terminal("sms", ABILITIES["sms"])
        alarms = Alarms(self.store, self.clock)
        self.wellbeing = Wellbeing(self.store, alarms)
        self.operators = [account(f"{n:x}", alias=f"Helper {n:x}") for n in range(self.plan.operators)]
        self.persons = [Person(f"+1555{n:07d}", self.dice.choice(PRIORITIES)) for n in range(self.plan.persons)]
        self.shifts = SwappedShifts(self)
        self.gates = [self._gate() for _ in range(self.plan.gateways)]
        self._use(self.gates[0])

    def clock(self) -> float:
        return BEGINS + (time.monotonic() - self._began) * SPEED

    async def runs(self) -> None:
        """Let the night happen, from the first person to the end of the shift."""
        await self.shifts.are_planned()
        self._began = time.monotonic()
        for gate in self.gates:
            gate.starts()
        for operator in self.operators:
            await on_duty.here(self.store, operator.id, self.clock())
        beside = [asyncio.create_task(self._breaks()), asyncio.create_task(self._looks())]
        beside += [asyncio.create_task(Sitting(self, operator).works()) for operator in self.operators]
        beside += [asyncio.create_task(self.shifts.trades(operator)) for operator in self.operators]
        try:
            await asyncio.gather(*(self._lives(person) for person in self.persons))
            await self._until(self._served)
            await self._last_ones()
            self.over = True
            for operator in self.operators:
                await self.insists(partial(self._goes_home, operator.id))
            await self._until(self._settled)
        finally:
            for task in beside:
                task.cancel()
            ended = await asyncio.gather(*beside, return_exceptions=True)
            self.looks.faults += [repr(error) for error in ended if isinstance(error, Exception)]
            for gate in self.gates:
                await gate.dies()

    async def _goes_home(self, operator: str) -> None:
        await on_duty.off(self.store, operator, self.clock())

    async def closes(self) -> None:
        """Let go of Redis."""
        for store in (self.store, *self._stores):
            await store.close()

    def summary(self) -> str:
        """What happened, in a few lines."""
        waited = {name: f"{median(found):.0f} s of {len(found)}" for name, found in sorted(self.waits.items())}
        told = ", ".join(f"{name} {number}" for name, number in sorted(self.counted.items()))
        who = f"{len(self.persons)} persons, {len(self.operators)} operators, {self.looks.looks} looks"
        return f"{who}. {told}. Usual waits: {waited}"

    async def lines(self, person: Person) -> list[Line]:
        return await self.insists(lambda: transcript.read(self.store, person.conversation))

    async def returned(self) -> int:
        """How many conversations went back to the queue because nobody had answered them."""
        counted = await self.store.call("HGETALL", f"handoff_counts:{month(self.clock())}")
        pairs = counted.items() if isinstance(counted, dict) else zip(counted[::2], counted[1::2], strict=True)
        return sum(int(number) for what, number in pairs if what.startswith(b"returned "))

    # What persons do

    async def _lives(self, person: Person) -> None:
        await asyncio.sleep(self.dice.uniform(0, self.plan.seconds))
        await self._writes(person, f"person {person.priority}")
        for n in range(self.dice.randint(1, 4)):
            await asyncio.sleep(self.dice.uniform(0.2, 2))
            await self._writes(person, f"line {n} of mine")
        end = self.dice.random()
        if end < 0.1:
            await self._writes(person, "enough")
        elif end < 0.2:
            await self._writes(person, "clear")
            person.left = True

    async def _last_ones(self) -> None:
        """Two come when the shift is about to end: nobody will take them."""
        self.over = True
        late = [Person(f"+1666{n:07d}", "P2") for n in range(2)]
        for person in late:
            await self._writes(person, f"person {person.priority}")
        self.persons += late
        await self._until(self._quiet)

    async def _writes(self, person: Person, text: str) -> None:
        message = Message("sms", person.address, identity.new_id(), text, hints=Hints(accept="en"))
        await self.insists(lambda: self._some_gate().hotline.intake.accept(message))
        person.wrote.append(text)
        if not person.conversation:
            found = await self.insists(
                lambda: self.store.find(identity.address_key("sms", person.address, self.store.vault.pepper))
            )
            person.conversation = found or ""

    # What a supervisor does

    async def _breaks(self) -> None:
        """A supervisor, who lifts what was long enough; Redis' own clock does not run as fast as the night."""
        while True:
            await asyncio.sleep(BREAK / SPEED)
            for operator in self.operators:
                with suppress(StoreAway):
                    await self.wellbeing.lift_break(operator.id)
                    await self.wellbeing.lift_measure(operator.id)

    # What breaks

    async def breaks_down(self) -> None:
        """Kill gateways and cut connections, spread over the night."""
        events = ["crash"] * self.plan.crashes + ["cut"] * self.plan.cuts
        self.dice.shuffle(events)
        for event in events:
            await asyncio.sleep(self.plan.seconds / (len(events) + 1))
            self.counted[f"{event}s"] += 1
            if event == "cut":
                with suppress(StoreAway):
                    await self.store.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no")
            else:
                await self._crashes()

    async def _crashes(self) -> None:
        dying = self.dice.choice(self.gates)
        at = self.gates.index(dying)
        await dying.dies()
        self.gates[at] = self._gate()
        self.gates[at].starts()
        self._use(self.gates[at])

    # What is looked at

    async def _looks(self) -> None:
        while True:
            await asyncio.sleep(0.03)
            with suppress(StoreAway):
                now = self.clock()
                self.looks.check(await self.handoffs.look(now), now)

    async def _quiet(self) -> bool:
        return not await self.store.call("EXISTS", "inbox_due", "outbox_due", "farewells_due")

    async def _served(self) -> bool:
        desk = await self.handoffs.look(self.clock())
        return await self._quiet() and not any(each.state in ("waiting", "operator") for each in desk.handoffs)

    async def _settled(self) -> bool:
        return await self._served() and not await self.handoffs.untold()

    # Tools

    def _gate(self) -> Gate:
        hotline = Hotline(self.settings, self.engine, {"sms": self.terminal})
        parts = (
            hotline.store,
            Handoffs(hotline.store),
            hotline.notifier,
            phrasebook(),
            Alarms(hotline.store, self.clock),
        )
        self._stores.append(hotline.store)
        watched = WatchedDesk(*parts, Duty(hotline.store, self.clock).publish, numbers, self._alias, self.clock)
        ends = EndWatcher(self._actions(hotline.store, hotline), People(hotline.store, self.clock))
        unanswered = UnansweredWatcher(*parts[:2], self.settings.answer_within, self.clock)
        return Gate(hotline, WaitWatcher(watched), ends, unanswered)

    async def _alias(self, account: str) -> str:
        return next(operator.alias for operator in self.operators if operator.id == account)

    def _use(self, gate: Gate) -> None:
        """Let the pages of the desk be those of this gateway."""
        self.actions = self._actions(self.store, gate.hotline)

    def _actions(self, store: Store, hotline: Hotline) -> TalkActions:
        handoffs = Handoffs(store)
        reader, audit = Conversations(store, handoffs, self.clock), Audit(store, self.clock)
        return TalkActions(store, handoffs, reader, audit, hotline.notifier, phrasebook(), self.clock)

    def _some_gate(self) -> Gate:
        return self.dice.choice(self.gates)

    async def insists(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """Do it again until Redis is there, as a platform and a page do."""
        while True:
            try:
                return await call()
            except StoreAway:
                await asyncio.sleep(0.05)

    async def _until(self, condition: Callable[[], Awaitable[bool]]) -> None:
        await eventually(lambda: self.insists(condition), _LONG)
