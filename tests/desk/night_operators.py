"""An operator in the night: takes who is next, answers, ends talks in every way there is, pauses, and sometimes vanishes."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.crypto import identity
from bot.handoff import on_duty
from bot.handoff.waiting_line import Handoff
from bot.messaging import transcript
from bot.messaging.message import Reply
from bot.storage.store import StoreAway
from desk.auth.people import Account
from desk.console.conversation_access import NotAllowed, queue
from tests.desk.night_parts import SPEED

if TYPE_CHECKING:
    from tests.desk.night import Night

_TALKS = 2  # at once


@dataclass
class Sitting:
    """One of them at work."""

    night: "Night"
    me: Account
    dice: random.Random = field(init=False)
    silent: set[str] = field(default_factory=set)  # taken, and then they were called away from the screen

    def __post_init__(self) -> None:
        self.dice = random.Random(f"{self.night.plan.seed} {self.me.id}")

    async def works(self) -> None:
        """Work until the shift ends."""
        while True:
            await asyncio.sleep(self.dice.uniform(0.1, 0.3))
            if self.night.over:
                continue
            if self.dice.random() < 0.01:
                self.night.counted["operators who vanished"] += 1
                await asyncio.sleep(1.2 * on_duty.STAYS / SPEED)
            with suppress(NotAllowed, StoreAway):
                await on_duty.here(self.night.store, self.me.id, self.night.clock())
                await self._sits()

    async def _sits(self) -> None:
        store, clock = self.night.store, self.night.clock
        if self.dice.random() < 0.03:
            await on_duty.pause(store, self.me.id, clock())
            await asyncio.sleep(self.dice.uniform(0.2, 1))
            await on_duty.resume(store, self.me.id, clock())
        mine = [each for each in (await self.night.handoffs.look(clock())).handoffs if each.operator == self.me.id]
        self.silent &= {each.id for each in mine}  # what went back to the queue is taken like any other
        for each in mine:
            if each.id not in self.silent:
                await self._answers(each)
        if len(mine) < _TALKS:
            await self._takes()

    async def _takes(self) -> None:
        night = self.night
        seen, skills = await night.actions.conversations.desk(), await night.actions.conversations.skills()
        for next_ in queue(self.me, seen, skills, night.clock())[:1]:
            done = await night.actions.claim(self.me, next_.id)
            night.counted[f"claims refused ({done.refused})" if done.refused else "claims"] += 1
            if done.done and next_.state == "waiting":
                night.waits.setdefault(next_.priority, []).append(next_.waited(night.clock()))
                if not night.counted["operators who took and wrote nothing"] or self.dice.random() < 0.05:
                    night.counted["operators who took and wrote nothing"] += 1
                    self.silent.add(next_.id)
                else:
                    await self._greets(next_.id)

    async def _greets(self, conversation: str) -> None:
        joined = Reply("utter_person_joined", {"alias": self.me.alias})
        await self.night.insists(lambda: self.night.actions.notifier.say(conversation, [joined], by=self.me.alias))
        await self.night.actions.write(self.me, conversation, "I am here.", identity.new_id())

    async def _answers(self, talk: Handoff) -> None:
        if talk.ending:
            return
        actions = self.night.actions
        lines = await transcript.read(self.night.store, talk.id)
        if lines and lines[-1].who == "you":
            await actions.write(self.me, talk.id, "I read that. Go on, I am here.", identity.new_id())
            self.night.counted["answers of operators"] += 1
            return
        chance = self.dice.random()
        if chance < 0.08:
            await self._ends(talk, actions.close)
        elif chance < 0.14:
            await self._ends(talk, actions.release)
        elif chance < 0.17:
            await self._ends(talk, actions.queue_again)
        elif chance < 0.22:
            others = [other for other in self.night.operators if other.id != self.me.id]
            await actions.offer(self.me, talk.id, self.dice.choice(others).id)

    async def _ends(self, talk: Handoff, act: Callable[[Account, str], Awaitable[Any]]) -> None:
        await act(self.me, talk.id)
        self.night.counted[f"talks: {getattr(act, '__name__', '')}"] += 1
