"""What the tests share: a real Redis, settings that touch nothing of the machine, a hotline at work, and one browser."""

import asyncio
import logging
import warnings
from collections.abc import AsyncIterator, Iterator
from io import StringIO
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from bot import logs
from bot.settings import Settings
from bot.store import Store
from bot.vault import Vault
from channels.terminal import Terminal
from commands.redis_server import OwnRedis
from tests.hotline import ABILITIES, MASTER, Hotline, ScriptedEngine
from tests.open_ends import OpenEnds, left_open


@pytest.fixture(scope="session", autouse=True)
async def loop() -> asyncio.AbstractEventLoop:
    """The event loop of all tests."""
    return asyncio.get_running_loop()


@pytest.fixture(autouse=True)
def nothing_left_open(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Fail the test that leaves something open, instead of one behind it."""
    before = OpenEnds.of(loop)
    yield
    assert left_open(loop, before) == []


def started(folder: Path) -> OwnRedis:
    redis = OwnRedis(folder, keep=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package that brings the server imports pkg_resources
        redis.start()
    return redis


@pytest.fixture(scope="session")
def shared_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    redis = started(tmp_path_factory.mktemp("redis"))
    yield redis
    redis.stop()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[OwnRedis]:
    """A Redis that a test may stop, or read the files of."""
    redis = started(tmp_path / "redis")
    yield redis
    redis.stop()


@pytest.fixture
async def redis_url(shared_redis: OwnRedis) -> str:
    store = Store.connect(shared_redis.url, Vault(MASTER))
    await store.call("FLUSHALL")
    await store.close()
    return shared_redis.url


@pytest.fixture
def settings(redis_url: str, tmp_path: Path) -> Settings:
    return Settings.from_env({"QUIETLINE_VAR": str(tmp_path / "var"), "REDIS_URL": redis_url})


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    store = Store.connect(settings.redis_url, Vault(MASTER))
    yield store
    await store.close()


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def terminal() -> Terminal:
    return Terminal("sms", ABILITIES["sms"])


@pytest.fixture
async def hotline(settings: Settings, engine: ScriptedEngine, terminal: Terminal) -> AsyncIterator[Hotline]:
    async with Hotline(settings, engine, {"sms": terminal}).working() as hotline:
        yield hotline


@pytest.fixture
async def brittle_hotline(
    own_redis: OwnRedis, tmp_path: Path, engine: ScriptedEngine, terminal: Terminal
) -> AsyncIterator[Hotline]:
    """A hotline on `own_redis`."""
    settings = Settings.from_env({"QUIETLINE_VAR": str(tmp_path / "var"), "REDIS_URL": own_redis.url})
    async with Hotline(settings, engine, {"sms": terminal}).working() as hotline:
        yield hotline


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that would stand in the log at its most talkative."""
    root, raise_exceptions = logging.getLogger(), logging.raiseExceptions
    handlers, level = root.handlers[:], root.level
    stream = StringIO()
    logs.set_up("debug", stream)
    yield stream
    logging.captureWarnings(False)
    logging.raiseExceptions = raise_exceptions
    root.handlers[:] = handlers
    root.setLevel(level)


ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One browser for all tests: it takes longer to start than most of them."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def browser(chromium: Browser) -> AsyncIterator[Browser]:
    """A browser in which nobody has been yet: each context has storage, cookies and cache of its own."""
    yield chromium
    for context in chromium.contexts:
        await context.close()
