"""The terminal as a door: what is sent to it is kept for the reader on the other side of the screen."""

from bot.messaging.outbox import Outgoing
from bot.messaging.provider_copies import Copy
from channels.contract import Abilities


class Terminal:
    """Stands in for a channel's platform; shows what that channel would show."""

    def __init__(self, name: str, abilities: Abilities) -> None:
        self.name = name
        self.abilities = abilities
        self._said: list[Outgoing] = []

    async def send(self, address: str, outgoing: Outgoing) -> list[Copy]:
        """Keep one message for `take`."""
        self._said.append(outgoing)
        return []

    async def delete(self, copy: Copy) -> None:
        """Nothing is kept anywhere."""

    def take(self) -> list[Outgoing]:
        """Give what came since the last call."""
        said, self._said = self._said, []
        return said
