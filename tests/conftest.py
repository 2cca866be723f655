"""What the tests share: a real Redis, settings that touch nothing of the machine, a hotline at work, and one browser."""

import asyncio
import logging
import shutil
import sys
import threading
import warnings
from collections.abc import AsyncIterator, Iterator
from functools import cache
from io import StringIO
from pathlib import Path

import hypothesis
import pytest
import redis
from playwright.async_api import Browser, async_playwright

from bot import logs
from bot.crypto.vault import Vault
from bot.settings import Settings
from bot.storage.store import Store
from channels.terminal import Terminal
from commands.runtime.redis_server import OwnRedis
from commands.training.train import model_file
from tests.alone import alone_in
from tests.hotline import ABILITIES, MASTER, ROOT, Hotline, ScriptedEngine
from tests.open_ends import OpenEnds, close_late_ones, close_refused_ones, left_open
from tests.page import be_patient

hypothesis.settings.register_profile("ours", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ours")


def pytest_configure(config: pytest.Config) -> None:
    """Allow one run of the whole suite at a time in a folder; two would slow each other past every limit."""
    be_patient()
    if not hasattr(config, "workerinput") and config.args == config.getini("testpaths"):
        alone_in(ROOT / "var" / "tests")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with whole hotlines and engines, all in one worker: what they prove must not depend on how many run at once.

    Open the browser last, and so close it first: asyncio leaves a connection unclosed that arrives while its server stops.
    """
    for item in items:
        if isinstance(item, pytest.Function):
            item.fixturenames.sort(key="browser".__eq__)
        if real_processes(item):
            item.add_marker(pytest.mark.xdist_group("processes"))
        if "own_redis" in getattr(item, "fixturenames", ()):
            item.add_marker("process")
    items.sort(key=real_processes, reverse=True)


def real_processes(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("rasa", "process"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Say at once what is missing."""
    if item.get_closest_marker("browser") and not Path(CHROMIUM).exists():
        pytest.fail(
            f"There is no {CHROMIUM}: apt-get install chromium, or leave the browser out: make fast", pytrace=False
        )
    if item.get_closest_marker("rasa") and not trained():
        pytest.fail("There is no model of these examples and rules: .venv/bin/quietline train", pytrace=False)


@cache
def trained() -> bool:
    return model_file(ROOT / "var").exists()


@pytest.fixture(scope="session", autouse=True)
async def loop() -> asyncio.AbstractEventLoop:
    """The event loop of all tests."""
    loop = asyncio.get_running_loop()
    close_refused_ones(loop)
    return loop


@pytest.fixture(autouse=True)
def late_ones_closed(loop: asyncio.AbstractEventLoop) -> None:
    """Close what came too late to a server that several tests shared, so that the next test is not blamed for it."""
    close_late_ones(loop)


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


@pytest.fixture(scope="session")
def emptying(shared_redis: OwnRedis) -> Iterator["redis.Redis"]:
    with redis.Redis.from_url(shared_redis.url) as client:
        yield client


@pytest.fixture
def redis_url(shared_redis: OwnRedis, emptying: "redis.Redis") -> str:
    emptying.flushall()
    return shared_redis.url


@pytest.fixture
def settings(redis_url: str, tmp_path: Path) -> Settings:
    folders = {"QUIETLINE_VAR": str(tmp_path / "var"), "EPOCH_FOLDER": str(tmp_path / "memory")}
    return Settings.from_env({**folders, "REDIS_URL": redis_url})


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
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    stream = StringIO()
    logs.set_up("debug", stream)
    yield stream
    logging.captureWarnings(False)
    logging.raiseExceptions = raise_exceptions
    root.handlers[:] = handlers
    root.setLevel(level)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


CHROMIUM = "/usr/bin/chromium"
# The same pages without the windows around them, for a third of the work, where the machine has it.
WITHOUT_WINDOWS = shutil.which("chromium-headless-shell") or CHROMIUM
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
        browser = await playwright.chromium.launch(executable_path=WITHOUT_WINDOWS, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def browser(chromium: Browser) -> AsyncIterator[Browser]:
    """A browser in which nobody has been yet: each context has storage, cookies and cache of its own."""
    yield chromium
    for context in chromium.contexts:
        await context.close()
