"""Where the parts are put together: settings go in, a running hotline comes out."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web

from bot import logs
from bot.crypto.epochs import Epochs
from bot.crypto.push_key import push_key
from bot.crypto.vault import BEFORE, Vault, make_key_file, read_key_file
from bot.handoff.handoff import Handoffs
from bot.language.locale import detect, settle
from bot.messaging.intake import Intake
from bot.messaging.message import Hints
from bot.messaging.text_budget import TextBudget
from bot.organisation import OrganisationCache, all_own_ids, limits
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.storage.janitor import Janitor
from bot.storage.migration import Migration
from bot.storage.periodic import Periodic
from bot.storage.script_loader import ScriptLoader
from bot.storage.signals import SignalSubscriber
from bot.storage.store import Store
from bot.understanding.offline_checks import OfflineChecks
from channels.contract import Abilities, Adapter, Sends
from channels.delivery.dispatcher import Dispatcher
from channels.delivery.notifier import Notifier
from channels.delivery.provider_deletion import ProviderDeletion
from channels.delivery.rendering import Renderer
from channels.delivery.sender import Sender
from channels.delivery.typing_indicators import TypingIndicators
from channels.engine_client import EngineClient
from channels.hsds import hsds_door
from channels.hsds.request_limit import RequestLimit
from channels.sms.adapter import Sms, TwilioAccount
from channels.sms.texted_countries import ALL, answered
from channels.telegram.adapter import Telegram
from channels.telegram.polling import Polling
from channels.web.page import Page
from channels.web.webchat import Webchat
from channels.webhooks import Webhooks
from desk.accounts import Accounts
from desk.alarms import alarm_channels
from desk.alarms.alarm_dispatch import AlarmCalls
from desk.alarms.alarms import Alarms
from desk.alarms.directory_reminder import DirectoryReminder
from desk.alarms.erasing_watcher import ErasingWatcher
from desk.alarms.text_budget_watcher import TextBudgetWatcher
from desk.alarms.unanswered_watcher import UnansweredWatcher
from desk.alarms.wait_watcher import WaitWatcher, WatchedDesk
from desk.console.pending_ends import end_watcher
from desk.duty.duty_calendar import by_the_clocks
from desk.key_rotation import KeyRotation
from desk.notifications.push_watcher import PushWatcher
from desk.notifications.web_push import WebPush
from desk.web.services import Notifies, Services
from resources_directory.exchange.api.read_api import ReadApi
from resources_directory.files.entry_cache import EntryCache
from resources_directory.model.directory import Directory
from resources_directory.places.country_names import country_names
from resources_directory.search.complaint_limit import ComplaintLimit


class Loop(Protocol):
    """What works beside the others for as long as the gateway runs."""

    async def run(self) -> None:
        """Work until cancelled."""


ROOT = Path(__file__).resolve().parents[2]
ABILITIES = {
    "web": Abilities(buttons=True, pulls=True),
    "telegram": Telegram.abilities,
    "sms": Sms.abilities,
}


def open_master_key(settings: Settings) -> bytes:
    """Read the master key; a developer's machine gets one of its own. Raises BadKeyFile."""
    if not settings.key_file_given:
        make_key_file(settings.key_file)
    return read_key_file(settings.key_file)


def old_master_key(settings: Settings) -> bytes | None:
    """Read the master key of before, while it is being changed. Raises BadKeyFile."""
    return read_key_file(settings.old_key_file, BEFORE) if settings.old_key_file else None


def open_vault(settings: Settings) -> Vault:
    """Return what is derived from the master key, for commands that open no conversation. Raises BadKeyFile."""
    return Vault(open_master_key(settings), before=old_master_key(settings))


def open_gateway_vault(settings: Settings) -> Vault:
    """Return the same with the keys of the present, which open conversations. Raises BadKeyFile, BadEpochFolder."""
    present = Epochs(settings.epoch_folder) if settings.epoch_folder else None
    return Vault(open_master_key(settings), present, old_master_key(settings))


def doors(settings: Settings, store: Store, book: Phrasebook, numbers: list[Any]) -> list[Adapter]:
    """Return the doors that the settings open, beside the page."""
    found: list[Adapter] = []
    if settings.telegram_token:
        secret = settings.telegram_secret or store.vault.token("telegram webhook")

        def texts(phrase: str) -> dict[str, str]:
            return {locale: book.render(phrase, {}, locale, "telegram") for locale in book.locales}

        where = (settings.telegram_api_url, settings.public_url)
        found.append(Telegram(settings.telegram_token, secret, *where, texts))
    if settings.twilio_account:

        def sorry(text: str, hints: Hints) -> str:
            locale = settle(text, hints).candidates[0]
            return book.render("utter_store_away", {"numbers": numbers}, locale, "sms")

        countries = answered(settings)
        if ALL in countries:
            logs.event("texts_to_all_countries", 30, channel="sms")
        who = (settings.twilio_account, settings.twilio_token, settings.twilio_sender, settings.twilio_api_url)
        found.append(Sms(TwilioAccount(*who), settings.public_url, countries, TextBudget(store, settings), sorry))
    return found


def desk_services(settings: Settings, store: Store, book: Phrasebook, notifier: Notifies) -> Services:
    """Put together what the pages of the desk stand on."""
    accounts, handoffs = Accounts.build(store), Handoffs(store, limits(store, settings))
    return Services(accounts, store, handoffs, notifier, book, settings, time.time, settings.directory_file)


def watching(desk: Services, numbers: Callable[[str | None], list[Any]]) -> list[Loop]:
    """Return what watches the clock for those who wait, and calls somebody where it has to."""
    store, clock, settings = desk.store, desk.clock, desk.settings
    alarms = Alarms(store, clock)

    async def publish() -> None:
        await (await by_the_clocks(store, clock, settings)).publish()

    async def alias(account: str) -> str:
        found = await desk.accounts.people.get(account)
        return found.alias if found else ""

    texts = TextBudgetWatcher(store, alarms, settings.sms_parts_all, clock)
    watched = WatchedDesk(store, desk.handoffs, desk.notifier, desk.book, alarms, publish, numbers, alias, clock)
    targets = alarm_channels.opened(settings)
    calls = AlarmCalls(store, alarms, targets, settings.desk_url)
    unanswered = UnansweredWatcher(store, desk.handoffs, settings.answer_within, clock)
    loops: list[Loop] = [
        WaitWatcher(watched),
        end_watcher(desk),
        unanswered,
        texts,
        calls,
        ErasingWatcher(store, alarms, clock),
    ]
    loops.append(PushWatcher(desk, WebPush(push_key(store.vault), settings.push_contact)))
    if settings.directory_reminder:
        loops.append(DirectoryReminder(store, targets, settings, EntryCache(desk.entries), clock))
    return loops


def read_api(settings: Settings, store: Store) -> web.Application | None:
    """Return the read API of the directory, if it is open."""
    if not settings.directory_api:
        return None
    address = f"{settings.public_url or f'http://{settings.host}:{settings.port}'}{hsds_door.PREFIX}"
    entries = ROOT / "resources_directory" / "entries"
    return hsds_door.build(ReadApi(settings.directory_file, address, entries), store, RequestLimit(time.monotonic))


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
    webhooks: Webhooks
    doors: list[Adapter]
    loops: list[Loop]
    desk: Services
    hsds: web.Application | None = None

    @classmethod
    def build(
        cls,
        settings: Settings,
        vault: Vault,
        adapters: dict[str, Sends] | None = None,  # in place of the doors that the settings open
        pulling: frozenset[str] = frozenset({"web"}),
    ) -> "Gateway":
        """Put the parts together; nothing is started or connected yet."""
        book = Phrasebook.load(ROOT)
        store = Store.connect(settings.redis_url, vault)
        offline_checks = OfflineChecks.load()
        intake = Intake(store, settings, offline_checks.urgency)
        engine = EngineClient(settings.engines, Vault(vault.for_engine()).token("engine"))
        directory = Directory.load(ROOT / "resources_directory" / "entries")

        def numbers(country: str | None) -> list[Any]:
            return [directory.emergency_line(country)]

        renderer = Renderer(book, ABILITIES)
        dispatcher = Dispatcher(store, engine, renderer, offline_checks, numbers, settings.keep)
        dispatcher.pulling = set(pulling)
        dispatcher.way_back_hours = settings.way_back_hours
        lasting = {line.id for lines in directory.national.values() for line in lines}
        lasting |= set(all_own_ids(country_names()))
        dispatcher.ceiling = ComplaintLimit(settings.directory_file, lasting, settings.directory_unchecked)
        notifier = Notifier(store, renderer, dispatcher.signals, pulling)
        organisation = OrganisationCache(store)
        page = Page(book, settings, numbers(None), organisation)
        webchat = Webchat(store, intake, page, book, settings, dispatcher.signals)
        opened = [] if adapters else doors(settings, store, book, numbers(None))
        sending: dict[str, Sends] = adapters or {door.name: door for door in opened}
        sender = Sender(store, book, sending, dispatcher.signals)
        webhooks = Webhooks(opened, store, intake, dispatcher.signals, settings)
        loops: list[Loop] = [
            dispatcher,
            sender,
            ProviderDeletion(store, sending),
            *(Janitor(store), ScriptLoader(store), Migration(store)),
            *(organisation, SignalSubscriber(store, dispatcher.signals)),
        ]
        loops += [TypingIndicators(store, door) for door in opened if isinstance(door, Telegram)]
        if not settings.public_url:
            loops += [Polling(door, webhooks) for door in opened if isinstance(door, Telegram)]
        desk = desk_services(settings, store, book, notifier)
        loops += [*watching(desk, numbers), KeyRotation(store, desk.accounts)]
        parts = (store, book, intake, engine, dispatcher, sender, webchat, webhooks, opened, loops, desk)
        return cls(settings, *parts, read_api(settings, store))

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Run all loops and open the doors; on leaving, the turns that have begun are finished."""
        # The language models take a second to load; the first person must not wait for that.
        await asyncio.to_thread(detect, "hola")
        await self.engine.start()
        tasks = [asyncio.create_task(opened(door)) for door in self.doors]
        tasks += [asyncio.create_task(_lasting(loop).run()) for loop in self.loops]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for door in self.doors:
                await door.stop()
            await self.engine.stop()
            await self.store.close()


async def opened(door: Adapter, pauses: Sequence[float] = (2, 5, 10, 30, 60)) -> None:
    """Announce our address to a platform, and retry until it answers: it may be down while we start.

    `pauses`: seconds before each retry; the last one is repeated.
    """
    await _until_done(door.start, "door_not_opened", pauses)
    logs.event("door_opened", channel=door.name)
    # A platform may refuse menus for hours and still deliver messages.
    await _until_done(door.introduce, "door_not_introduced", pauses)


async def _until_done(call: Callable[[], Awaitable[None]], failure: str, pauses: Sequence[float]) -> None:
    for wait in itertools.chain(pauses, itertools.repeat(pauses[-1])):
        try:
            await call()
        except Exception:
            logs.failure(failure)
            await asyncio.sleep(wait)
        else:
            return


def _lasting(part: Loop) -> Periodic:
    """Return a loop that is restarted if it fails: without it, nobody would be answered."""
    return Periodic(part.run, 1.0, "loop_failed")
