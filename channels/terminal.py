"""The terminal as a channel: messages sent to it are held until the reader at the screen takes them."""

from bot.messaging.outbox import Outgoing
from bot.messaging.provider_copies import Copy
from channels.contract import Abilities


class Terminal:
    """Stands in for a channel's platform and shows what that channel would show."""

    def __init__(self, name: str, abilities: Abilities) -> None:
        self.name = name
        self.abilities = abilities
        self._said: list[Outgoing] = []

    async def send(self, address: str, outgoing: Outgoing) -> list[Copy]:
        """Hold one message for `take`."""
        self._said.append(outgoing)
        return []

    async def delete(self, copy: Copy) -> None:
        """Do nothing: no platform holds a copy."""

    def take(self) -> list[Outgoing]:
        """Return the messages sent since the last call."""
        said, self._said = self._said, []
        return said
