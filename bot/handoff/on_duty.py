"""Who is on duty for people who wait: operators by a random id, for as long as they show signs of presence."""

from typing import Literal

from bot.storage.store import Store

DutyState = Literal["here", "paused", "off"]

STAYS = 900  # seconds without a sign after which an operator is off duty; the desk's sessions end by then too


async def here(store: Store, operator: str, now: float) -> None:
    """Record a sign of an operator: on duty from the first sign on, paused or not as before."""
    await _step(store, operator, "here", now)


async def stay(store: Store, operator: str, now: float) -> None:
    """Record a sign of an operator who is on duty; an operator who went off duty stays off, whatever they click."""
    await _step(store, operator, "stay", now)


async def standing(store: Store, operator: str, now: float) -> DutyState:
    """Return whether an operator is on duty, or paused."""
    until = await store.call("ZSCORE", "operators", operator)
    if until is None or float(until) <= now * 1000:
        return "off"
    return "paused" if await store.call("SISMEMBER", "paused", operator) else "here"


async def pause(store: Store, operator: str, now: float) -> None:
    """Assign nothing new to an operator, who keeps what they have. No reason is asked."""
    await _step(store, operator, "pause", now)


async def resume(store: Store, operator: str, now: float) -> None:
    """End the pause."""
    await _step(store, operator, "resume", now)


async def off(store: Store, operator: str, now: float) -> None:
    """Take an operator off duty at once; `Handoffs.lapse` then moves what they still have."""
    await _step(store, operator, "off", now)


async def _step(store: Store, operator: str, step: str, now: float) -> None:
    until, at = int((now + STAYS) * 1000), int(now * 1000)
    await store.run("handoff_duty", operator=operator, step=step, until_when=until, now=at)
