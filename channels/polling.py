"""Asks Telegram for updates, for a machine that no webhook can reach: what was taken is acknowledged with the next question."""

import asyncio

from bot import logs
from bot.signals import ending
from channels.adapter import DeliveryError
from channels.telegram import Telegram
from channels.webhooks import Webhooks

_AGAIN = 2.0  # seconds after a failure


class Polling:
    """One loop; Telegram allows one for each bot, so one gateway."""

    def __init__(self, telegram: Telegram, webhooks: Webhooks) -> None:
        self._telegram, self._webhooks = telegram, webhooks
        self._after: int | None = None

    async def run(self) -> None:
        """Work until cancelled. What was not acknowledged comes again, and is known again."""
        while not ending():
            try:
                await self.poll()
            except DeliveryError as error:
                logs.event("polling_failed", 30, channel="telegram", reason=error.reason)
                await asyncio.sleep(max(_AGAIN, error.after))

    async def poll(self) -> None:
        """Take what there is, one update after the other; stop at the first that could not be kept."""
        for update in await self._telegram.updates(self._after):
            if await self._webhooks.take(self._telegram, self._telegram.events(update)) != "kept":
                await asyncio.sleep(_AGAIN)
                return
            self._after = update.update_id + 1
