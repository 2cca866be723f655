"""Whose tries are counted together: a stranger invents no addresses, takes nobody else's, and shuts out nobody by sharing one."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from bot.settings import Settings
from desk.auth.auth_routes import source
from desk.auth.throttle import MOST_BY_ACCOUNT, MOST_BY_SOURCE
from desk.web.services import SERVICES
from tests.desk.colleagues import HOME, PASSWORD, Colleague
from tests.desk.desk_page import DeskSite, Seat

DESK = "https://desk.example"
At = Callable[[str], AbstractAsyncContextManager[Seat]]


@pytest.fixture
def at(desk_site: DeskSite, settings: Settings) -> At:
    """A stranger at a desk whose settings name this front; everybody comes from 127.0.0.1, as by a tunnel, Tor or a front here."""

    @asynccontextmanager
    async def opened(front: str) -> AsyncIterator[Seat]:
        named = replace(settings, desk_url=DESK, desk_front=front)
        site = DeskSite(replace(desk_site.services, settings=named), desk_site.clock)
        async with site.open(), site.stranger() as seat:
            yield seat

    return opened


async def tries(seat: Seat, number: int, name: Callable[[int], str], home: Callable[[int], str]) -> list[int]:
    """Try to sign in; return what was answered."""
    statuses = []
    for at in range(number):
        seat.web.headers["X-Forwarded-For"] = f"203.0.113.250, {home(at)}"
        statuses.append((await seat.sends("/sign-in", name=name(at), password="?", code="000000"))[0])
    return statuses


def invented(number: int) -> str:
    return f"198.51.100.{number}"


def heron_by_name(_: int) -> str:
    return "Blue Heron"


def birds(number: int) -> str:
    return f"Bird {number}"


def at_home(_: int) -> str:
    return HOME


async def test_a_stranger_in_a_tunnel_gets_no_more_tries_by_inventing_addresses(at: At, heron: Colleague) -> None:
    await heron.comes()
    await heron.signs_in(source=invented(3))  # an address that is known to the account brings no tries either
    async with at("") as stranger:
        assert await tries(stranger, 12, heron_by_name, invented) == [403] * MOST_BY_ACCOUNT + [429] * 2


async def test_a_stranger_in_a_tunnel_can_not_use_up_the_tries_of_somebody_at_home(at: At, heron: Colleague) -> None:
    await heron.comes()
    await heron.signs_in(source=HOME)
    heron.clock.now += 30
    async with at("") as stranger:
        await tries(stranger, MOST_BY_ACCOUNT + 2, heron_by_name, at_home)
    assert await heron.signs_in(source=HOME)


async def test_a_stranger_in_a_tunnel_does_not_shut_out_everybody_who_comes_by_it(at: At, heron: Colleague) -> None:
    await heron.comes()
    async with at("") as seat:
        await tries(seat, MOST_BY_SOURCE + 2, birds, invented)
        status, _ = await seat.sends("/sign-in", name=heron.name, password=PASSWORD, code=heron.code())
    assert status == 303


async def test_behind_the_front_that_is_named_tries_are_counted_by_who_asks(at: At) -> None:
    async with at("127.0.0.1") as stranger:
        assert 429 not in await tries(stranger, MOST_BY_SOURCE + 1, birds, invented)
    async with at("127.0.0.1") as stranger:
        assert (await tries(stranger, MOST_BY_SOURCE + 1, birds, at_home))[-1] == 429


@pytest.mark.parametrize(
    ("remote", "front", "header", "counted"),
    [
        ("10.213.77.1", "10.213.77.1", "203.0.113.250, 198.51.100.7", "198.51.100.7"),
        ("10.213.77.1", "10.213.77.1", "198.51.100.7, 192.168.0.9", "192.168.0.9"),  # an office behind its own front
        ("10.213.77.1", "10.213.77.1", "198.51.100.7, unknown", ""),
        ("10.213.77.1", "10.213.77.1", "", ""),
        ("127.0.0.1", "10.213.77.1", "198.51.100.7", ""),
        ("10.213.77.1", "", "198.51.100.7", ""),
        ("127.0.0.1", "", "198.51.100.7", ""),
        ("::1", "", "198.51.100.7", ""),
        ("9.9.9.9", "10.213.77.1", "198.51.100.7", "9.9.9.9"),  # straight from the network
        (None, "", "198.51.100.7", ""),
    ],
)
def test_an_address_is_believed_from_the_named_front_alone(
    desk_site: DeskSite, settings: Settings, remote: str | None, front: str, header: str, counted: str
) -> None:
    app = web.Application()
    named = replace(settings, desk_url=DESK, desk_front=front)
    app[SERVICES] = replace(desk_site.services, settings=named)
    asked = make_mocked_request("POST", "/sign-in", headers={"X-Forwarded-For": header}, app=app)
    assert source(asked.clone(remote=remote) if remote else asked) == counted
