"""A desk with a moved clock, the people who come to it, and its pages on a port."""

import time
from collections.abc import AsyncIterator

import pytest
from argon2.profiles import CHEAPEST
from playwright.async_api import Browser

from bot.handoff.handoff import Handoffs
from bot.phrases.phrases import Phrasebook
from bot.settings import Settings
from bot.storage.store import Store
from desk.accounts import Accounts
from desk.auth.passwords import Passwords
from desk.web.services import Services
from tests.desk.colleagues import Clock, Colleague
from tests.desk.desk_page import DeskSite, Told
from tests.desk.night_in_browser import ROLES, Night
from tests.desk.talking import Lines
from tests.hotline import ROOT, Hotline


@pytest.fixture
def clock(store: Store) -> Clock:
    return Clock(store)


@pytest.fixture
def desk(store: Store, clock: Clock) -> Accounts:
    return Accounts.build(store, clock, Passwords(CHEAPEST))  # test_passwords.py looks at the real cost


@pytest.fixture
def heron(desk: Accounts, clock: Clock) -> Colleague:
    return Colleague(desk, clock, "Blue Heron")


@pytest.fixture
def otter(desk: Accounts, clock: Clock) -> Colleague:
    return Colleague(desk, clock, "Grey Otter")


@pytest.fixture
async def desk_and_doors(hotline: Hotline, settings: Settings, store: Store) -> AsyncIterator[DeskSite]:
    """The desk beside a gateway that works: what is written there reaches the page or the terminal of a person.

    Both go by the real time here.
    """
    clock = Clock(store, time.time())
    desk, book = Accounts.build(store, clock, Passwords(CHEAPEST)), Phrasebook.load(ROOT)
    services = Services(desk, store, Handoffs(store), hotline.notifier, book, settings, clock, settings.directory_file)
    async with DeskSite(services, clock).open() as site:
        yield site


@pytest.fixture
async def desk_site(settings: Settings, store: Store, desk: Accounts, clock: Clock) -> AsyncIterator[DeskSite]:
    book = Phrasebook.load(ROOT)
    services = Services(desk, store, Handoffs(store), Told(), book, settings, clock, settings.directory_file)
    async with DeskSite(services, clock).open() as site:
        yield site


@pytest.fixture
async def night(desk_site: DeskSite, store: Store, settings: Settings, browser: Browser) -> Night:
    people = {name: await desk_site.hires(name, role) for name, role in ROLES.items()}
    accounts = {name: await who.account() for name, who in people.items()}
    lines = Lines(store, settings, desk_site.clock)
    await lines.works(*accounts.values())
    return Night(desk_site, lines, browser, people, accounts)
