"""The path of a message: answered once, in order, whatever breaks on the way."""

import asyncio
import inspect
import itertools
import json
from typing import Any

import pytest

from bot.messaging import transcript
from bot.messaging.intake import Accepted
from bot.messaging.message import kept
from bot.messaging.transcript import Line
from bot.storage.store import Claim, Store, key
from channels.engine_client import EngineClient
from commands.runtime.redis_server import OwnRedis
from tests.hotline import ADDRESS, UNCLAIMED, Hotline, ScriptedEngine, echo, eventually, lines_of, stays


def public(kind: type) -> dict[str, Any]:
    return {
        name: inspect.signature(part) for name, part in inspect.getmembers(kind, inspect.isfunction) if name[0] != "_"
    }


async def test_the_scripted_engine_can_be_asked_like_the_real_one() -> None:
    assert public(EngineClient).items() <= public(ScriptedEngine).items()


async def test_the_engine_is_never_told_an_address(hotline: Hotline, engine: ScriptedEngine) -> None:
    await hotline.hears("hello")
    assert ADDRESS not in repr(engine.asked)


# ---- once, and in order ----


async def test_a_message_is_answered(hotline: Hotline) -> None:
    assert await hotline.hears("hello my friend", by="sms") == ["hello my friend"]


async def test_a_message_delivered_twice_is_answered_once(hotline: Hotline) -> None:
    await hotline.hears("hello", id="SM1")
    assert await hotline.receives("hello", id="SM1") is Accepted.REPEATED
    await eventually(hotline.quiet)
    assert hotline.texts == ["hello"]


async def test_a_message_delivered_twice_at_the_same_moment_is_answered_once(hotline: Hotline) -> None:
    await asyncio.gather(*(hotline.receives("hello", id="SM1") for _ in range(8)))
    await eventually(hotline.quiet)
    assert hotline.texts == ["hello"]


async def test_the_first_two_messages_of_a_person_at_the_same_moment_share_one_conversation(hotline: Hotline) -> None:
    await asyncio.gather(*(hotline.receives(f"message {number}") for number in range(8)))
    await eventually(hotline.quiet)
    assert len([id_ async for id_ in hotline.store.conversations()]) == 1
    assert len(hotline.texts) == 8


async def test_ten_messages_in_one_second_are_answered_in_order_and_none_is_lost(hotline: Hotline) -> None:
    messages = [f"this is message {number}" for number in range(10)]
    taken = [await hotline.receives(message) for message in messages]
    await eventually(hotline.quiet)
    assert taken == [Accepted.ACCEPTED] * 10
    assert hotline.texts == messages


async def test_a_person_whose_answer_takes_long_does_not_hold_up_another(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.holds("a hard question")
    await hotline.receives("a hard question", address="+1")
    await hotline.receives("an easy question", address="+2")
    await eventually(lambda: hotline.texts == ["an easy question"])


async def test_two_gateways_on_one_redis_never_answer_the_same_turn_twice(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    messages = [(f"+{person}", f"person {person} message {number}") for number in range(6) for person in range(6)]
    async with hotline.another().working() as other:
        doors = itertools.cycle([hotline, other])
        taken = [await next(doors).receives(message, address=address) for address, message in messages]
        await eventually(hotline.quiet)
    assert taken == [Accepted.ACCEPTED] * 36
    assert sorted(engine.texts) == sorted(message for _, message in messages)
    assert sorted(hotline.texts + other.texts) == sorted(message for _, message in messages)


@pytest.mark.long
async def test_a_slow_engine_is_not_asked_by_a_second_gateway_meanwhile(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    held = engine.holds("slow")
    async with hotline.another().working() as other:
        await hotline.receives("slow")
        await eventually(lambda: engine.texts)
        await stays(lambda: engine.texts == ["slow"], UNCLAIMED)
        held.set()
        await eventually(hotline.quiet)
    assert engine.texts == ["slow"]
    assert hotline.texts + other.texts == ["slow"]


async def test_too_many_messages_are_refused_at_the_door_and_may_come_again(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.holds("message 0")
    outcomes = [await hotline.receives(f"message {number}", id=f"SM{number}") for number in range(101)]
    assert outcomes == [Accepted.ACCEPTED] * 100 + [Accepted.FULL]
    engine.lets_go()
    await eventually(lambda: "message 29" in hotline.texts)
    assert await hotline.receives("message 100", id="SM100") is Accepted.ACCEPTED


async def test_of_a_very_long_message_the_beginning_and_the_end_are_read_and_kept(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    story = "so then they said " * 1_000
    engine.answers(kept(story), echo("long"))
    await hotline.hears(story)
    (_, heard), *said = await lines_of(hotline)
    assert (heard[:2_999], heard[-1_000:], len(heard)) == (story[:2_999], story[-1_000:], 4_000)
    assert said[0] == ("us", "long")


# ---- workers that die ----


async def dies_at_work(store: Store, heard: bool) -> Claim:
    """A worker takes the message, perhaps writes the person's line down, and is never heard of again."""
    claim = await store.claim("dead-worker")
    assert claim
    seal = store.vault.unwrap(claim.conversation, claim.fields["key"])
    turn = (await _message(claim, store))["turn"]
    assert not heard or await transcript.record(store, claim, turn, Line("you", "help me please"), seal)
    return claim


async def _message(claim: Claim, store: Store) -> dict[str, Any]:
    return dict(json.loads(store.vault.unwrap(claim.conversation, claim.fields["key"]).open(claim.head, "inbox")))


@pytest.mark.long
async def test_a_worker_that_dies_is_replaced_and_the_line_stands_once(
    settings: Any, engine: ScriptedEngine, terminal: Any
) -> None:
    hotline = Hotline(settings, engine, {"sms": terminal})
    await hotline.receives("help me please")
    await dies_at_work(hotline.store, heard=True)
    async with hotline.working():
        await eventually(lambda: hotline.texts == ["help me please"])
        await eventually(hotline.quiet)
        assert await lines_of(hotline) == [("you", "help me please"), ("us", "help me please")]


async def test_a_worker_that_comes_back_too_late_says_nothing(
    settings: Any, engine: ScriptedEngine, terminal: Any
) -> None:
    hotline = Hotline(settings, engine, {"sms": terminal})
    await hotline.receives("help me please")
    claim = await dies_at_work(hotline.store, heard=False)
    await hotline.store.call("DEL", key("holder", claim.conversation))
    await hotline.store.call("ZADD", "inbox_due", 0, claim.conversation)
    async with hotline.working():
        await eventually(hotline.quiet)
        await hotline.dispatcher.turn(claim)
        await eventually(hotline.quiet)
        assert hotline.texts == ["help me please"]
        assert await lines_of(hotline) == [("you", "help me please"), ("us", "help me please")]


async def test_a_worker_that_lost_its_claim_while_the_engine_thought_says_nothing(
    settings: Any, engine: ScriptedEngine, terminal: Any
) -> None:
    slow = Hotline(settings, engine, {"sms": terminal})
    held = engine.holds("help me please")
    await slow.receives("help me please")
    claim = await slow.store.claim("slow-worker")
    assert claim
    late = asyncio.create_task(slow.dispatcher.turn(claim))
    await eventually(lambda: engine.texts == ["help me please"])
    await slow.store.call("DEL", key("holder", claim.conversation))
    await slow.store.call("ZADD", "inbox_due", 0, claim.conversation)
    async with Hotline(settings, ScriptedEngine(), {"sms": terminal}).working() as hotline:
        await eventually(hotline.quiet)
        held.set()
        await late
        await eventually(hotline.quiet)
        assert hotline.texts == ["help me please"]
        assert await lines_of(hotline) == [("you", "help me please"), ("us", "help me please")]
    await slow.store.close()


async def test_a_gateway_that_stops_finishes_what_it_has_begun(hotline: Hotline, engine: ScriptedEngine) -> None:
    other = hotline.another()
    held = engine.holds("begun")
    loop = asyncio.create_task(other.dispatcher.run())
    await other.receives("begun", by="telegram")
    await eventually(lambda: engine.texts == ["begun"])
    loop.cancel()
    held.set()
    await asyncio.wait([loop])
    await other.store.close()
    assert await hotline.store.call("LLEN", key("inbox", await hotline.conversation("telegram"))) == 0


# ---- Redis goes, and comes back ----


async def test_the_dispatcher_goes_on_when_redis_is_back(
    brittle_hotline: Hotline, own_redis: OwnRedis, engine: ScriptedEngine
) -> None:
    await brittle_hotline.hears("before")
    held = engine.holds("in the middle")
    await brittle_hotline.receives("in the middle")
    await eventually(lambda: "in the middle" in engine.texts)
    own_redis.stop()
    held.set()
    await eventually(brittle_hotline.rests)
    own_redis.start()
    await eventually(lambda: brittle_hotline.texts == ["before", "in the middle"])
    assert await brittle_hotline.hears("after") == ["after"]
    assert [line for line in await lines_of(brittle_hotline) if line[0] == "you"] == [
        ("you", "before"),
        ("you", "in the middle"),
        ("you", "after"),
    ]
