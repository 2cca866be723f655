"""A page that waits costs nothing, and reads at once what any process says: Redis tells, and where it can not, pages look."""

import asyncio

import aiohttp
import pytest

from bot.messaging.message import Reply
from bot.messaging.typing_state import set_typing
from bot.settings import Settings
from channels.web.webchat import _LOOK
from tests.hotline import SOON, Hotline, ScriptedEngine, Visitor, eventually, stays


@pytest.fixture
async def visitor(hotline: Hotline) -> Visitor:
    visitor = await hotline.page()
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    await eventually(lambda: hotline.dispatcher.signals.told)
    return visitor


async def listeners(hotline: Hotline) -> set[str]:
    """The ids of the connections on which gateways are told what others say."""
    found = await hotline.store.redis.client_list(_type="pubsub")
    return {client["id"] for client in found}


async def says(hotline: Hotline) -> None:
    """Another process says something in the one conversation that there is."""
    other = hotline.another()
    assert await other.notifier.say(await anext(aiter(hotline.store.conversations())), [Reply("utter_cover")])
    await other.store.close()


@pytest.mark.long
async def test_a_waiting_page_asks_redis_nothing_and_reads_at_once_what_another_process_says(
    hotline: Hotline, visitor: Visitor
) -> None:
    waits = await visitor.waits(visitor.reads())
    before = await hotline.times("xrange")

    async def asks_nothing() -> bool:
        return await hotline.times("xrange") == before

    await stays(asks_nothing, _LOOK + 0.5)  # a page that is told nothing would have looked by then
    await says(hotline)
    async with asyncio.timeout(SOON):
        assert len(await waits) == 1


async def test_a_connection_that_was_cut_is_made_anew(hotline: Hotline, visitor: Visitor) -> None:
    before = await listeners(hotline)
    await hotline.store.call("CLIENT", "KILL", "TYPE", "pubsub")

    async def made_anew() -> bool:
        return bool(await listeners(hotline) - before) and hotline.dispatcher.signals.told

    await eventually(made_anew)
    waits = await visitor.waits(visitor.reads())
    await says(hotline)
    async with asyncio.timeout(SOON):
        assert len(await waits) == 1


@pytest.mark.long
async def test_a_page_looks_by_itself_where_nobody_tells(
    hotline: Hotline, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    signals = hotline.dispatcher.signals
    monkeypatch.setattr(signals, "said", lambda pointer: None)
    signals.told = False
    waits = await visitor.waits(visitor.reads())
    await says(hotline)
    async with asyncio.timeout(SOON):
        assert len(await waits) == 1


async def test_an_operators_first_sign_of_writing_wakes_the_page_and_a_persons_own_does_not(
    hotline: Hotline, visitor: Visitor
) -> None:
    id_ = await anext(aiter(hotline.store.conversations()))
    waits = await visitor.waits(visitor.reads())
    looks, woken = await hotline.times("xrange"), await hotline.times("publish")
    await set_typing(hotline.store, id_, "person")
    assert await hotline.times("publish") == woken
    await set_typing(hotline.store, id_, "operator")

    async def looked_again() -> bool:
        return await hotline.times("xrange") > looks

    await eventually(looked_again)
    await set_typing(hotline.store, id_, "operator")
    assert await hotline.times("publish") == woken + 1
    assert await hotline.times("xrange") == looks + 1
    await says(hotline)
    await waits


async def test_a_gateway_that_ends_answers_its_pages_at_once(settings: Settings, engine: ScriptedEngine) -> None:
    async with aiohttp.ClientSession() as web:
        async with Hotline(settings, engine, {}).working() as hotline:
            hotline.web = web  # outlives the gateway, as a browser does
            visitor = await hotline.page()
            await visitor.writes("hello")
            await visitor.reads_until("hello")
            waits = await visitor.waits(visitor.reads())
        # A gateway that does not answer them cuts them off after two seconds, and this is an error.
        assert await waits == []
