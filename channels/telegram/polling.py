"""Polls Telegram for updates on a machine that no webhook can reach; each poll acknowledges the updates taken before."""

from bot import logs
from bot.storage.periodic import Periodic
from channels.contract import DeliveryError
from channels.telegram.adapter import Telegram
from channels.webhooks import Webhooks

_AGAIN = 2.0  # seconds after a failure


class Polling:
    """The polling loop. Telegram allows one per bot, so only one gateway."""

    def __init__(self, telegram: Telegram, webhooks: Webhooks) -> None:
        self._telegram, self._webhooks = telegram, webhooks
        self._after = 0

    async def run(self) -> None:
        """Run until cancelled. Unacknowledged updates come again and are recognized as repeats."""
        await Periodic(self._step, _AGAIN).run()

    async def _step(self) -> float | None:
        try:
            return 0 if await self.poll() else None
        except DeliveryError as error:
            logs.event("polling_failed", 30, channel="telegram", reason=error.reason)
            return max(_AGAIN, error.after)

    async def poll(self) -> bool:
        """Take the pending updates in order. Return False if some must come again.

        A person whose inbox is full holds up no one else: only their updates are left for the next poll.
        """
        held: int | None = None
        full: set[str] = set()
        for update in await self._telegram.updates(self._after):
            number = int(update["update_id"])
            events = self._telegram.events(update)
            address = next((str(getattr(event, "address", "")) for event in events), "")
            outcome = "full" if address in full else await self._webhooks.take(self._telegram, events)
            if outcome != "kept" and held is None:
                held = number
            if outcome == "away":
                break
            if outcome == "full":
                full.add(address)
            self._after = held or number + 1
        if held is not None:
            self._after = held
        return held is None
