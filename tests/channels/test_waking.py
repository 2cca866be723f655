"""A page that waits costs nothing, and reads at once what any process says: Redis tells, and where it can not, pages look."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from bot.message import Reply
from bot.settings import Settings
from bot.typing import set_typing
from tests.hotline import Hotline, ScriptedEngine, Visitor, eventually

SOON = 1.0  # seconds; less than between two looks of a page that is told nothing


@pytest.fixture
async def visitor(hotline: Hotline) -> Visitor:
    visitor = await hotline.page()
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    await eventually(lambda: hotline.dispatcher.signals.told)
    return visitor


async def looks(hotline: Hotline) -> int:
    found: dict[str, Any] = await hotline.store.redis.info("commandstats")
    return int(found["cmdstat_xrange"]["calls"])


async def listeners(hotline: Hotline) -> set[str]:
    """The ids of the connections on which gateways are told what others say."""
    found = await hotline.store.redis.client_list(_type="pubsub")
    return {client["id"] for client in found}


async def waiting(hotline: Hotline, visitor: Visitor) -> "asyncio.Task[list[tuple[str, str]]]":
    """The page asks for news, has looked once, and waits."""
    before = await looks(hotline)
    waits = asyncio.create_task(visitor.reads())

    async def looked() -> bool:
        return await looks(hotline) > before

    await eventually(looked)
    return waits


async def says(hotline: Hotline) -> None:
    """Another process says something in the one conversation that there is."""
    other = hotline.another()
    assert await other.telling.say(await anext(aiter(hotline.store.conversations())), [Reply("utter_cover")])
    await other.store.close()


async def test_a_waiting_page_asks_redis_nothing_and_reads_at_once_what_another_process_says(
    hotline: Hotline, visitor: Visitor
) -> None:
    waits = await waiting(hotline, visitor)
    before = await looks(hotline)
    await asyncio.sleep(2)
    assert await looks(hotline) == before
    began = time.monotonic()
    await says(hotline)
    assert len(await waits) == 1
    assert time.monotonic() - began < SOON


async def test_a_connection_that_was_cut_is_made_anew(hotline: Hotline, visitor: Visitor) -> None:
    before = await listeners(hotline)
    await hotline.store.call("CLIENT", "KILL", "TYPE", "pubsub")

    async def made_anew() -> bool:
        return bool(await listeners(hotline) - before) and hotline.dispatcher.signals.told

    await eventually(made_anew)
    waits = await waiting(hotline, visitor)
    began = time.monotonic()
    await says(hotline)
    assert len(await waits) == 1
    assert time.monotonic() - began < SOON


async def test_a_page_looks_by_itself_where_nobody_tells(
    hotline: Hotline, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    signals = hotline.dispatcher.signals
    monkeypatch.setattr(signals, "said", lambda pointer: None)
    signals.told = False
    waits = await waiting(hotline, visitor)
    await says(hotline)
    async with asyncio.timeout(5):
        assert len(await waits) == 1


async def test_an_operators_first_sign_of_writing_wakes_the_page_and_a_persons_own_does_not(
    hotline: Hotline, visitor: Visitor
) -> None:
    id_ = await anext(aiter(hotline.store.conversations()))
    waits = await waiting(hotline, visitor)
    before = await looks(hotline)
    await set_typing(hotline.store, id_, "person")
    await asyncio.sleep(0.5)
    assert await looks(hotline) == before
    for _ in range(2):
        await set_typing(hotline.store, id_, "operator")
        await asyncio.sleep(0.5)
    assert await looks(hotline) == before + 1
    await says(hotline)
    await waits


async def test_a_gateway_that_ends_answers_its_pages_at_once(settings: Settings, engine: ScriptedEngine) -> None:
    async with aiohttp.ClientSession() as web:
        async with Hotline(settings, engine, {}).working() as hotline:
            hotline.web = web  # outlives the gateway, as a browser does
            visitor = await hotline.page()
            await visitor.writes("hello")
            await visitor.reads_until("hello")
            waits = await waiting(hotline, visitor)
            began = time.monotonic()
        assert (await waits, time.monotonic() - began < SOON) == ([], True)
