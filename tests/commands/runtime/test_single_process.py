"""One part of the hotline in a process of its own: what it needs, and a talk through parts that only know each other's address."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from bot.crypto.vault import Vault, as_text, make_key_file, read_key_file
from commands.runtime.composition import ROOT
from commands.runtime.free_ports import free_port
from commands.runtime.redis_server import OwnRedis
from commands.setup.settings_file import write_private
from tests.running import Person

pytestmark = pytest.mark.process

Starts = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def environment(own_redis: OwnRedis, tmp_path: Path) -> dict[str, str]:
    make_key_file(tmp_path / "key")
    write_private(tmp_path / "engine.key", as_text(Vault(read_key_file(tmp_path / "key")).for_engine()))
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "QUIETLINE_VAR": str(ROOT / "var"),
        "REDIS_URL": own_redis.url,
        "HOTLINE_KEY_FILE": str(tmp_path / "key"),
        "ENGINE_KEY_FILE": str(tmp_path / "engine.key"),
        "EPOCH_FOLDER": str(tmp_path / "memory"),
    }


@pytest.fixture
def starts(environment: dict[str, str]) -> Iterator[Starts]:
    """Starts a part with more settings; what still runs at the end is ended."""
    begun: list[subprocess.Popen[str]] = []

    def start(part: str, **more: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "quietline", part]
        env = {**environment, **more}
        begun.append(subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True))
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
        process.communicate()


@pytest.fixture
async def web() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as web:
        yield web


async def answers(web: aiohttp.ClientSession, url: str, seconds: float = 60) -> None:
    """Wait until all is well there."""
    async with asyncio.timeout(seconds):
        while True:
            with suppress(aiohttp.ClientError):
                async with web.get(url) as response:
                    if response.status == 200:
                        return
            await asyncio.sleep(0.1)


def ports() -> dict[str, str]:
    return {"PORT": str(free_port()), "DESK_PORT": str(free_port())}


GATEWAY = "A gateway alone needs REDIS_URL and HOTLINE_KEY_FILE, the same for all of them.\n"
ENGINE = "An engine alone needs REDIS_URL and ENGINE_KEY_FILE.\n"


@pytest.mark.parametrize(
    ("part", "missing", "says"),
    [
        ("gateway", {"REDIS_URL": ""}, GATEWAY),
        ("gateway", {"HOTLINE_KEY_FILE": ""}, GATEWAY),
        ("engine", {"REDIS_URL": ""}, ENGINE),
        ("engine", {"ENGINE_KEY_FILE": "/no"}, "The file of the engines' key (ENGINE_KEY_FILE) cannot be read.\n"),
    ],
)
def test_a_part_alone_makes_nothing_and_says_what_it_needs(
    starts: Starts, part: str, missing: Mapping[str, str], says: str
) -> None:
    process = starts(part, **missing)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (1, says)


def test_an_engine_without_a_model_of_its_version_says_so(starts: Starts, tmp_path: Path) -> None:
    process = starts("engine", QUIETLINE_VAR=str(tmp_path / "var"))
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (
        1,
        "There is no trained model of this version: quietline train makes it.\n",
    )


async def test_a_gateway_whose_engines_are_away_still_answers_with_a_number(
    starts: Starts, web: aiohttp.ClientSession
) -> None:
    where = ports()
    process = starts("gateway", ENGINE_URLS=f"http://127.0.0.1:{free_port()}", **where)
    await answers(web, f"http://127.0.0.1:{where['PORT']}/healthz")
    await answers(web, f"http://127.0.0.1:{where['DESK_PORT']}/healthz")
    person = await Person.comes(web, f"http://127.0.0.1:{where['PORT']}", "en")
    await person.writes("hello")
    assert "112" in await person.hears()
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


@pytest.mark.rasa
async def test_a_gateway_and_two_engines_that_know_only_each_others_address_hold_a_talk(
    starts: Starts, web: aiohttp.ClientSession
) -> None:
    engines = [free_port(), free_port()]
    for port in engines:
        starts("engine", ENGINE_PORTS=str(port), HOTLINE_KEY_FILE="")
        await answers(web, f"http://127.0.0.1:{port}/webhooks/quietline/health")
    where = ports()
    starts("gateway", ENGINE_URLS=",".join(f"http://127.0.0.1:{port}" for port in engines), **where)
    await answers(web, f"http://127.0.0.1:{where['PORT']}/readyz")
    person = await Person.comes(web, f"http://127.0.0.1:{where['PORT']}", "en")
    await person.writes("hello")
    assert "safe" in await person.hears()
