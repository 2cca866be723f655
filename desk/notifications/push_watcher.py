"""The watcher that notifies operators who look elsewhere: somebody waits, and they are on duty with no page of the desk in view.

It runs in every gateway. Each account is called by one of them, and at most once in two minutes.
"""

import asyncio

from bot.storage.periodic import Periodic
from desk.auth.people import Account
from desk.auth.roles import answers_people
from desk.notifications.push_subscriptions import PushSubscriptions, is_visible, remove_all
from desk.notifications.web_push import WebPush
from desk.web.services import Services

_TICK = 3.0  # seconds
_PAUSE = 120  # seconds until the same account is called again


class PushWatcher:
    """The watching loop, one per gateway."""

    def __init__(self, services: Services, push: WebPush) -> None:
        self._on, self._push = services, push
        self._subscriptions = PushSubscriptions(services.store, services.settings.push_services)

    async def run(self) -> None:
        """Run until cancelled; where no service is named, there is nothing to do."""
        if not self._on.settings.push_services:
            await asyncio.Event().wait()
        await Periodic(self._step, _TICK, "watch_failed").run()

    async def _step(self) -> None:
        await self.look()

    async def look(self) -> int:
        """Notify those who have to be; return how many devices were reached."""
        now = self._on.clock()
        desk, (most, _) = await self._on.handoffs.look(now), await self._on.handoffs.limits()
        if not desk.waiting(now):
            return 0
        reached = 0
        for operator in desk.operators:
            if operator.free(most) and await self._due(operator.id):
                reached += await self._call(operator.id)
        return reached

    async def _due(self, account: str) -> bool:
        store = self._on.store
        if await is_visible(store, account) or not await store.call("EXISTS", f"push:{{{account}}}"):
            return False
        return bool(await store.call("SET", f"push_pause:{{{account}}}", "1", "EX", _PAUSE, "NX"))

    async def _call(self, id_: str) -> int:
        account, reached = await self._on.accounts.people.get(id_), 0
        if not account or account.state != "active" or not answers_people(account.roles):
            await remove_all(self._on.store, id_)
            return 0
        for each in await self._subscriptions.of(id_):
            pushed = "gone" if self._ended(each.generation, each.endpoint, account) else await self._push.push(each)
            reached += pushed == "sent"
            if pushed == "gone":
                await self._subscriptions.remove(id_, each.endpoint)
        return reached

    def _ended(self, generation: int, endpoint: str, account: Account) -> bool:
        return generation != account.generation or not self._subscriptions.serves(endpoint)
