"""The watcher of erasing: an alarm while what was erased may still be read on the disk, as the janitor says (P13)."""

from bot.storage import janitor
from bot.storage.periodic import Periodic
from bot.storage.store import Store
from desk.alarms.alarms import Alarm, Alarms
from desk.auth.people import Clock

_TICK = 5.0
_ALARM = "erasing"


class ErasingWatcher:
    """The watching loop, one per gateway; an alarm is raised once across all."""

    def __init__(self, store: Store, alarms: Alarms, clock: Clock) -> None:
        self._store, self._alarms, self._clock = store, alarms, clock

    async def run(self) -> None:
        """Run until cancelled."""
        await Periodic(self.look, _TICK, "watch_failed").run()

    async def look(self) -> None:
        """Raise the alarm if it is due, and end it once everything is closed again."""
        if await janitor.is_behind(self._store):
            await self._alarms.raise_(Alarm(_ALARM, "erasing", self._clock()))
        else:
            await self._alarms.over(_ALARM)
