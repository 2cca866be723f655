"""The watcher of the text budget: an alarm when what there is for an hour is nearly used up, and another when it is."""

from bot import logs
from bot.messaging import text_budget
from bot.storage.periodic import Periodic
from bot.storage.store import Store
from desk.alarms.alarms import Alarm, Alarms
from desk.auth.people import Clock

_TICK = 5.0
_NEARLY = 0.8
_LARGEST = 3  # parts of one text: from where it finds no room on, texts are held back


class TextBudgetWatcher:
    """The watching loop, one per gateway; an alarm is raised once across all. `most`: parts in an hour."""

    def __init__(self, store: Store, alarms: Alarms, most: int, clock: Clock) -> None:
        self._store, self._alarms, self._most, self._clock = store, alarms, most, clock

    async def run(self) -> None:
        """Run until cancelled."""
        await Periodic(self.look, _TICK, "watch_failed").run()

    async def look(self) -> None:
        """Raise the alarms that are due, and end those whose hour is over."""
        sent = await text_budget.sent(self._store)
        for name, least in (
            ("texts nearly used up", self._most * _NEARLY),
            ("texts used up", self._most - _LARGEST + 1),
        ):
            if sent < least:
                await self._alarms.over(name)
            elif await self._alarms.raise_(Alarm(name, "texts", self._clock())):
                logs.event(name.replace(" ", "_"), 40, channel="sms", count=sent)
