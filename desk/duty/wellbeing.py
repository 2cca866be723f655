"""What keeps operators well: a break after a life in danger, a limit on severe conversations, a supervisor one click away.

Break and limit are enforced in the step that claims a conversation (docs/handoff.md); here they are read and lifted.
"""

from dataclasses import dataclass

from bot.handoff.handoff import usual_limits
from bot.organisation import Limits
from bot.storage.store import Store
from desk.alarms.alarms import Alarm, Alarms


@dataclass(frozen=True)
class OperatorWellbeing:
    """How one operator is doing. Nobody is compared with anybody."""

    break_left: int  # seconds
    severe: int  # conversations of this shift that were P0 or P1, open ones included
    most: int

    @property
    def enough(self) -> bool:
        """Whether they have reached the limit of severe conversations."""
        return self.severe >= self.most


class Wellbeing:
    """Looks after the operators."""

    def __init__(self, store: Store, alarms: Alarms, limits: Limits = usual_limits) -> None:
        self._store, self._alarms, self._limits = store, alarms, limits

    async def of(self, account: str) -> OperatorWellbeing:
        """Look at one operator."""
        left = await self._store.call("TTL", f"break:{account}")
        severe = await self._store.run("count_severe", operator=account)
        _, most = await self._limits()
        return OperatorWellbeing(max(int(left), 0), int(severe), most)

    async def lift_break(self, account: str) -> None:
        """End a break early: for a supervisor who has talked with the operator."""
        await self._store.call("DEL", f"break:{account}")

    async def lift_measure(self, account: str) -> None:
        """Reset the count of severe conversations: for a supervisor who has talked with the operator."""
        await self._store.call("DEL", f"severe:{account}")

    async def call_supervisor(self, account: str, conversation: str = "") -> Alarm:
        """Call a supervisor with one click."""
        return await self._alarms.call(account, conversation)
