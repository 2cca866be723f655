"""The watcher of conversations that somebody has taken and not answered: after a while they return to the queue.

A click is no answer, and whoever clicked may have been called away; who types, or does anything in the conversation, is there.
Where somebody else may hold the phone nobody is pressed to write: the time begins when it is safe again. It runs in every
gateway, so nothing is lost when one dies; each return is one atomic step, which one gateway takes.
"""

from collections.abc import Mapping, Sequence
from typing import get_args

from bot import logs
from bot.conversation.recall import recall
from bot.handoff.case_card import Priority
from bot.handoff.handoff import Handoffs
from bot.handoff.waiting_line import Handoff, WaitingLine
from bot.storage.periodic import Periodic
from bot.storage.store import Store
from desk.auth.people import Clock

_TICK = 3.0  # seconds


class UnansweredWatcher:
    """The watching loop, one per gateway. `within`: seconds until the first line, by priority; empty: nothing returns."""

    def __init__(self, store: Store, handoffs: Handoffs, within: Sequence[int], clock: Clock) -> None:
        self._store, self._handoffs, self._within, self._clock = store, handoffs, by_priority(within), clock

    async def run(self) -> None:
        """Run until cancelled."""
        await Periodic(self._step, _TICK, "watch_failed").run()

    async def _step(self) -> None:
        await self.look()

    async def look(self) -> list[str]:
        """Put back what nobody has answered in time; return the ids."""
        now = self._clock()
        back = []
        for taken in unanswered(await self._handoffs.look(now), self._within):
            if (await recall(self._store, taken.id)).hushed:
                await self._handoffs.attend(taken.id, taken.operator, now)
                continue
            seconds = self._within[taken.priority]
            if now - taken.attended >= seconds and (await self._handoffs.return_unanswered(taken, seconds, now)).done:
                logs.event("conversation_returned", 30)
                back.append(taken.id)
        return back


def by_priority(within: Sequence[int]) -> Mapping[Priority, int]:
    """Return the seconds of each priority, P0 first; empty if nothing returns."""
    return dict(zip(get_args(Priority), within, strict=True)) if within else {}


def unanswered(desk: WaitingLine, within: Mapping[Priority, int]) -> list[Handoff]:
    """Return the conversations that will return to the queue unless their operator does something in them."""
    return [each for each in desk.unanswered() if each.priority in within and not each.ending]
