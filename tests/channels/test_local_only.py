"""Strangers learn nothing of how busy a hotline is, also where they come in from this machine: by a front, or by Tor."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.crypto.vault import Vault
from bot.settings import Settings
from channels.local_only import bearer
from tests.hotline import MASTER, Hotline, ScriptedEngine

ONION = f"{'a' * 56}.onion"
RIGHT, WRONG = bearer(Vault(MASTER)), bearer(Vault(b"w" * 32))


async def asks(hotline: Hotline, path: str = "/metrics", **headers: str) -> tuple[int, bool]:
    async with hotline.web.get(hotline.url + path, headers=headers) as response:
        return response.status, "quietline_" in await response.text()


@pytest.fixture(params=["production", "onion", "front"])
async def public_hotline(
    request: pytest.FixtureRequest, settings: Settings, engine: ScriptedEngine
) -> AsyncIterator[Hotline]:
    """One that people in need may reach, or that an onion service or a front leads to."""
    named = {
        "production": replace(settings, production=True),
        "onion": replace(settings, onion_location=f"http://{ONION}"),
        "front": replace(settings, public_url="https://chat.example"),
    }
    async with Hotline(named[request.param], engine, {}).working() as hotline:
        yield hotline


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": ONION},
        {"Host": "chat.example"},
        {"Host": "127.0.0.1.chat.example"},
        {"Host": "localhost.chat.example:8080"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Host": "chat.example"},
        {"Via": "1.1 front"},
    ],
)
async def test_who_comes_by_an_onion_or_a_front_is_told_nothing(
    hotline: Hotline, path: str, headers: dict[str, str]
) -> None:
    assert await asks(hotline, path, **headers) == (404, False)


async def test_a_request_that_names_nobody_is_not_taken_for_one_of_this_machine(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.getfqdn", lambda *_: "localhost")  # as many machines and containers call themselves
    reader, writer = await asyncio.open_connection("127.0.0.1", hotline.port)
    writer.write(b"GET /metrics HTTP/1.0\r\n\r\n")
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.0 404")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8080", "localhost:8080", "LOCALHOST", "[::1]:8080"])
async def test_a_demonstration_shows_its_counts_to_its_own_machine(hotline: Hotline, host: str) -> None:
    assert await asks(hotline, Host=host) == (200, True)


async def test_a_stranger_whose_request_by_tor_or_a_silent_front_names_this_machine_is_told_nothing(
    public_hotline: Hotline,
) -> None:
    assert await asks(public_hotline, Host="127.0.0.1:8080") == (404, False)


@pytest.mark.parametrize("key", [WRONG, RIGHT.removeprefix("Bearer "), "Bearer ", "\u00ff"])
async def test_a_wrong_key_opens_nothing(public_hotline: Hotline, key: str) -> None:
    assert await asks(public_hotline, Authorization=key) == (404, False)


async def test_who_knows_the_master_key_sees_the_counts_but_not_by_a_front(public_hotline: Hotline) -> None:
    assert await asks(public_hotline, Authorization=RIGHT) == (200, True)
    assert await asks(public_hotline, Authorization=RIGHT, Host="chat.example") == (404, False)


async def test_a_hotline_that_people_reach_still_says_that_it_is_ready(public_hotline: Hotline) -> None:
    assert (await asks(public_hotline, "/readyz"))[0] == 200
