"""The path of a message: answered once, in order, whatever breaks on the way."""

import asyncio
import inspect
import itertools
import json
from typing import Any

import pytest

from bot import transcript
from bot.intake import Accepted
from bot.message import Choice, Hints, Reply, kept
from bot.record import Record
from bot.store import Claim, Store, key
from bot.transcript import Line
from channels.engine import EngineAway, EngineClient
from commands.redis_server import OwnRedis
from tests.hotline import ADDRESS, Hotline, ScriptedEngine, echo, eventually

GARBAGE = EngineAway("garbage", refused=True)


def public(kind: type) -> dict[str, Any]:
    return {
        name: inspect.signature(part) for name, part in inspect.getmembers(kind, inspect.isfunction) if name[0] != "_"
    }


async def lines_of(hotline: Hotline) -> list[tuple[str, str]]:
    return [(line.who, line.text) for line in await transcript.read(hotline.store, await hotline.conversation())]


async def test_the_scripted_engine_can_be_asked_like_the_real_one() -> None:
    assert public(EngineClient).items() <= public(ScriptedEngine).items()


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


async def test_a_slow_engine_is_not_asked_by_a_second_gateway_meanwhile(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    held = engine.holds("slow")
    async with hotline.another().working() as other:
        await hotline.receives("slow")
        await asyncio.sleep(2)  # longer than a claim lives without its worker
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


# ---- workers that die ----


async def dies_at_work(store: Store, heard: bool) -> Claim:
    """A worker takes the message, perhaps writes the person's line down, and is never heard of again."""
    claim = await store.claim("dead-worker")
    assert claim
    seal = store.vault.unwrap(claim.conversation, claim.fields["key"])
    turn = (await _message(claim, store))["turn"]
    assert not heard or await transcript.hear(store, claim, turn, Line("you", "help me please"), seal)
    return claim


async def _message(claim: Claim, store: Store) -> dict[str, Any]:
    return dict(json.loads(store.vault.unwrap(claim.conversation, claim.fields["key"]).open(claim.head, "inbox")))


async def test_a_worker_that_dies_is_replaced_and_the_line_stands_once(
    settings: Any, engine: ScriptedEngine, terminal: Any
) -> None:
    hotline = Hotline(settings, engine, {"sms": terminal})
    await hotline.receives("help me please")
    await dies_at_work(hotline.store, heard=True)
    async with hotline.working():
        await eventually(lambda: hotline.texts == ["help me please"], seconds=8)
        await eventually(hotline.quiet)
        assert await lines_of(hotline) == [("you", "help me please"), ("us", "help me please")]


async def test_a_worker_that_comes_back_too_late_says_nothing(
    settings: Any, engine: ScriptedEngine, terminal: Any
) -> None:
    hotline = Hotline(settings, engine, {"sms": terminal})
    await hotline.receives("help me please")
    claim = await dies_at_work(hotline.store, heard=False)
    await hotline.store.call("DEL", key("holder", claim.conversation))
    await hotline.store.call("ZADD", "agenda", 0, claim.conversation)
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
    await slow.store.call("ZADD", "agenda", 0, claim.conversation)
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


# ---- the engine is away, or unwell ----


async def test_while_the_engine_is_away_each_message_is_told_once_and_answered_later_in_order(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.away = True
    await hotline.receives("first message")
    await eventually(lambda: hotline.phrases == ["utter_away"])
    await hotline.receives("second message")
    await eventually(lambda: hotline.phrases == ["utter_away"] * 2)
    await asyncio.sleep(2.5)  # tried again meanwhile
    assert hotline.phrases == ["utter_away"] * 2
    engine.away = False
    await eventually(hotline.quiet)
    assert hotline.texts[2:] == ["first message", "second message"]


async def test_the_sentence_for_an_engine_away_names_a_number_of_the_persons_country(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    await hotline.hears("hello")
    conversation = await hotline.conversation()
    seal = await hotline.store.seal_of(conversation)
    assert seal
    record = seal.seal(Record(country="US").dump(), "record")
    await hotline.store.call("SET", key("record", conversation), record, "EX", 60)
    engine.away = True
    await hotline.receives("hello again")
    await eventually(lambda: "911" in hotline.texts[-1])


async def test_a_record_that_cannot_be_read_does_not_cost_the_sentence(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    await hotline.hears("hello")
    await hotline.store.call("SET", key("record", await hotline.conversation()), b"broken", "EX", 60)
    engine.away = True
    await hotline.receives("hello again")
    await eventually(lambda: "112" in hotline.texts[-1])


async def test_who_writes_while_an_old_message_is_tried_again_is_told_too(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.away = True
    await hotline.receives("first")
    await eventually(lambda: hotline.phrases == ["utter_away"])
    engine.away = False
    engine.fails("first", EngineAway("slow"))
    held = engine.holds("first")
    await eventually(lambda: len(engine.asked) == 2)
    await hotline.receives("second")
    held.set()
    await eventually(lambda: hotline.phrases == ["utter_away"] * 2, seconds=1)


async def test_a_message_that_no_engine_can_answer_is_told_set_aside_after_three_tries_and_the_next_is_answered(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.fails("poison", GARBAGE)
    await hotline.receives("poison")
    await hotline.receives("bread")
    await eventually(lambda: "bread" in hotline.texts)
    assert engine.texts == ["poison"] * 3 + ["bread"]
    # Told once while there is hope, and once more when it is given up.
    assert hotline.phrases == ["utter_away", "utter_away", "utter_echo"]


async def test_an_outage_does_not_count_against_a_message(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.fails("hello", EngineAway("away"))
    await hotline.receives("hello")
    await eventually(lambda: len(engine.asked) == 2)
    engine.fails("hello", GARBAGE)
    await eventually(lambda: len(engine.asked) == 3)
    engine.answers("hello", echo("here I am"))
    await eventually(lambda: hotline.texts[-1] == "here I am")


@pytest.mark.parametrize(
    "reply",
    [
        Reply("utter_that_nobody_wrote"),
        Reply("utter_echo", {"text": {"say": "utter_echo", "arguments": "no mapping"}}),
        Reply("utter_echo", {"text": {}}),
        echo("a question", choices=(Choice("choice_that_nobody_wrote", "affirm"),)),
    ],
    ids=["unknown phrase", "arguments of a wrong kind", "nested reply without a name", "unknown choice"],
)
@pytest.mark.parametrize("by", ["sms", "web"])
async def test_a_reply_that_cannot_be_said_is_not_silence(
    hotline: Hotline, engine: ScriptedEngine, reply: Reply, by: str
) -> None:
    engine.answers("hello", reply)
    await hotline.receives("hello", by=by)
    await eventually(lambda: told_away(hotline, by))


async def told_away(hotline: Hotline, by: str) -> bool:
    lines = await transcript.read(hotline.store, await hotline.conversation(by))
    return [line.say for line in lines] == [None, "utter_away"]


async def test_the_engine_is_never_told_an_address(hotline: Hotline, engine: ScriptedEngine) -> None:
    await hotline.hears("hello")
    assert ADDRESS not in repr(engine.asked)


# ---- who answers, and in which language ----


async def test_an_operator_who_answers_lets_only_the_marked_replies_out(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.answers("he has a knife", echo("call 112", always=True), echo("what would you like to do?"))
    await hotline.hears("hello")
    await hotline.store.call("HSET", key("conversation", await hotline.conversation()), "who", "operator")
    assert await hotline.hears("he has a knife") == ["call 112"]
    assert await hotline.hears("thank you") == []
    assert [question.answers for question in engine.asked] == ["bot", "operator", "operator"]


async def test_without_an_engine_an_operator_reads_all_that_comes_and_only_a_cry_is_answered_by_us(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    await hotline.hears("hello")
    conversation = await hotline.conversation()
    await hotline.store.call("HSET", key("conversation", conversation), "who", "operator")
    engine.away = True
    for text in ("he locks the door", "and the window", "every night"):
        await hotline.receives(text)

    async def all_read() -> bool:
        return [line.text for line in await transcript.read(hotline.store, conversation)][2:] == [
            "he locks the door",
            "and the window",
            "every night",
        ]

    await eventually(all_read, seconds=6)
    assert hotline.phrases == ["utter_echo"]
    await hotline.receives("he is going to kill me")
    await eventually(lambda: hotline.phrases == ["utter_echo", "utter_away"])
    engine.away = False
    await eventually(hotline.quiet)
    assert [who for who, _ in await lines_of(hotline)].count("you") == 5


@pytest.mark.parametrize(
    "record",
    [Record(situation="quiet"), Record(told=["closed"], answered={"cannot_talk_safely": 1})],
    ids=["the agreed word", "he is here"],
)
@pytest.mark.parametrize(
    ("text", "phrase"), [("are you there", "utter_neutral"), ("he is going to kill me", "utter_away")]
)
async def test_without_an_engine_in_neutral_mode_only_a_cry_is_given_numbers(
    hotline: Hotline, engine: ScriptedEngine, text: str, phrase: str, record: Record
) -> None:
    await hotline.hears("hello")
    conversation = await hotline.conversation()
    seal = await hotline.store.seal_of(conversation)
    assert seal
    sealed = seal.seal(record.dump(), "record")
    await hotline.store.call("SET", key("record", conversation), sealed, "EX", 60)
    engine.away = True
    await hotline.receives(text)
    await eventually(lambda: hotline.phrases == ["utter_echo", phrase])


async def test_an_operator_who_left_a_moment_ago_leaves_no_silence(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.answers("are you there", echo("I am the computer"), answers="bot")
    await hotline.hears("hello")
    await hotline.store.call("HSET", key("conversation", await hotline.conversation()), "who", "operator")
    assert await hotline.hears("are you there") == ["I am the computer"]


async def test_beside_an_operator_who_came_a_moment_ago_the_bot_is_silent(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    engine.answers("are you there", echo("I am the computer"), echo("call 112", always=True), answers="operator")
    assert await hotline.hears("are you there") == ["call 112"]


async def test_a_language_that_the_person_asked_for_is_kept(hotline: Hotline, engine: ScriptedEngine) -> None:
    engine.answers("Spanish please", echo("claro"), locale="es")
    assert await hotline.hears("Spanish please") == ["es claro"]
    assert await hotline.hears("1") == ["es 1"]
    assert engine.asked[-1].locale == "es"


async def test_while_the_language_is_unknown_the_reply_comes_in_the_likely_ones(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    said = await hotline.hears("?", hints=Hints())
    assert said == ["?\n\nes ?"]
    assert await hotline.store.call("HGET", key("conversation", await hotline.conversation()), "locale") is None


async def test_of_a_very_long_message_the_beginning_and_the_end_are_read_and_kept(
    hotline: Hotline, engine: ScriptedEngine
) -> None:
    story = "so then they said " * 1_000
    engine.answers(kept(story), echo("long"))
    await hotline.hears(story)
    (_, heard), *said = await lines_of(hotline)
    assert (heard[:2_999], heard[-1_000:], len(heard)) == (story[:2_999], story[-1_000:], 4_000)
    assert said[0] == ("us", "long")


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
    await asyncio.sleep(0.5)
    own_redis.start()
    await eventually(lambda: brittle_hotline.texts == ["before", "in the middle"], seconds=10)
    assert await brittle_hotline.hears("after") == ["after"]
    assert [line for line in await lines_of(brittle_hotline) if line[0] == "you"] == [
        ("you", "before"),
        ("you", "in the middle"),
        ("you", "after"),
    ]
