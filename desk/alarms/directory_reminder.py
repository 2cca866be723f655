"""The weekly reminder of what is to be checked in the directory, by the ways that alarms leave the house: only numbers.

Each target is told once a week across all gateways; one that cannot be reached is tried again, and nothing is queued.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot import logs
from bot.organisation import in_force
from bot.reporting import complaints
from bot.settings import Settings
from bot.storage.periodic import Periodic
from bot.storage.store import Store
from desk.alarms.alarm_dispatch import Call, NotHeard, Target
from desk.auth.people import Clock
from desk.web.page_templates import rendering
from resources_directory.files.entry_cache import EntryCache
from resources_directory.stewards.workload_digest import WorkloadDigest, digest_of

_TICK = 600.0
_WEEK = 7 * 86_400 - 3_600  # seconds: an hour less, so that it does not wander through the day
_TRY = 300  # seconds for which one gateway tries
_LONGEST = 30.0  # seconds a target may take


@dataclass(frozen=True)
class DirectoryReminder:
    """The loop that reminds, one per gateway."""

    store: Store
    targets: Mapping[str, Target]
    settings: Settings
    entries: EntryCache
    clock: Clock

    async def run(self) -> None:
        """Run until cancelled."""
        await Periodic(self.look, _TICK, "reminder_failed").run()

    async def look(self) -> None:
        """Remind the targets whose week is over, if there is anything to check."""
        for name, target in self.targets.items():
            mark = f"directory_reminded:{name}"
            if await self.store.call("SET", mark, 1, "NX", "EX", _TRY) and await self._told(target):
                await self.store.call("SET", mark, 1, "EX", _WEEK)

    async def _told(self, target: Target) -> bool:
        found = await self._digest()
        if not found.due:
            return False  # it looks again soon, and tells as soon as something is due
        try:
            async with asyncio.timeout(_LONGEST):
                await target.tell(worded(found, self.settings.desk_url))
        except (NotHeard, TimeoutError) as error:
            logs.event("reminder_not_delivered", 30, reason=str(error) or "slow")
            return False
        return True

    async def _digest(self) -> WorkloadDigest:
        home = (await in_force(self.store, self.settings)).home_country
        counts = await complaints.counts(self.store, self.clock())
        countries = await asyncio.to_thread(self.entries.countries)
        ours = [one for one in countries if home in ("", one.country)]
        return digest_of(ours, datetime.fromtimestamp(self.clock(), UTC).date(), counts)


def worded(found: WorkloadDigest, url: str) -> Call:
    """Render the reminder in the words that leave the house."""
    lines = rendering().get_template("reminder.txt").render(found=found, url=url)
    return Call(lines.splitlines()[0], lines.strip(), ())
