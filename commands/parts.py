"""Where the parts are put together: settings go in, a running hotline comes out."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import logs
from bot.intake import Intake
from bot.janitor import Janitor
from bot.locale import detect
from bot.phrases import Phrasebook
from bot.quick_words import QuickWords
from bot.settings import Settings
from bot.signals import ending
from bot.store import Store
from bot.vault import Vault, make_key_file, read_key_file
from channels.adapter import Abilities, Adapter
from channels.dispatcher import Dispatcher
from channels.engine import EngineClient
from channels.page import Page
from channels.sender import Sender
from channels.speech import Speech
from channels.webchat import Webchat
from resources_directory.directory import Directory

ROOT = Path(__file__).resolve().parent.parent
ABILITIES = {
    "web": Abilities(buttons=True, pulls=True),
    "telegram": Abilities(buttons=True),
    "sms": Abilities(),
}


def open_vault(settings: Settings) -> Vault:
    """Read the master key; a developer's machine gets one of its own. Raises BadKeyFile."""
    if not settings.key_file_given:
        make_key_file(settings.key_file)
    return Vault(read_key_file(settings.key_file))


def emergency_numbers(directory: Directory) -> Callable[[str | None], list[dict[str, Any]]]:
    """Give the function that finds numbers to call for the gateway, which knows no directory."""

    def numbers(country: str | None) -> list[dict[str, Any]]:
        found = directory.emergency(country) if country else None
        if found is None:
            return [{"say": "line_emergency_unknown", "arguments": {}}]
        return [{"say": "line_emergency", "arguments": {"number": found.any or found.police or "112"}}]

    return numbers


@dataclass
class Gateway:
    """The parts of one gateway process."""

    settings: Settings
    store: Store
    book: Phrasebook
    intake: Intake
    engine: EngineClient
    dispatcher: Dispatcher
    sender: Sender
    webchat: Webchat

    @classmethod
    def build(
        cls,
        settings: Settings,
        vault: Vault,
        adapters: dict[str, Adapter] | None = None,
        pulling: frozenset[str] = frozenset({"web"}),
    ) -> "Gateway":
        """Put the parts together; nothing is started or connected yet."""
        book = Phrasebook.load(ROOT)
        store = Store.connect(settings.redis_url, vault)
        intake = Intake(store, settings)
        engine = EngineClient(settings.engine_ports, vault.token("engine"))
        numbers = emergency_numbers(Directory.load(ROOT / "resources_directory" / "entries"))
        quick = QuickWords.load()
        dispatcher = Dispatcher(store, engine, Speech(book, ABILITIES), quick, numbers)
        dispatcher.pulling = set(pulling)
        page = Page(book, settings, numbers(None))
        webchat = Webchat(store, intake, page, book, settings, dispatcher.signals)
        sender = Sender(store, book, adapters or {}, dispatcher.signals)
        return cls(settings, store, book, intake, engine, dispatcher, sender, webchat)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Run dispatcher, sender and janitor; on leaving, the turns that have begun are finished."""
        # The language models take a second to load; the first person must not wait for that.
        await asyncio.to_thread(detect, "hola")
        await self.engine.start()
        parts = (self.dispatcher, self.sender, Janitor(self.store))
        loops = [asyncio.create_task(_lasting(part)) for part in parts]
        try:
            yield
        finally:
            for loop in loops:
                loop.cancel()
            await asyncio.gather(*loops, return_exceptions=True)
            await self.engine.stop()
            await self.store.close()


async def _lasting(part: Dispatcher | Sender | Janitor) -> None:
    """A loop that has ended by a fault of ours would be silence for everybody: it is begun again."""
    while not ending():
        try:
            await part.run()
        except Exception:
            logs.failure("loop_failed")
        await asyncio.sleep(1)
