"""A hotline that nobody else can reach: a Redis of its own that keeps nothing, a real engine, and a terminal at each door.

It stands behind `quietline chat` and `quietline rehearse`, and never meets a conversation of the running hotline.
"""

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.conversation.recall import recall
from bot.crypto.identity import address_key
from bot.messaging.message import Hints, Message
from bot.messaging.outbox import Outgoing
from bot.settings import Settings
from channels.terminal import Terminal
from commands.runtime.composition import ABILITIES, Gateway, open_gateway_vault
from commands.runtime.free_ports import free_port
from commands.runtime.processes import EngineProcess, child_environment, write_engine_key
from commands.runtime.redis_server import OwnRedis
from commands.runtime.time_travel import let_time_pass

_PATIENCE = 20.0  # seconds for one answer; the dispatcher itself gives up on an engine after eight


@dataclass
class PrivateTalk:
    """One person at one door."""

    gateway: Gateway
    terminal: Terminal
    hints: Hints
    address: str
    whys: list[dict[str, Any]] = field(default_factory=list)  # reasons that the engine gave and nobody took yet

    @property
    def channel(self) -> str:
        """The name of the door: web, telegram or sms."""
        return self.terminal.name

    async def say(self, text: str, kind: str = "text", place: int | None = None) -> list[Outgoing]:
        """Send a message and return everything that is said back."""
        id_ = secrets.token_hex(8)
        message = Message(self.terminal.name, self.address, id_, text, kind, self.hints, place=place)
        await self.gateway.intake.accept(message)
        self.gateway.dispatcher.signals.due.set()
        return await self._answered()

    async def wait(self, seconds: int) -> list[Outgoing]:
        """Return what is said once so many seconds have passed."""
        await let_time_pass(self.gateway.store, seconds)
        return await self._answered()

    def why(self) -> dict[str, Any]:
        """Take the reasons of the last answer; empty where no engine was asked, or none that explains."""
        last = self.whys[-1] if self.whys else {}
        self.whys.clear()
        return last

    async def state(self) -> str:
        """Return where the talk stands by its record, or "gone" where there is none any more."""
        store = self.gateway.store
        id_ = await store.find(address_key(self.terminal.name, self.address, store.vault.pepper))
        return (await recall(store, id_)).situation if id_ else "gone"

    async def _answered(self) -> list[Outgoing]:
        async with asyncio.timeout(_PATIENCE):
            while not await self._quiet():
                await asyncio.sleep(0.01)
        return self.terminal.take()

    async def _quiet(self) -> bool:
        """Nothing is queued for anybody, in or out, and no farewell is left to say."""
        names = ("inbox_due", "outbox_due", "farewells_due")
        return not any([await self.gateway.store.call("EXISTS", name) for name in names])


@dataclass
class PrivateHotline:
    """The hotline at work."""

    gateway: Gateway
    terminals: dict[str, Terminal]
    whys: list[dict[str, Any]] = field(default_factory=list)

    def person(self, channel: str, hints: Hints) -> PrivateTalk:
        """Start over as a new person at a door."""
        return PrivateTalk(self.gateway, self.terminals[channel], hints, secrets.token_hex(8), self.whys)

    async def begin_anew(self) -> None:
        """Forget everything that anybody has left here, as if the hotline had just been started."""
        await self.gateway.store.call("FLUSHALL")
        self.whys.clear()


@asynccontextmanager
async def private_hotline(settings: Settings, model: Path, *, explain: bool = False) -> AsyncIterator[PrivateHotline]:
    """Bring it up, and take it down on leaving. `explain`: its engine says why, for `Talk.why`."""
    terminals = {name: Terminal(name, abilities) for name, abilities in ABILITIES.items()}
    with tempfile.TemporaryDirectory(prefix="quietline-") as folder:
        redis = OwnRedis(Path(folder), keep=False)
        redis.start()
        try:
            mine = replace(calling_nobody(settings), redis_url=redis.url, engine_ports=(free_port(),), engine_urls=())
            mine = replace(mine, epoch_folder=Path(folder) / "epochs", engine_key_file=Path(folder) / "engine.key")
            vault = open_gateway_vault(mine)
            write_engine_key(mine, vault)
            gateway = Gateway.build(mine, vault, dict(terminals), pulling=frozenset())
            engine = EngineProcess(mine.engine_ports[0], model, child_environment(mine), explain=explain)
            hotline = PrivateHotline(gateway, terminals)
            gateway.engine.on_why = hotline.whys.append if explain else None
            async with gateway.working():
                try:
                    await engine.start(gateway.engine)
                    yield hotline
                finally:
                    await engine.stop()
        finally:
            redis.stop()


def calling_nobody(settings: Settings) -> Settings:
    """A supervisor must not be woken because somebody who tries the hotline out waits for a person."""
    return replace(settings, alarm_webhook="", alarm_mail_to=())
