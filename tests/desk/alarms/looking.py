"""What the watch said to persons and who heard of it, and the time between its looks: for tests of the watch."""

from bot.messaging import transcript
from desk.alarms.wait_watcher import WaitWatcher, WatchedDesk
from tests.desk.talking import Lines, account

ANA, BEN = account("a"), account("b")


async def told(lines: Lines, conversation: str) -> list[str | None]:
    """The phrases that were said."""
    return [line.say for line in await transcript.read(lines.store, conversation) if line.who == "us"]


async def alarmed(watched: WatchedDesk) -> list[tuple[str, str]]:
    return [(alarm.kind, alarm.priority) for alarm in await watched.alarms.open()]


async def looks_after(watch: WaitWatcher, lines: Lines, seconds: float) -> None:
    """Time passes in which the operators show themselves, and the watch looks."""
    lines.clock.now += seconds
    await lines.works(ANA)
    await watch.look()
