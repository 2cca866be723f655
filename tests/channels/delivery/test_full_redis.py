"""A Redis whose memory is full: whoever writes is told so with a number, and nothing that was taken before is lost."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.rasa.memory import Memory
from bot.settings import Settings
from commands.runtime.redis_server import OwnRedis
from tests.channels.conftest import doors_open
from tests.full_redis import fill, make_room
from tests.hotline import Hotline, ScriptedEngine, eventually
from tests.page import said
from tests.platforms import TelegramServer, TwilioServer


@pytest.fixture
async def full_hotline(brittle_hotline: Hotline) -> AsyncIterator[Hotline]:
    await fill(brittle_hotline.store)
    yield brittle_hotline


async def test_whoever_writes_is_told_with_a_number(full_hotline: Hotline) -> None:
    visitor = await full_hotline.page()
    status, page = await visitor.posts("/send", plain=True, text="my boss took my passport")
    assert status == 503
    assert "112" in page
    assert ">my boss took my passport</textarea>" in page  # it is not lost either: it can be sent again
    status, answer = await visitor.posts("/send", text="my boss took my passport")
    assert (status, "112" in answer["text"]) == (503, True)


async def test_what_was_taken_before_is_answered_though_nothing_more_is_taken(
    brittle_hotline: Hotline, engine: ScriptedEngine
) -> None:
    visitor = await brittle_hotline.page()
    held = engine.holds("one")
    await visitor.writes("one")
    await visitor.writes("two")
    await eventually(lambda: "one" in engine.texts)
    await fill(brittle_hotline.store)
    assert await visitor.writes("three") == 503
    held.set()
    await visitor.reads_until("two")
    _, page = await visitor.posts("/look", plain=True)
    assert said(page) == ["one", "one", "two", "two"]


async def test_a_text_message_that_was_taken_before_is_answered_though_nothing_more_is_taken(
    brittle_hotline: Hotline, engine: ScriptedEngine
) -> None:
    held = engine.holds("one")
    await brittle_hotline.receives("one")
    await eventually(lambda: "one" in engine.texts)
    await fill(brittle_hotline.store)
    held.set()
    await eventually(lambda: brittle_hotline.texts == ["one"])
    await eventually(brittle_hotline.quiet)


async def test_a_talk_goes_on_as_soon_as_there_is_room(brittle_hotline: Hotline) -> None:
    visitor = await brittle_hotline.page()
    await visitor.writes("before")
    await visitor.reads_until("before")
    await fill(brittle_hotline.store)
    assert await visitor.writes("meanwhile") == 503
    await make_room(brittle_hotline.store)
    assert await visitor.writes("meanwhile") == 202
    await visitor.reads_until("meanwhile")
    _, page = await visitor.posts("/look", plain=True)
    assert said(page) == ["before", "before", "meanwhile", "meanwhile"]


async def test_the_exit_erases_all_the_same(brittle_hotline: Hotline) -> None:
    visitor = await brittle_hotline.page()
    await visitor.writes("zebra")
    await visitor.reads_until("zebra")
    await fill(brittle_hotline.store)
    await visitor.posts("/exit", plain=True)
    assert [id_ async for id_ in brittle_hotline.store.conversations()] == []


async def test_by_text_message_the_answer_has_a_number_and_telegram_is_to_bring_it_again(
    own_redis: OwnRedis, settings: Settings, engine: ScriptedEngine, telegram: TelegramServer, twilio: TwilioServer
) -> None:
    async with doors_open(replace(settings, redis_url=own_redis.url), engine, telegram, twilio) as hotline:
        await fill(hotline.store)
        status, body = await twilio.brings(twilio.form("ayuda por favor, no me pagan"))
        assert (status, "112" in body) == (200, True)
        assert (await telegram.knocks(*telegram.knock("please help me")))[0] == 503
        assert await hotline.keys() == ["ballast"]
        await make_room(hotline.store)
        await telegram.knocks(*telegram.knock("please help me"))
        await eventually(lambda: telegram.texts == ["please help me"])


async def test_what_the_engine_has_worked_out_is_kept(brittle_hotline: Hotline) -> None:
    await brittle_hotline.hears("one")
    memory, conversation = Memory(brittle_hotline.store), await brittle_hotline.conversation()
    seal = await brittle_hotline.store.seal_of(conversation)
    assert seal
    kept = await memory.open(conversation, seal)
    assert kept
    kept.record.country = "MX"
    await fill(brittle_hotline.store)
    assert await memory.keep(conversation, kept)
    again = await memory.open(conversation, seal)
    assert again and again.record.country == "MX"


@pytest.mark.parametrize("word", ["bye", "STOP"])
async def test_a_cover_word_that_was_taken_before_clears_the_talk(
    brittle_hotline: Hotline, engine: ScriptedEngine, word: str
) -> None:
    held = engine.holds("one")
    await brittle_hotline.receives("one")
    await eventually(lambda: "one" in engine.texts)
    await brittle_hotline.receives(word)
    await fill(brittle_hotline.store)
    held.set()
    await eventually(brittle_hotline.quiet)
    assert [id_ async for id_ in brittle_hotline.store.conversations()] == []
