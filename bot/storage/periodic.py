"""Periodic work: a step that is done again and again beside everything else, until its task is cancelled.

Every loop of a gateway that polls is one of these, so that all of them end, wait and fail in the same way.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot import logs
from bot.storage.signals import ending
from bot.storage.store import StoreAway


@dataclass(frozen=True)
class Periodic:
    """A step and its interval. The step may return the seconds until the next one; 0 means that there is more to do now."""

    step: Callable[[], Awaitable[float | None]]
    every: float  # seconds until the next step when the step does not say, or has failed
    # The log word for a step that broke. Without one its error ends the loop, and the gateway begins that anew.
    failure: str | None = None

    async def run(self) -> None:
        """Run until cancelled."""
        while not ending():
            await asyncio.sleep(await self.once())

    async def once(self) -> float:
        """Do the step; return the seconds until the next one."""
        pause: float | None = None
        try:
            pause = await self.step()
        except StoreAway:
            pass  # no fault of the step, and /readyz tells of it: the next one finds the same to do
        except Exception:
            if self.failure is None:
                raise
            logs.failure(self.failure)
        return self.every if pause is None else pause
