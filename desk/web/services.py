"""The services every page of the desk uses: built once, and found in the application."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aiohttp import web

from bot.handoff.handoff import Handoffs
from bot.messaging.message import Reply
from bot.messaging.outbox import OperatorMessage, Written
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.storage.store import Store
from desk.accounts import Accounts
from desk.alarms.alarms import Alarms
from desk.auth.people import Clock
from desk.duty.wellbeing import Wellbeing
from resources_directory.files.entries_folder import ENTRIES


class Notifies(Protocol):
    """How words reach the person outside a turn; the gateway has the channels, which the desk does not know."""

    async def say(self, conversation: str, replies: Sequence[Reply], *, by: str = "", once: str = "") -> bool:
        """Say phrases in the language of the conversation; `once`: only the first time with this mark. False: it is gone."""

    async def write(self, conversation: str, words: OperatorMessage) -> Written:
        """Send an operator's own words, while this operator has the conversation."""


@dataclass(frozen=True)
class Services:
    """The services the pages are built on."""

    accounts: Accounts
    store: Store
    handoffs: Handoffs
    notifier: Notifies
    book: Phrasebook
    settings: Settings
    clock: Clock
    directory_file: Path  # compiled
    entries: Path = ENTRIES  # the country files that it is compiled from

    @property
    def wellbeing(self) -> Wellbeing:
        """Return what looks after the operators."""
        return Wellbeing(self.store, Alarms(self.store, self.clock), self.handoffs.limits)


SERVICES = web.AppKey("services", Services)
