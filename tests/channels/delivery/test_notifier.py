"""Words that reach a person outside of a turn: an operator's own, and phrases about the hand-over."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bot.handoff import on_duty
from bot.handoff.handoff import Handoffs
from bot.messaging import farewell, outbox, transcript
from bot.messaging.outbox import OperatorMessage, Outgoing
from bot.messaging.provider_copies import Copy
from bot.settings import Settings
from bot.storage.store import StoreAway, key
from channels.contract import DeliveryError
from channels.terminal import Terminal
from commands.runtime.redis_server import OwnRedis
from commands.runtime.time_travel import let_time_pass
from tests.hotline import ABILITIES, Hotline, ScriptedEngine, echo, eventually

NOW = 1_800_000_000.0


class Platform(Terminal):
    """A platform that does not take what a test says."""

    def __init__(self) -> None:
        super().__init__("sms", ABILITIES["sms"])
        self.refuses: dict[str, DeliveryError] = {}

    async def send(self, address: str, outgoing: Outgoing) -> list[Copy]:
        if outgoing.text in self.refuses:
            raise self.refuses[outgoing.text]
        return await super().send(address, outgoing)


@pytest.fixture
def terminal() -> Platform:
    return Platform()


async def held(hotline: Hotline, by: str = "sms", address: str = "+1") -> str:
    """Somebody writes in English, and has the operator ana; give the id of the conversation."""
    await hotline.hears("hello", by=by, address=address)
    conversation = await hotline.conversation(by, address)
    await on_duty.here(hotline.store, "ana", NOW)
    handoffs = Handoffs(hotline.store)
    assert (await handoffs.ask(conversation, "P2", "en", by, NOW)).done
    assert (await handoffs.claim(conversation, "ana", NOW)).done
    return conversation


async def arrived(hotline: Hotline) -> list[str]:
    await eventually(hotline.quiet)
    return hotline.texts


async def states(hotline: Hotline, conversation: str) -> dict[str, str]:
    """Each line of ours, and how it stands with it."""
    delivery = await transcript.delivered(hotline.store, conversation)
    lines = await transcript.read(hotline.store, conversation)
    return {line.text: delivery.of(line.id) for line in lines if line.who == "us"}


# Saying


async def test_a_phrase_is_said_in_the_language_of_the_talk(hotline: Hotline) -> None:
    await hotline.hears("hola, quiero hablar con alguien por favor", address="+1")

    assert await hotline.notifier.say(await hotline.conversation("sms", "+1"), [echo("one")])

    assert (await arrived(hotline))[-1] == "es one"


async def test_where_no_language_is_settled_the_one_of_the_hand_over_is_spoken(hotline: Hotline) -> None:
    conversation = await held(hotline)
    await hotline.store.call("HDEL", key("conversation", conversation), "locale")
    await hotline.store.call("HSET", key("handoff", conversation), "locale", "es")

    await hotline.notifier.say(conversation, [echo("one")])

    assert (await arrived(hotline))[-1] == "es one"


@pytest.mark.long
async def test_what_is_said_under_a_mark_is_said_once_by_all_gateways(hotline: Hotline) -> None:
    conversation = await held(hotline)
    others = [hotline.another() for _ in range(4)]

    said = await asyncio.gather(*(each.notifier.say(conversation, [echo("one")], once="joined 1") for each in others))

    assert said == [True] * 4
    assert (await arrived(hotline))[1:] == ["one"]
    for each in others:
        await each.store.close()


async def test_words_of_an_operator_bear_their_alias_and_those_of_the_bot_none(hotline: Hotline) -> None:
    conversation = await held(hotline)

    await hotline.notifier.say(conversation, [echo("the bot")])
    await hotline.notifier.say(conversation, [echo("a canned reply")], by="Sam")
    await hotline.notifier.write(conversation, OperatorMessage("ana", "Sam", "my own words"))

    lines = await transcript.read(hotline.store, conversation)
    assert [(line.text, line.by) for line in lines[2:]] == [
        ("the bot", ""), ("a canned reply", "Sam"), ("my own words", "Sam"),
    ]  # fmt: skip
    assert (await arrived(hotline))[1:] == ["the bot", "a canned reply", "my own words"]


@pytest.mark.long
async def test_an_operators_words_go_behind_what_waits_to_be_sent(hotline: Hotline, terminal: Platform) -> None:
    conversation = await held(hotline)
    terminal.refuses["slow"] = DeliveryError("busy", permanent=False)
    await hotline.notifier.say(conversation, [echo("slow")])
    await hotline.notifier.write(conversation, OperatorMessage("ana", "Sam", "after it"))
    await eventually(lambda: hotline.store.call("HGET", key("conversation", conversation), "deliveries"))
    assert hotline.texts == ["hello"]

    terminal.refuses.clear()

    assert await arrived(hotline) == ["hello", "slow", "after it"]


@pytest.mark.long
async def test_what_answers_a_crisis_goes_before_an_operators_words_that_wait(
    hotline: Hotline, terminal: Platform, engine: ScriptedEngine
) -> None:
    conversation = await held(hotline)
    terminal.refuses["slow"] = DeliveryError("busy", permanent=False)
    await hotline.notifier.write(conversation, OperatorMessage("ana", "Sam", "slow"))
    await eventually(lambda: hotline.store.call("HGET", key("conversation", conversation), "deliveries"))
    engine.answers("help", echo("call 112", always=True), crisis=True)

    await hotline.receives("help", address="+1")
    await eventually(lambda: hotline.texts[1:] == ["call 112"])
    assert await states(hotline, conversation) == {"hello": "sent", "slow": "waiting", "call 112": "waiting"}

    terminal.refuses.clear()
    assert (await arrived(hotline))[1:] == ["call 112", "slow"]


async def test_what_a_machine_translated_arrives_as_one_message_and_what_was_written_stays_at_the_desk(
    hotline: Hotline,
) -> None:
    conversation = await held(hotline)
    words = OperatorMessage(
        "ana", "Sam", "A computer translated this:\nNo es tu culpa.", original="It is not your fault."
    )

    await hotline.notifier.write(conversation, words)

    assert (await arrived(hotline))[1:] == ["A computer translated this:\nNo es tu culpa."]
    line = (await transcript.read(hotline.store, conversation))[-1]
    assert (line.text, line.original) == ("A computer translated this:\nNo es tu culpa.", "It is not your fault.")


async def test_a_long_text_of_an_operator_comes_in_parts_and_is_one_line_at_the_desk(hotline: Hotline) -> None:
    conversation = await held(hotline)
    text = "\n".join(f"Sentence {number} of many that say something." for number in range(30))

    await hotline.notifier.write(conversation, OperatorMessage("ana", "Sam", text))

    parts = (await arrived(hotline))[1:]
    assert len(parts) > 1
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")
    assert (await transcript.read(hotline.store, conversation))[-1].text == text


async def test_what_cannot_be_stored_does_not_break_an_operators_words(hotline: Hotline) -> None:
    conversation = await held(hotline)
    assert await hotline.notifier.write(conversation, OperatorMessage("ana", "Sam", "half \ud83d a sign\0")) == "said"
    assert (await arrived(hotline))[-1] == "half ? a sign "


async def test_a_page_shows_an_operators_words_without_anything_being_sent(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    conversation = await hotline.conversation("web", visitor.token)

    await hotline.notifier.say(conversation, [echo("one")], by="Sam")

    assert await visitor.reads_until("one") == [("us", "one")]
    assert not await hotline.store.call("EXISTS", key("outbox", conversation))


# Who may write


async def test_nobody_writes_in_a_talk_of_another(hotline: Hotline) -> None:
    conversation = await held(hotline)
    assert await hotline.notifier.write(conversation, OperatorMessage("ben", "Kim", "hello")) == "not_yours"
    await Handoffs(hotline.store).release(conversation, "ana", NOW)
    assert await hotline.notifier.write(conversation, OperatorMessage("ana", "Sam", "hello")) == "not_yours"
    assert await arrived(hotline) == ["hello"]


async def test_words_that_are_sent_twice_are_said_once(hotline: Hotline) -> None:
    conversation = await held(hotline)
    words = OperatorMessage("ana", "Sam", "once", "form 1")
    assert [await hotline.notifier.write(conversation, words) for _ in range(3)] == ["said", "repeated", "repeated"]
    # Also where the talk was given away between the two clicks: the first did what was wanted.
    await Handoffs(hotline.store).release(conversation, "ana", NOW)
    assert await hotline.notifier.write(conversation, words) == "repeated"
    assert await arrived(hotline) == ["hello", "once"]


# The end of a talk


async def test_nothing_is_said_in_a_talk_that_was_erased(hotline: Hotline) -> None:
    conversation = await held(hotline)
    await hotline.hears("bye", address="+1")
    before = await hotline.keys()

    assert not await hotline.notifier.say(conversation, [echo("one")], once="x")
    assert await hotline.notifier.write(conversation, OperatorMessage("ana", "Sam", "two")) == "gone"

    assert await hotline.keys() == before
    assert (await arrived(hotline))[-1] != "one"


async def test_a_talk_that_is_erased_while_words_are_on_their_way_gets_none_of_them(hotline: Hotline) -> None:
    conversation = await held(hotline)
    seal = await hotline.store.seal_of(conversation)
    assert seal
    await farewell.forget(hotline.store, conversation)

    spoken = outbox.Spoken([transcript.Line("us", "late")], [(1, Outgoing("late", ""))])
    assert await outbox.say(hotline.store, conversation, spoken, seal) == "gone"

    assert [name for name in await hotline.keys() if conversation in name] == []


@pytest.mark.parametrize("by", ["sms", "web"])
async def test_what_we_say_keeps_no_talk_alive(hotline: Hotline, terminal: Platform, by: str) -> None:
    terminal.refuses["one"] = DeliveryError("busy", permanent=False)  # so that what waits to be sent can be looked at
    address = "+1" if by == "sms" else (await hotline.page()).token
    conversation = await held(hotline, by, address)
    await let_time_pass(hotline.store, 60)
    left = await hotline.store.call("PTTL", key("conversation", conversation))

    await hotline.notifier.say(conversation, [echo("one")], once="mark")
    await hotline.notifier.write(conversation, OperatorMessage("ana", "Sam", "two", "form"))

    names = [name for name in await hotline.keys() if conversation in name]
    ends = {name: await hotline.store.call("PTTL", name) for name in names if "holder" not in name}
    assert {name: end for name, end in ends.items() if end == -1 or end > left} == {}  # -2: sent meanwhile


# What has arrived


@pytest.mark.long
async def test_a_line_is_on_its_way_until_the_platform_has_it(hotline: Hotline, terminal: Platform) -> None:
    conversation = await held(hotline)
    terminal.refuses["slow"] = DeliveryError("busy", permanent=False)
    for text in ("fast", "slow", "behind"):
        await hotline.notifier.write(conversation, OperatorMessage("ana", "Sam", text))
    await eventually(lambda: hotline.store.call("HGET", key("conversation", conversation), "deliveries"))
    expected = {"hello": "sent", "fast": "sent", "slow": "waiting", "behind": "waiting"}
    assert await states(hotline, conversation) == expected

    terminal.refuses.clear()
    await eventually(hotline.quiet)
    assert set((await states(hotline, conversation)).values()) == {"sent"}


async def test_a_line_that_never_arrives_is_seen_to_have_failed(hotline: Hotline, terminal: Platform) -> None:
    conversation = await held(hotline)
    terminal.refuses["no"] = DeliveryError("blocked", permanent=True)
    await hotline.notifier.write(conversation, OperatorMessage("ana", "Sam", "no"))
    await hotline.notifier.write(conversation, OperatorMessage("ana", "Sam", "yes"))
    await eventually(hotline.quiet)

    assert (await transcript.delivered(hotline.store, conversation)).failed
    assert await states(hotline, conversation) == {"hello": "sent", "no": "failed", "yes": "sent"}


async def test_a_line_on_the_page_has_arrived_once_the_page_says_that_it_has_it(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.writes("hello")
    await visitor.reads_until("hello")
    conversation = await hotline.conversation("web", visitor.token)
    await hotline.notifier.say(conversation, [echo("one")])
    assert (await states(hotline, conversation))["one"] == "waiting"

    await visitor.reads_until("one")
    await hotline.notifier.say(conversation, [echo("two")])
    await visitor.reads()  # says that it has the first, and gets the second

    assert await states(hotline, conversation) == {"hello": "sent", "one": "sent", "two": "waiting"}


async def test_a_line_on_a_page_without_scripts_has_arrived_with_the_page(hotline: Hotline) -> None:
    visitor = await hotline.page()
    await visitor.posts("/send", plain=True, text="hello")
    conversation = await hotline.conversation("web", visitor.token)
    await hotline.notifier.say(conversation, [echo("one")])
    assert (await states(hotline, conversation))["one"] == "waiting"

    await visitor.posts("/look", plain=True)

    assert set((await states(hotline, conversation)).values()) == {"sent"}


async def test_of_a_talk_that_is_gone_nothing_has_arrived(hotline: Hotline) -> None:
    assert await transcript.delivered(hotline.store, "0" * 32) == transcript.Delivery()


# A crash


@pytest.fixture
async def fragile(own_redis: OwnRedis, settings: Settings, engine: ScriptedEngine) -> AsyncIterator[Hotline]:
    """A hotline without any loops, on a Redis that a test may kill."""
    settings = Settings.from_env({"QUIETLINE_VAR": str(settings.var), "REDIS_URL": own_redis.url})
    hotline = Hotline(settings, engine, {"sms": Terminal("sms", ABILITIES["sms"])})
    await hotline.store.call("CONFIG", "SET", "appendfsync", "always")
    yield hotline
    await hotline.store.close()


async def test_a_crash_leaves_both_the_line_and_what_is_sent_or_neither(fragile: Hotline, own_redis: OwnRedis) -> None:
    await fragile.receives("hello", address="+1")
    conversation = await fragile.conversation("sms", "+1")

    said: list[str] = []

    async def talks() -> None:
        with suppress(StoreAway):
            while True:
                said.append(f"{len(said)}")
                await fragile.notifier.say(conversation, [echo(said[-1])], once=said[-1])

    talking, moment = asyncio.create_task(talks()), random.randint(2, 200)
    await eventually(lambda: len(said) >= moment)
    os.kill(own_redis.pid, signal.SIGKILL)
    await talking
    await eventually(own_redis.restart_if_dead)

    lines = [line.id for line in await transcript.read(fragile.store, conversation)]
    waiting = await fragile.store.call("LRANGE", key("outbox", conversation), 0, -1)
    assert lines
    assert [entry.partition(b" ")[0].decode() for entry in waiting] == lines
    marks = await fragile.store.call("HLEN", key("lines", conversation))
    assert marks == len(lines)
