"""What a turn has to do with the desk: how it stands before, what the turn wants of it, and what is left of the answer.

The step at the desk is taken before the answer is kept. A crash between the two lets the turn run again: it finds that
the person waits already, and says so.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from bot.conversation.record import Record
from bot.crypto.vault import Seal
from bot.engine.turn import Turn
from bot.handoff.case_card import Priority, priority
from bot.handoff.handoff import Handoffs
from bot.handoff.handoff_snapshot import HandoffSnapshot, snapshot
from bot.messaging.transcript import newest
from bot.storage.store import Store
from bot.understanding.crisis import LABELS

OPERATOR = "operator"
_LINES = 8  # of the transcript: behind what we said last are only messages that came together
_PHRASES = ("utter_person_", "utter_helped")  # how the names begin of what is said outside of turns at the desk
# Outcomes with which the answer of the turn is true, or is not said: somebody blocked is answered in a crisis only.
_STAND = frozenset({None, "not_waiting", "blocked"})


@dataclass(frozen=True)
class Danger:
    """How much danger a conversation has told of."""

    priority: Priority
    crises: int  # answers to a crisis

    @classmethod
    def of(cls, record: Record) -> "Danger":
        """Read it from what is remembered."""
        return cls(priority(record), sum(record.answered.get(label, 0) for label in LABELS))


@dataclass(frozen=True)
class LastSaid:
    """What the person saw last, where it was said outside of a turn."""

    phrase: str  # with choices; else empty
    operator: bool  # an operator has written since our last answer


class HandoffBridge:
    """Looks, asks and withdraws for the turns of one engine."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._store, self._clock = store, clock
        self._handoffs = Handoffs(store)

    async def look(self, conversation: str) -> HandoffSnapshot:
        """Look how it stands now; raises StoreAway."""
        return await snapshot(self._store, conversation, self._clock())

    async def told(self, conversation: str, seal: Seal, answered: Collection[str]) -> LastSaid | None:
        """Give what was said last outside of our turns, or None where the last is among what a turn answered."""
        ours = [line for line in await newest(self._store, conversation, seal, _LINES) if line.who == "us"]
        since = list(takewhile(lambda line: line.by or line.say not in answered, reversed(ours)))
        operator = any(line.by for line in since)
        if not operator and not (since and (since[0].say or "").startswith(_PHRASES)):
            return None
        return LastSaid((since[0].say or "") if since[0].choices else "", operator)

    async def settle(self, turn: Turn, before: Danger) -> bool:
        """Do at the desk what the turn wants; False where its answer would not be true: it has to be decided anew."""
        if turn.withdraw:
            outcome = await self._handoffs.withdraw(turn.conversation, self._clock())
        elif turn.ask_person or _got_worse(turn, before):
            asked = (turn.conversation, priority(turn.record), turn.new_locale or turn.locale, turn.channel)
            outcome = await self._handoffs.ask(*asked, self._clock())
        else:
            return True
        return outcome.refused in _STAND


def _got_worse(turn: Turn, before: Danger) -> bool:
    """Tell whether this turn told of more danger, or of a crisis again: only that undoes what a supervisor has lowered."""
    now, desk = Danger.of(turn.record), turn.desk
    more = now.priority < before.priority or now.crises > before.crises
    return desk.state in ("waiting", OPERATOR) and more and now.priority < (desk.priority or "P3")


def beside(replies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give what is said beside an operator. A number that is typed to them is no choice, so none is shown."""
    return [{**reply, "choices": []} for reply in replies if reply["always"]]
