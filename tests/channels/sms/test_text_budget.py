"""Somebody makes the hotline send texts to run up its bill, or to flood a phone. A crisis is answered all the same."""

from collections.abc import AsyncIterator

import pytest

from bot.messaging import text_budget
from bot.messaging.message import Reply
from bot.messaging.outbox import OperatorMessage
from bot.settings import Settings
from bot.text.text_messages import parts
from channels.sms.away_answers import AwayAnswers
from commands.runtime.redis_server import OwnRedis
from tests.channels.conftest import doors_open
from tests.hotline import Hotline, ScriptedEngine, echo, eventually
from tests.platforms import THEIR_NUMBER, TelegramServer, TwilioServer, refuses

CRISIS = "he has a knife"
SORRY = "Sorry. This does not work right now."
EACH, ALL = 30, 100


@pytest.fixture
async def hotline(
    settings: Settings, engine: ScriptedEngine, telegram: TelegramServer, twilio: TwilioServer
) -> AsyncIterator[Hotline]:
    engine.answers(CRISIS, Reply("utter_danger", {"number": "911"}, always=True), crisis=True)
    async with doors_open(settings, engine, telegram, twilio, sms_parts_each=EACH, sms_parts_all=ALL) as hotline:
        yield hotline


def phone(number: int) -> str:
    return f"+52551234{number:04}"


def parts_to(twilio: TwilioServer, number: str) -> int:
    return sum(parts(message["text"]) for message in twilio.said if message["to"] == number)


async def spend_all(hotline: Hotline) -> None:
    """Others have used up what there is for all."""
    await hotline.store.call("SET", "texts_sent", ALL, "EX", 3_600)


async def writes(hotline: Hotline, twilio: TwilioServer, text: str, number: str = THEIR_NUMBER) -> list[str]:
    """Somebody writes; give what is sent to them."""
    before = len(twilio.said)
    assert (await twilio.brings(twilio.form(text, number)))[0] == 200
    await eventually(hotline.quiet)
    return [message["text"] for message in twilio.said[before:] if message["to"] == number]


@pytest.mark.long
async def test_one_number_gets_no_more_than_its_share_and_is_told_once(
    hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine
) -> None:
    engine.answers("tell me", echo("a long answer. " * 20))  # two parts
    for _ in range(EACH):
        await writes(hotline, twilio, "tell me")
    excuses = [text for text in twilio.texts if text.startswith(SORRY)]
    assert len(excuses) == 1
    assert "112" in excuses[0]
    assert parts_to(twilio, THEIR_NUMBER) <= EACH + parts(excuses[0])


@pytest.mark.long
async def test_many_numbers_get_no_more_than_the_sum(
    hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine
) -> None:
    engine.answers("tell me", echo("a long answer. " * 20))
    for number in range(ALL // 2 + 5):  # two parts each
        await twilio.brings(twilio.form("tell me", phone(number)))
    await eventually(hotline.quiet)
    answers = [text for text in twilio.texts if not text.startswith(SORRY)]
    assert sum(map(parts, answers)) == ALL
    assert len(twilio.texts) == ALL // 2 + 5  # nobody is left without a number to call


async def test_the_first_answer_to_a_crisis_goes_out_when_all_is_used_up(
    hotline: Hotline, twilio: TwilioServer
) -> None:
    await spend_all(hotline)
    for number in range(5):
        [answer] = await writes(hotline, twilio, CRISIS, phone(number))
        assert "call 911" in answer


@pytest.mark.long
async def test_who_has_used_up_their_share_still_gets_the_answer_to_a_crisis(
    hotline: Hotline, twilio: TwilioServer
) -> None:
    for number in range(EACH + 3):
        await writes(hotline, twilio, f"message {number}")
    [answer] = await writes(hotline, twilio, CRISIS)
    assert "call 911" in answer


@pytest.mark.long
async def test_the_same_cry_hundreds_of_times_brings_three_texts_and_then_something_else_brings_one(
    hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine
) -> None:
    for number in range(40):
        engine.answers(f"{CRISIS}{'!' * number}", Reply("utter_danger", {"number": "911"}, always=True), crisis=True)
        await twilio.brings(twilio.form(f"{CRISIS}{'!' * number}"))
    await eventually(lambda: len(engine.texts) == 40)
    await eventually(hotline.quiet)
    assert sum("call 911" in text for text in twilio.texts) == 3
    for other in ("he is at the door with the knife", "i bleed"):
        engine.answers(other, Reply("utter_danger", {"number": "911"}, always=True), crisis=True)
        [answer] = await writes(hotline, twilio, other)
        assert "call 911" in answer


async def test_what_is_kept_of_a_cry_ends_in_ten_minutes_and_with_the_conversation(
    hotline: Hotline, twilio: TwilioServer
) -> None:
    await writes(hotline, twilio, CRISIS)
    [name] = [name for name in await hotline.keys() if name.startswith("cries:")]
    assert 0 < int(await hotline.store.call("TTL", name)) <= 600
    assert CRISIS.encode() not in b"".join(await hotline.store.call("HVALS", name))
    await writes(hotline, twilio, "bye")
    assert name not in await hotline.keys()


async def test_a_turn_that_is_tried_again_counts_as_one_cry(hotline: Hotline) -> None:
    asked = {"turn": "1", "cry": "a", "most": 3, "seconds": 600}
    tried = [await hotline.store.run("count_cry", ["cries:{x}"], **asked) for _ in range(5)]
    others = [await hotline.store.run("count_cry", ["cries:{x}"], **asked | {"turn": str(n)}) for n in range(2, 6)]
    assert (tried, others) == ([1] * 5, [1, 1, 0, 0])


@pytest.mark.long
async def test_cries_of_every_kind_from_one_number_cost_its_share_and_the_reserve_and_no_more(
    hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine
) -> None:
    words = [f"{first}{second} he has a knife" for first in "abcdefgh" for second in "abcdefgh"]
    for text in words:
        engine.answers(text, Reply("utter_danger", {"number": "911"}, always=True), crisis=True)
        await writes(hotline, twilio, text)
    assert EACH < parts_to(twilio, THEIR_NUMBER) < EACH + text_budget.RESERVE + 4


async def test_an_operator_can_write_when_all_is_used_up(hotline: Hotline, twilio: TwilioServer) -> None:
    await writes(hotline, twilio, "a person please")
    await spend_all(hotline)
    conversation = await hotline.conversation()
    await hotline.store.redis.hset(
        f"handoff:{{{conversation}}}", mapping={"state": "operator", "operator": "ana", "since": "1"}
    )
    assert await hotline.notifier.write(conversation, OperatorMessage("ana", "Sam", "I am here")) == "said"
    await eventually(lambda: twilio.texts[-1] == "I am here")


async def test_whoever_holds_the_phone_learns_nothing_from_a_budget_that_is_used_up(
    hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine
) -> None:
    await writes(hotline, twilio, "my boss has my passport")
    await spend_all(hotline)
    engine.answers("who is this", Reply("utter_neutral", always=True))
    assert await writes(hotline, twilio, "who is this") == []
    assert await writes(hotline, twilio, "bye") == []
    [answer] = await writes(hotline, twilio, "my boss has my passport")
    assert answer.startswith(SORRY)


@pytest.mark.long
async def test_what_twilio_did_not_take_is_not_paid_for(hotline: Hotline, twilio: TwilioServer) -> None:
    twilio.moods = [refuses(503, code=20503, message="busy")] * 2
    await twilio.brings(twilio.form("hello"))
    await eventually(lambda: twilio.texts == ["hello"])
    await eventually(hotline.quiet)
    assert await text_budget.sent(hotline.store) == 1


@pytest.mark.long
async def test_the_budget_holds_for_every_gateway_and_outlives_each(
    hotline: Hotline, twilio: TwilioServer, engine: ScriptedEngine, telegram: TelegramServer
) -> None:
    for number in range(EACH):
        await writes(hotline, twilio, f"message {number}")
    more = {"sms_parts_each": EACH, "sms_parts_all": ALL}
    async with doors_open(hotline.settings, engine, telegram, twilio, **more) as another:
        [answer] = await writes(another, twilio, "one more")
    assert answer.startswith(SORRY)


async def test_what_is_kept_of_a_budget_names_nobody_and_ends_within_the_hour(
    hotline: Hotline, twilio: TwilioServer
) -> None:
    await writes(hotline, twilio, "hello")
    names = [name for name in await hotline.keys() if name.startswith("texts")]
    assert len(names) == 2
    assert THEIR_NUMBER.strip("+") not in str(names)
    for name in names:
        assert 0 < int(await hotline.store.call("TTL", name)) <= text_budget.HOUR


async def test_a_text_that_is_held_back_is_seen_at_the_desk_and_the_person_counts_as_reachable(
    hotline: Hotline, twilio: TwilioServer
) -> None:
    await writes(hotline, twilio, "hello")
    await spend_all(hotline)
    await writes(hotline, twilio, "are you there")
    conversation = f"conversation:{{{await hotline.conversation()}}}"
    assert await hotline.store.call("HGET", conversation, "unreachable") is None
    assert await hotline.store.call("HGET", conversation, "lost")


@pytest.mark.long
async def test_with_redis_gone_one_number_is_answered_three_times_and_another_still_is(
    own_redis: OwnRedis, settings: Settings, engine: ScriptedEngine, telegram: TelegramServer, twilio: TwilioServer
) -> None:
    async with doors_open(settings, engine, telegram, twilio, redis_url=own_redis.url):
        own_redis.stop()
        found = [await twilio.brings(twilio.form(CRISIS)) for _ in range(6)]
        assert [("<Message" in body, status) for status, body in found] == [(True, 200)] * 3 + [(False, 503)] * 3
        assert "<Message" in (await twilio.brings(twilio.form(CRISIS, phone(1))))[1]


def test_an_hour_later_a_number_is_answered_again_while_redis_is_away() -> None:
    now = 0.0
    away = AwayAnswers(lambda: now)
    assert [away.may_answer("+1") for _ in range(4)] == [True, True, True, False]
    now = 3_601.0
    assert away.may_answer("+1")
